"""Configuration of the texts that citizens receive: a change is a new version, and the shipped texts are its start."""

from dataclasses import dataclass
from typing import ClassVar

from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from cercana.conversation.letters import VARIABLES, Kind
from cercana.conversation.models import Template
from cercana.conversation.phrase_admin import ReplyPhraseAdmin
from cercana.conversation.wording import wording
from cercana.rules.time_texts import TEXTS, Language
from cercana.ui.explained_admin import ExplainedAdmin

__all__ = ["Offer", "ReplyPhraseAdmin", "TemplateAdmin"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that can be changed: its name and where the change begins, by language."""

    label: str
    links: dict[Language, str]


@admin.register(Template)
class TemplateAdmin(ExplainedAdmin):
    """The texts of letters, version by version."""

    explanation = (
        "Los mensajes que reciben las personas. Elija uno para cambiarlo: se abre con el texto de hoy y se guarda como "
        "una versión nueva. Las versiones anteriores se conservan, porque con ellas se escribieron mensajes."
    )
    list_before_template = "admin/conversation_texts.html"
    field_help: ClassVar = {
        "code": "En qué momento del caso se envía.",
        "language": "Lo recibe así quien eligió este idioma.",
        "version": "El número que sigue al de la última versión.",
        "subject": "Lo primero que la persona lee en su bandeja de entrada.",
        "body": "Lo que va entre llaves se reemplaza por los datos del caso.",
        "valid_from": "Desde cuándo se envía este texto.",
    }
    list_display = ("code", "language", "version", "subject", "valid_from")
    list_filter = ("language",)
    fields: ClassVar = ["code", "language", "version", "subject", "body", "valid_from"]

    @property
    def offers(self) -> list[Offer]:
        """Every text, in the order of a case."""
        add = reverse("admin:conversation_template_add")
        return [
            Offer(kind.label, {language: f"{add}?code={kind}&language={language}" for language in TEXTS})
            for kind in Kind
        ]

    @property
    def variables(self) -> str:
        """What may stand in braces."""
        return ", ".join(f"{{{name}}}" for name in sorted(VARIABLES))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, object]:
        """Begin a change with the text of today and the number of the next version."""
        asked = request.GET.get("code", "")
        kind = Kind(asked) if asked in set(Kind) else Kind.RECEIPT
        language: Language = "en" if request.GET.get("language") == "en" else "es"
        now = timezone.now()
        today = wording(kind, language, now)
        newest = Template.objects.filter(code=kind, language=language).aggregate(newest=Max("version"))["newest"]
        return {
            "code": kind.value,
            "language": language,
            "version": (newest or 0) + 1,
            "subject": today.subject,
            "body": today.body.strip(),
            "valid_from": now,
        }

    def has_change_permission(self, request: HttpRequest, obj: Template | None = None) -> bool:
        """Refuse to rewrite a version: letters were written with it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Template | None = None) -> bool:
        """Refuse to remove a version: letters were written with it."""
        return False
