"""Configuration of waiting rooms and their windows, explained in plain Spanish."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib import admin

from cercana.channels.counter.models import Room, Window
from cercana.ui.explained_admin import ExplainedAdmin, ExplainedInline

_ROOM: Mapping[str, str] = {
    "site": "Cada sede tiene una sala de espera.",
    "longest_wait": "Si alguien espera más, se avisa a las jefaturas para que abran otra ventanilla.",
    "printer_host": "Nombre o dirección IP de la impresora de boletos en la red. Vacío, imprime el navegador.",
    "printer_port": "Casi todas las impresoras ESC/POS usan 9100.",
    "is_active": "Sin marcar, no se dan ni se llaman turnos en esta sala.",
}
_WINDOW: Mapping[str, str] = {
    "name": "Como la ve la gente: «5», «5A». La pantalla dirá «Ventanilla 5».",
    "is_active": "Sin marcar, nadie puede atender en ella.",
}


class WindowInline(ExplainedInline):
    """The windows of a room."""

    model = Window
    field_help = _WINDOW
    extra = 1


@admin.register(Room)
class RoomAdmin(ExplainedAdmin):
    """Where people wait, and the windows that call them."""

    explanation = (
        "Las salas de espera con sus ventanillas y su impresora de boletos. "
        "El quiosco y la pantalla se enlazan después, en «Equipos de la sala»."
    )
    field_help = _ROOM
    list_display = ("site", "longest_wait", "printer_host", "is_active")
    list_select_related = ("site",)
    inlines: ClassVar = [WindowInline]
