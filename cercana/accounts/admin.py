"""Configuration of the staff, each list explained in plain Spanish, and the register of all that is changed here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from cercana.accounts import commands
from cercana.accounts.models import ChangeRecord, DutyShift, Membership, User
from cercana.rules.access import Role
from cercana.ui.explained_admin import EndedFromNowForm, ExplainedAdmin, ExplainedInline

if TYPE_CHECKING:
    from django.db.models import ForeignKey

    from cercana.ui.change_words import Form, Formset

_OPENS_CASES = "Abre casos. "
_ROLES_THAT_OPEN_CASES = frozenset({Role.AUDITOR, Role.SUPERVISOR, Role.DATA_PROTECTION})
_ROLE_HELP: Mapping[str, str] = {
    "user": "A quién se le da el cargo. A usted se lo da otra persona.",
    "role": "Lo que puede ver y hacer. Auditoría, jefatura y datos personales abren casos.",
    "area": "El área en que lo ejerce.",
    "site": "Sede donde atiende. Puede quedar vacío.",
    "is_substitute": "Márquelo si reemplaza a alguien por un tiempo.",
    "valid_from": "Primer día en que lo ejerce.",
    "valid_until": "Último día en que lo ejerce. Vacío, sin fecha de fin.",
}
_DONE = {1: "añadió", 2: "cambió", 3: "borró"}


def _said_of_roles(words: str, forms: Iterable["Form"]) -> str:
    """Return ``words``, marked for the auditor if one of ``forms`` gives a role that opens cases."""
    given = [form.instance for form in forms if form.has_changed()]
    opens = any(isinstance(each, Membership) and each.role in _ROLES_THAT_OPEN_CASES for each in given)
    return _OPENS_CASES + words if opens else words


class MembershipInline(ExplainedInline):
    """The roles of one person, who gives none to themselves."""

    model = Membership
    field_help = _ROLE_HELP
    form = EndedFromNowForm
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse to give oneself a role."""
        return obj != request.user and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse to change one's own roles."""
        return obj != request.user and super().has_change_permission(request, obj)


@admin.register(User)
class UserAdmin(ExplainedAdmin):
    """The accounts."""

    explanation = (
        "Las cuentas del personal. Una cuenta no se borra: se desactiva, y su historia queda. "
        "La persona crea su contraseña con «Olvidé mi contraseña» y luego su llave de acceso. "
        "Un cargo no se borra: se le pone fecha de fin. Sus propios cargos los cambia otra persona."
    )
    field_help: ClassVar[Mapping[str, str]] = {
        "full_name": "Nombre y apellidos, como los ven sus compañeros.",
        "email": "Correo de la municipalidad. Con él ingresa y recibe avisos.",
        "document_number": "DNI u otro documento. Puede quedar vacío.",
        "is_active": "Desmárquelo cuando deje de trabajar aquí. Ya no podrá ingresar.",
    }
    list_display = ("full_name", "email", "is_active")
    search_fields = ("full_name", "email")
    fields: ClassVar[tuple[str, ...]] = ("full_name", "email", "document_number", "is_active")
    inlines = (MembershipInline,)

    def save_model(self, request: HttpRequest, obj: User, form: object, change: bool) -> None:
        """Enter the account, whose address counts as verified."""
        super().save_model(request, obj, form, change)
        commands.vouch_for_addresses([obj])

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse to remove an account: histories name it."""
        return False

    def construct_change_message(
        self, request: HttpRequest, form: "Form", formsets: Sequence["Formset"], add: bool = False
    ) -> str:
        """Return what changed, marked if a role opens cases."""
        words = super().construct_change_message(request, form, formsets, add)
        return _said_of_roles(words, [row for formset in formsets or () for row in formset.forms])


@admin.register(Membership)
class MembershipAdmin(ExplainedAdmin):
    """Who is what, where and since when."""

    explanation = (
        "Qué es cada persona en cada área y hasta cuándo. Para un reemplazo por vacaciones, "
        "cree un cargo con fecha de fin y marque «es reemplazo». "
        "Un cargo no se borra: se le pone fecha de fin. Sus propios cargos los cambia otra persona."
    )
    form = EndedFromNowForm
    field_help = _ROLE_HELP
    list_display = ("user", "role", "area", "site", "is_substitute", "valid_from", "valid_until")
    list_filter = ("role", "is_substitute")
    list_select_related = ("user", "area", "site")

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """Refuse to change a role of one's own."""
        is_own = obj is not None and obj.user_id == request.user.pk
        return not is_own and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """Refuse to remove a role: it is ended, so that one sees who held it."""
        return False

    def get_field_queryset(
        self, db: str | None, db_field: "ForeignKey[Any, Any]", request: HttpRequest
    ) -> QuerySet[Any] | None:
        """Offer everybody but oneself as the person who gets a role."""
        if db_field.name == "user":
            return User.objects.exclude(email=request.user.get_username())
        offered: QuerySet[Any] | None = super().get_field_queryset(db, db_field, request)
        return offered

    def construct_change_message(
        self, request: HttpRequest, form: "Form", formsets: Sequence["Formset"], add: bool = False
    ) -> str:
        """Return what changed, marked if the role opens cases."""
        return _said_of_roles(super().construct_change_message(request, form, formsets, add), [form])


