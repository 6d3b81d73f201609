"""Configuration of the staff, each list explained in plain Spanish."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import StackedInline

from cercana.accounts import commands
from cercana.accounts.models import DutyShift, Membership, User
from cercana.ui.explained_admin import ExplainedAdmin


class MembershipInline(StackedInline):
    """The roles of one person."""

    model = Membership
    extra = 0


@admin.register(User)
class UserAdmin(ExplainedAdmin):
    """The accounts."""

    explanation = (
        "Las cuentas del personal. Una cuenta no se borra: se desactiva, y su historia queda. "
        "La persona crea su contraseña con «Olvidé mi contraseña» y luego su llave de acceso."
    )
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


@admin.register(Membership)
class MembershipAdmin(ExplainedAdmin):
    """Who is what, where and since when."""

    explanation = (
        "Qué es cada persona en cada área y hasta cuándo. Para un reemplazo por vacaciones, "
        "cree un cargo con fecha de fin y marque «es reemplazo»."
    )
    list_display = ("user", "role", "area", "site", "is_substitute", "valid_from", "valid_until")
    list_filter = ("role", "is_substitute")
    list_select_related = ("user", "area", "site")


@admin.register(DutyShift)
class DutyShiftAdmin(ExplainedAdmin):
    """The roster."""

    explanation = "Quién responde por los casos críticos fuera del horario de oficina."
    list_display = ("user", "starts_at", "ends_at")
    list_select_related = ("user",)
