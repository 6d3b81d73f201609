"""The palette: what can be done from anywhere, found by its words, before the cases that were found."""

import re
from dataclasses import dataclass

from django.urls import reverse

from cercana.cases.queries import View
from cercana.desk.places import own_places
from cercana.rules.access import Actor
from cercana.rules.entitlements import may_attend_calls
from cercana.rules.folding import fold

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PaletteAction:
    """
    Something to do: it leads to ``href``, or opens the dialog ``opens``.

    ``words`` are others by which people look for it; ``keys`` its shortcut.
    """

    text: str
    icon: str
    href: str = ""
    opens: str = ""
    keys: str = ""
    words: str = ""


def palette_actions(typed: str, actor: Actor) -> list[PaletteAction]:
    """
    Return the actions of ``actor`` of which every word typed begins a word.

    As long as nothing is typed, all of them.
    """
    wanted = _WORD.findall(fold(typed))
    own = [PaletteAction(each.title, each.icon, reverse(each.address), words=each.words) for each in own_places(actor)]
    offered = (*_actions(), *_calls(actor), *own)
    return [each for each in offered if _fits(each, wanted)]


def _fits(action: PaletteAction, wanted: list[str]) -> bool:
    have = _WORD.findall(fold(f"{action.text} {action.words}"))
    return all(any(word.startswith(each) for word in have) for each in wanted)


def _actions() -> list[PaletteAction]:
    return [
        PaletteAction(
            "Nuevo caso", "plus", reverse("desk:intake"), keys="N", words="registrar atender llamada ventanilla"
        ),
        PaletteAction(
            "Resuelto en el momento", "check-circle", reverse("desk:on-the-spot"), words="nuevo caso consulta rapido"
        ),
        _view("Ir a mis casos", "user", View.MINE, words="bandeja"),
        _view("Ir a lo que vence hoy", "hourglass-high", View.TODAY, words="bandeja plazo"),
        _view("Ir a críticos", "warning-octagon", View.CRITICAL, keys="G C", words="urgente"),
        _view("Ir a sin derivar", "signpost", View.UNREFERRED, words="bandeja"),
        _view("Ir a vencidos", "warning", View.OVERDUE, words="bandeja tarde"),
        _view("Ir a por confirmar cierre", "seal-check", View.TO_CONFIRM, words="bandeja respondidos"),
        _view("Ir a todos los abiertos", "rows", View.ALL, words="bandeja"),
        _view("Ir a cerrados", "archive", View.CLOSED, words="bandeja"),
        PaletteAction("Ver todos los atajos", "keyboard", opens="atajos", keys="?", words="teclas ayuda teclado"),
    ]


def _calls(actor: Actor) -> list[PaletteAction]:
    """Return the way to the calls, for who attends them."""
    if not may_attend_calls(actor).allowed:
        return []
    words = "telefono anexo central numero timbra colgo"
    return [PaletteAction("Llamadas y mi anexo", "phone", reverse("desk:calls"), words=words)]


def _view(text: str, icon: str, view: View, *, keys: str = "", words: str = "") -> PaletteAction:
    return PaletteAction(text, icon, f"{reverse('desk:queue')}?vista={view.value}", keys=keys, words=words)