@admin.register(DutyShift)
class DutyShiftAdmin(ExplainedAdmin):
    """The roster."""

    explanation = "Quién responde por los casos críticos fuera del horario de oficina."
    field_help: ClassVar[Mapping[str, str]] = {
        "user": "Quién responde por los casos críticos en ese turno.",
        "starts_at": "Desde qué día y hora responde.",
        "ends_at": "Hasta qué día y hora. Va después de la hora en que empieza.",
    }
    list_display = ("user", "starts_at", "ends_at")
    list_select_related = ("user",)


class OpensCasesFilter(admin.SimpleListFilter):
    """Leaves the roles that let somebody see cases: auditor, supervisor, data protection."""

    title = "cargos que abren casos"
    parameter_name = "abre"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """Return the one choice."""
        return [("casos", "Abren casos")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ChangeRecord]) -> QuerySet[ChangeRecord]:
        """Return the lines that were marked when they were written."""
        return queryset.filter(change_message__startswith=_OPENS_CASES) if self.value() else queryset


@admin.register(ChangeRecord)
class ChangeRecordAdmin(ExplainedAdmin):
    """The register of changes: for reading, by administrators and auditors."""

    explanation = (
        "Quién cambió qué en la configuración, las cuentas y los cargos, con lo que decía antes. "
        "Nadie cambia ni borra estas líneas. Los cargos que dejan ver casos llevan «Abre casos»."
    )
    list_display = ("at", "who", "done", "kind", "whom", "words")
    list_filter = (OpensCasesFilter,)
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "change_message", "user__full_name", "user__email")
    fields: ClassVar[tuple[str, ...]] = ("at", "who", "done", "kind", "whom", "words")
    readonly_fields = fields

    @admin.display(description="cuándo", ordering="action_time")
    def at(self, record: ChangeRecord) -> str:
        """Return the moment of the change."""
        return date_format(timezone.localtime(record.action_time), "DATETIME_FORMAT")

    @admin.display(description="quién", ordering="user__full_name")
    def who(self, record: ChangeRecord) -> str:
        """Return who made it, by name and address."""
        return f"{record.user} ({record.user.email})"

    @admin.display(description="qué hizo")
    def done(self, record: ChangeRecord) -> str:
        """Return what was done."""
        return _DONE[record.action_flag]

    @admin.display(description="en")
    def kind(self, record: ChangeRecord) -> str:
        """Return to what kind of thing."""
        return record.content_type.name if record.content_type else "–"

    @admin.display(description="a qué o a quién")
    def whom(self, record: ChangeRecord) -> str:
        """Return to which, as it was called then."""
        return record.object_repr

    @admin.display(description="en palabras")
    def words(self, record: ChangeRecord) -> str:
        """Return the values before and after."""
        return record.get_change_message()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: the register is written by what is done."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ChangeRecord | None = None) -> bool:
        """Refuse, to everybody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ChangeRecord | None = None) -> bool:
        """Refuse, to everybody."""
        return False
