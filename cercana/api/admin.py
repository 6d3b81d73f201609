"""Configuration of connected systems and their tokens; a secret is shown once, when it is made."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cercana.api.commands import revoke_token
from cercana.api.credentials import digest_of, hint_of, new_key, new_secret, new_token
from cercana.api.models import Client, Token
from cercana.api.scopes import SCOPE_LABELS, Scope, scopes_in, scopes_text
from cercana.ui.explained_admin import ExplainedAdmin

if TYPE_CHECKING:
    from cercana.ui.change_words import Form, Formset

    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

# Whatever a form of Django takes.
_Given: TypeAlias = Any
_LONGEST_DAYS = 366
_OPENS_CASES = "Abre casos. "


class _ScopedForm(_ModelForm):
    """A row with scopes, each a box to tick."""

    scopes = forms.MultipleChoiceField(
        label="permisos",
        choices=[(scope.value, label) for scope, label in SCOPE_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: _Given, **kwargs: _Given) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["scopes"] = self.instance.scopes.split()

    def clean_scopes(self) -> str:
        """Return the scopes as they are stored."""
        return scopes_text(Scope(each) for each in self.cleaned_data["scopes"])


class TokenForm(_ScopedForm):
    """A token to be made."""

    days = forms.IntegerField(label="días que dura", min_value=1, max_value=_LONGEST_DAYS, initial=90)

    def clean(self) -> dict[str, object]:
        """Refuse scopes that the client may not have."""
        given = self.cleaned_data
        client = given.get("client")
        if client and "scopes" in given and not scopes_in(given["scopes"]) <= scopes_in(client.scopes):
            self.add_error("scopes", f"Ese sistema solo tiene: {client.scopes}.")
        return given


@admin.register(Client)
class ClientAdmin(ExplainedAdmin):
    """Other systems, and what each acts as."""

    explanation = (
        "Otros sistemas que trabajan con los casos, como la app de la institución. Cada uno actúa como una cuenta del "
        "personal y puede lo mismo que ella, o solo por el público si no tiene cuenta. El secreto se ve una sola vez."
    )
    form = _ScopedForm
    field_help: ClassVar = {
        "name": "Cómo se reconoce en esta lista.",
        "account": "La cuenta con la que actúa. Conviene una propia, con los cargos que le tocan y nada más.",
        "calls_per_minute": "Cuántas llamadas puede hacer; después espera.",
        "is_active": "Sin esto no entra, ni sus tokens.",
    }
    list_display = ("name", "key", "account", "scopes", "is_active")
    fields: ClassVar = ["name", "account", "scopes", "calls_per_minute", "is_active"]

    def save_model(self, request: HttpRequest, obj: Client, form: _ScopedForm, change: bool) -> None:
        """Keep a client; a new one gets its identifier and secret, which is shown now and never again."""
        if not change:
            secret = new_secret()
            obj.key, obj.secret_digest = new_key(), digest_of(secret)
            obj.created_at = obj.used_until = timezone.now()
            messages.warning(request, f"Copie ahora el identificador {obj.key} y el secreto: {secret}")
        super().save_model(request, obj, form, change)

    def construct_change_message(
        self, request: HttpRequest, form: "Form", formsets: Sequence["Formset"], add: bool = False
    ) -> str:
        """Return what changed, marked for the auditor if the client acts as somebody who may open cases."""
        words = super().construct_change_message(request, form, formsets, add)
        return _OPENS_CASES + words if form.cleaned_data.get("account") else words

    def has_delete_permission(self, request: HttpRequest, obj: Client | None = None) -> bool:
        """Forbid deleting: a client that acted is switched off."""
        return False


@admin.register(Token)
class TokenAdmin(ExplainedAdmin):
    """Tokens made by hand, with their last use."""

    explanation = (
        "Tokens para programas que no saben OAuth. Cada uno se ve una sola vez, al crearlo. "
        "El último uso dice si todavía hace falta; uno que sobra se anula."
    )
    form = TokenForm
    field_help: ClassVar = {"client": "De qué sistema es.", "scopes": "Para qué sirve; lo menos posible."}
    list_display = ("hint", "client", "scopes", "expires_at", "last_used_at", "revoked_at")
    list_filter = ("client",)
    fields: ClassVar = ["client", "scopes", "days"]
    actions: ClassVar = ["revoke"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Token]:
        """Return those that were made by hand."""
        found: QuerySet[Token] = super().get_queryset(request)
        return found.filter(is_short=False)

    def save_model(self, request: HttpRequest, obj: Token, form: TokenForm, change: bool) -> None:
        """Make a token, which is shown now and never again."""
        text, now = new_token(), timezone.now()
        obj.digest, obj.hint, obj.created_at = digest_of(text), hint_of(text), now
        obj.expires_at = now + timedelta(days=form.cleaned_data["days"])
        messages.warning(request, f"Copie ahora el token: {text}")
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        """Forbid changing: another token is made."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        """Forbid deleting: a token is revoked, and swept once it is over."""
        return False

    @admin.action(description="Anular los elegidos")
    def revoke(self, request: HttpRequest, chosen: QuerySet[Token]) -> None:
        """Have the chosen tokens open nothing any more."""
        for token in chosen:
            revoke_token(token, now=timezone.now())
        messages.success(request, "Anulados: ya no abren nada.")
