"""Configuration of the institution, each list explained in plain Spanish."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.widgets import UnfoldAdminURLInputWidget

from cercana.organization import field_help
from cercana.organization.models import (
    AddedDay,
    Area,
    Category,
    EmergencyNumber,
    LegalNature,
    LegalTerm,
    Municipality,
    OfficeHour,
    PolicyVersion,
    PrivacyNotice,
    Site,
)
from cercana.ui.explained_admin import DatedRowForm, ExplainedAdmin, ExplainedInline

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import ModelForm


@admin.register(Municipality)
class MunicipalityAdmin(ExplainedAdmin):
    """Who we are: one row."""

    explanation = "Los datos de la municipalidad que ven los vecinos: nombre, dirección, teléfono y horario."
    field_help = field_help.MUNICIPALITY
    formfield_overrides: ClassVar = {
        models.URLField: {"widget": UnfoldAdminURLInputWidget, "assume_scheme": "https"},
    }
    list_display = ("name", "phone", "email")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse a second municipality."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Municipality | None = None) -> bool:
        """Refuse to be without one."""
        return False


@admin.register(EmergencyNumber)
class EmergencyNumberAdmin(ExplainedAdmin):
    """The numbers shown when there is danger."""

    explanation = "Los números que se muestran cuando hay peligro. Llame a cada uno antes de publicarlo."
    field_help = field_help.EMERGENCY_NUMBER
    list_display = ("name", "number", "hint", "order")


@admin.register(Area)
class AreaAdmin(ExplainedAdmin):
    """The units that resolve cases."""

    explanation = (
        "Las áreas que resuelven casos y de quién dependen. Para cambiar la organización, ponga fecha de fin "
        "a un área y cree la nueva: los casos antiguos conservan la suya."
    )
    field_help = field_help.AREA
    list_display = ("name", "code", "parent", "valid_from", "valid_until")
    search_fields = ("name", "code")
    list_select_related = ("parent",)


@admin.register(Site)
class SiteAdmin(ExplainedAdmin):
    """The places where people are attended."""

    explanation = "Los lugares donde se atiende al público."
    field_help = field_help.SITE
    list_display = ("name", "address")


@admin.register(OfficeHour)
class OfficeHourAdmin(ExplainedAdmin):
    """When each area works."""

    explanation = (
        "El horario de cada área, por tramos: si se cierra para almorzar, son dos tramos. "
        "Lo que no tiene área vale para todas las que no tienen horario propio."
    )
    field_help = field_help.OFFICE_HOUR
    list_display = ("area", "weekday", "opens", "closes")
    list_select_related = ("area",)


@admin.register(AddedDay)
class AddedDayAdmin(ExplainedAdmin):
    """The days the municipality adds to the calendar."""

    explanation = (
        "Los días que se suman al calendario nacional, con su norma. Después de añadir o quitar uno, revise qué plazos "
        "abiertos se mueven."
    )
    lead = "Ver los plazos que se mueven"
    leads_to = "desk:moved-promises"
    field_help = field_help.ADDED_DAY
    list_display = ("day", "kind", "name", "norm", "counts")

    def save_model(self, request: HttpRequest, obj: AddedDay, form: "ModelForm[AddedDay]", change: bool) -> None:
        """Store the day and lead to the promises it moves."""
        super().save_model(request, obj, form, change)
        self._lead(request, f"?dia={obj.day.isoformat()}")

    def delete_model(self, request: HttpRequest, obj: AddedDay) -> None:
        """Take the day away and lead likewise."""
        super().delete_model(request, obj)
        self._lead(request)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[AddedDay]") -> None:
        """Take several away and lead likewise."""
        super().delete_queryset(request, queryset)
        self._lead(request)

    def _lead(self, request: HttpRequest, query: str = "") -> None:
        link = format_html('<a class="underline" href="{}{}">{}</a>', reverse(self.leads_to), query, self.lead)
        self.message_user(request, format_html("El calendario cambió. {}.", link), messages.WARNING)


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ExplainedAdmin):
    """The figures of the promises, version by version."""

    explanation = (
        "Los plazos que promete la municipalidad. Nunca se cambia una versión: se crea otra con su fecha. "
        "Cada caso conserva la versión con la que nació."
    )
    field_help = field_help.POLICY_VERSION
    list_display = ("version", "valid_from", "simple_hours", "complex_working_days", "reason")

    def has_change_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        """Refuse to rewrite a version: promises were made under it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        """Refuse to remove a version: promises were made under it."""
        return False


class LegalTermInline(ExplainedInline):
    """The terms of one nature: one in force can only be ended, for clocks ran under it."""

    model = LegalTerm
    field_help = field_help.LEGAL_TERM
    form = DatedRowForm
    can_delete = False
    extra = 0


@admin.register(LegalNature)
class LegalNatureAdmin(ExplainedAdmin):
    """What a case may be for the law."""

    explanation = (
        "Qué es un caso para la ley y en cuántos días hábiles debe responderse. Las normas se citan solo aquí. "
        "Si una norma cambia, ponga fecha de fin al plazo antiguo y agregue el nuevo."
    )
    field_help = field_help.LEGAL_NATURE
    list_display = ("name", "must_notify", "moves_to_platform", "routed_to")
    inlines = (LegalTermInline,)

    def has_delete_permission(self, request: HttpRequest, obj: LegalNature | None = None) -> bool:
        """Refuse to remove a nature that has terms: they would go with it."""
        is_bare = obj is not None and not obj.terms.exists()
        return is_bare and super().has_delete_permission(request, obj)


@admin.register(Category)
class CategoryAdmin(ExplainedAdmin):
    """The catalogue."""

    explanation = (
        "Los motivos por los que acude la gente. Cada uno propone un área y una prioridad; "
        "quien atiende puede cambiarlas."
    )
    field_help = field_help.CATEGORY
    list_display = ("name", "area", "class_", "legal_nature", "is_active")
    list_filter = ("class_", "is_active", "is_restricted")
    search_fields = ("name", "citizen_words")
    list_select_related = ("area", "legal_nature")


@admin.register(PrivacyNotice)
class PrivacyNoticeAdmin(ExplainedAdmin):
    """The notice people read first."""

    explanation = (
        "El aviso sobre el uso de datos. Cada caso guarda la versión que leyó la persona. "
        "Una versión vigente no se cambia ni se borra: se crea otra con su fecha."
    )
    field_help = field_help.PRIVACY_NOTICE
    list_display = ("version", "valid_from")

    def has_change_permission(self, request: HttpRequest, obj: PrivacyNotice | None = None) -> bool:
        """Refuse to rewrite a version in force: people have read it."""
        return (obj is None or obj.valid_from > timezone.localdate()) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: PrivacyNotice | None = None) -> bool:
        """Refuse to remove a version in force, and several at once."""
        is_ahead = obj is not None and obj.valid_from > timezone.localdate()
        return is_ahead and super().has_delete_permission(request, obj)
