"""Configuration of the reply phrases: where each fits, what it says, and what it said before."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from cercana.conversation.models import LONGEST_PHRASE, ReplyPhrase, ReplyPhraseVersion
from cercana.conversation.phrases import write_phrase
from cercana.rules.reply_phrases import ASKED_VARIABLES, CASE_VARIABLES, unknown_variables
from cercana.ui.explained_admin import ExplainedAdmin, ExplainedInline

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

# Whatever a form of Django takes.
_Given: TypeAlias = Any

_FIRST_REASON = "Frase nueva"


def _in_braces(names: Mapping[str, str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


class PhraseForm(_ModelForm):
    """A phrase with what it says: another text, or an older one again, becomes a new version and needs its reason."""

    text = forms.CharField(
        label="Texto",
        max_length=LONGEST_PHRASE,
        widget=UnfoldAdminTextareaWidget,
        help_text="De usted y en frases cortas. Lo que va entre llaves se completa en cada caso.",
    )
    restored = forms.ModelChoiceField(
        label="Volver a una versión anterior",
        queryset=ReplyPhraseVersion.objects.none(),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text="Se guarda como versión nueva con ese texto. Vacío, vale el texto de arriba.",
    )
    reason = forms.CharField(
        label="Por qué cambia el texto",
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Hace falta si cambia el texto. Queda en la historia de la frase.",
    )

    def __init__(self, *args: _Given, **kwargs: _Given) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["restored"]
            return
        versions = list(self.instance.versions.all())
        self.initial["text"] = versions[0].text if versions else ""
        older = self.fields["restored"]
        if isinstance(older, forms.ModelChoiceField):
            older.queryset = self.instance.versions.exclude(pk=versions[0].pk) if versions else older.queryset

    def clean_text(self) -> str:
        """Return the text; raise ValidationError for a variable that there is not."""
        text: str = self.cleaned_data["text"].strip()
        if unknown := unknown_variables(text):
            raise ValidationError(f"No existe: {', '.join(unknown)}.")
        return text

    def clean(self) -> dict[str, Any]:
        """Return what was given; raise ValidationError if the text of a known phrase changes without a reason."""
        given = super().clean() or self.cleaned_data
        changes = "text" in self.changed_data or given.get("restored")
        if changes and self.instance.pk is not None and not given.get("reason"):
            self.add_error("reason", "Diga por qué cambia el texto.")
        return given

    @property
    def new_text(self) -> str:
        """What the phrase is to say from now on, "" if that does not change."""
        restored = self.cleaned_data.get("restored")
        if isinstance(restored, ReplyPhraseVersion):
            return restored.text
        return str(self.cleaned_data["text"]) if "text" in self.changed_data else ""


class VersionInline(ExplainedInline):
    """What a phrase says and said, newest first: read, never written."""

    model = ReplyPhraseVersion
    fields = ("number", "text", "author", "at", "reason")
    readonly_fields = fields
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: ReplyPhrase | None = None) -> bool:
        """Refuse to write one beside the form of the phrase."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ReplyPhrase | None = None) -> bool:
        """Refuse to rewrite a version: messages were written with it."""
        return False


@admin.register(ReplyPhrase)
class ReplyPhraseAdmin(ExplainedAdmin):
    """The reply phrases."""

    form = PhraseForm
    explanation = (
        "Frases que quien atiende puede poner en un mensaje. Nunca se envían solas. Cada cambio de texto es una "
        f"versión nueva. El caso completa {_in_braces(CASE_VARIABLES)}. "
        f"Quien escribe completa {_in_braces(ASKED_VARIABLES)}."
    )
    lead = "Ver cuánto se usan"
    leads_to = "desk:phrase-figures"
    field_help: ClassVar[Mapping[str, str]] = {
        "code": "Palabra corta sin espacios ni tildes, como «saludo_tarde». No cambia después.",
        "title": "Lo que se lee en la lista de frases.",
        "situation": "Qué hace la frase en la conversación.",
        "category": "Solo se ofrece en casos de este motivo. Vacío, en todos.",
        "channel": "Solo se ofrece en casos de este canal. Vacío, en todos.",
        "is_active": "Desmárquelo para que no se ofrezca más. Su historia queda.",
    }
    fields: ClassVar = ["code", "title", "situation", "category", "channel", "text", "restored", "reason", "is_active"]
    list_display = ("title", "situation", "category", "channel", "is_active")
    list_filter = ("situation", "channel", "is_active", "category")
    list_select_related = ("category",)
    search_fields = ("title", "code", "versions__text")
    inlines = (VersionInline,)

    def get_fields(self, request: HttpRequest, obj: ReplyPhrase | None = None) -> list[str]:
        """Offer older versions only where there are any."""
        return [name for name in self.fields if obj is not None or name != "restored"]

    def get_readonly_fields(self, request: HttpRequest, obj: ReplyPhrase | None = None) -> tuple[str, ...]:
        """Keep the code of a phrase: by it the shipped ones are known."""
        return ("code",) if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: ReplyPhrase, form: PhraseForm, change: bool) -> None:
        """Store where the phrase fits and, if its text is another, the new version."""
        super().save_model(request, obj, form, change)
        if form.new_text:
            reason = form.cleaned_data["reason"] or _FIRST_REASON
            write_phrase(obj, text=form.new_text, author_id=request.user.pk, reason=reason, now=timezone.now())

    def has_delete_permission(self, request: HttpRequest, obj: ReplyPhrase | None = None) -> bool:
        """Refuse to remove a phrase: messages were written with it."""
        return False
