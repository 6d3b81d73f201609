"""Configuration of connected systems and their tokens; a secret is shown once, when it is made."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from cercana.api.commands import revoke_token
from cercana.api.credentials import digest_of, hint_of, new_key, new_secret, new_token
from cercana.api.errors import WebhookRefused
from cercana.api.models import Client, Token, Webhook, WebhookMessage
from cercana.api.scopes import SCOPE_LABELS, Scope, scopes_in, scopes_text
from cercana.api.webhooks import commands as webhooks
from cercana.api.webhooks.addresses import target_of
from cercana.api.webhooks.signing import secret_of
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
        label="Permisos",
        choices=[(scope.value, label) for scope, label in SCOPE_LABELS.items()],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
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

    days = forms.IntegerField(label="Días que dura", min_value=1, max_value=_LONGEST_DAYS, initial=90)

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


class WebhookForm(_ModelForm):
    """A webhook to be made or changed."""

    events = forms.MultipleChoiceField(
        label="Sucesos",
        required=False,
        choices=[(each.value, each.value) for each in sorted(webhooks.TOLD)],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    def __init__(self, *args: _Given, **kwargs: _Given) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["events"] = self.instance.events.split()

    def clean_events(self) -> str:
        """Return the events as they are stored."""
        return " ".join(sorted(self.cleaned_data["events"]))

    def clean_url(self) -> str:
        """Refuse an address that no message may go to."""
        url: str = self.cleaned_data["url"]
        try:
            target_of(url)
        except WebhookRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return url


@admin.register(Webhook)
class WebhookAdmin(ExplainedAdmin):
    """Where other systems are told."""

    explanation = (
        "Direcciones a las que se avisa lo que pasa con los casos: número, etapa y suceso, nunca datos de personas. "
        "Cada sistema se entera solo de los casos que puede conocer. El secreto de las firmas se ve una sola vez."
    )
    form = WebhookForm
    field_help: ClassVar = {
        "client": "A qué sistema se avisa.",
        "url": "Por https, en un equipo que nombra CERCANA_WEBHOOK_HOSTS.",
        "events": "Ninguno marcado quiere decir todos.",
        "is_active": "Sin esto no se le avisa más.",
    }
    list_display = ("url", "client", "events", "is_active", "created_at")
    fields: ClassVar = ["client", "url", "events", "is_active"]

    def save_model(self, request: HttpRequest, obj: Webhook, form: WebhookForm, change: bool) -> None:
        """Keep a webhook; the secret of a new one is shown now and never again."""
        if not change:
            obj.salt, obj.created_at = webhooks.new_salt(), timezone.now()
            messages.warning(request, f"Copie ahora el secreto de las firmas: {secret_of(obj.salt)}")
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Webhook | None = None) -> bool:
        """Forbid deleting: its log stays, and it is switched off."""
        return False


@admin.register(WebhookMessage)
class WebhookMessageAdmin(ExplainedAdmin):
    """The log of what was told to whom."""

    explanation = (
        "Lo que se avisó a otros sistemas en los últimos 30 días, y en qué quedó cada intento. "
        "Un mensaje que no se pudo entregar en un día se puede enviar otra vez."
    )
    list_display = ("queued_at", "webhook", "type", "sequence", "state", "tries", "outcome", "next_try_at", "sent_at")
    list_filter = ("webhook", "state")
    list_select_related = ("webhook",)
    fields: ClassVar = ["webhook", "type", "sequence", "state", "tries", "outcome", "occurred_at", "sent_at"]
    actions: ClassVar = ["send_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Forbid adding: what happens writes it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: WebhookMessage | None = None) -> bool:
        """Forbid changing a log."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: WebhookMessage | None = None) -> bool:
        """Forbid deleting: the log is swept by its age."""
        return False

    @admin.action(description="Enviar otra vez los elegidos")
    def send_again(self, request: HttpRequest, chosen: QuerySet[WebhookMessage]) -> None:
        """Have the chosen messages sent anew."""
        count = webhooks.replay(WebhookMessage.objects.filter(pk__in=chosen.values("pk")), now=timezone.now())
        messages.success(request, f"Vuelven a la cola: {count}.")
