"""Configuration of extensions, explained in plain Spanish."""

from collections.abc import Mapping

from django.contrib import admin

from cercana.channels.phone.models import Extension
from cercana.ui.explained_admin import ExplainedAdmin

_EXTENSION: Mapping[str, str] = {
    "number": "Como lo llama la central: «201».",
    "staff": "En su mesa se anuncian las llamadas a este anexo.",
}


@admin.register(Extension)
class ExtensionAdmin(ExplainedAdmin):
    """Who sits at which extension."""

    explanation = (
        "En qué anexo atiende cada persona. Ella misma puede cambiarlo en «Llamadas», cuando se sienta en otro lugar."
    )
    field_help = _EXTENSION
    list_display = ("number", "staff")
    list_select_related = ("staff",)
