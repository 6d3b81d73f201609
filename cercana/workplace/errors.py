"""Refusals about kept views, the guide and calls for support."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class ViewNameMissing(DomainError):
    """A view is kept under a name of one to forty letters."""

    code: ClassVar[str] = "desk.view_name_missing"
    message: ClassVar[str] = "Escriba un nombre para la vista, de hasta {limit} letras."
    status: ClassVar[int] = 422


class TooManyViews(DomainError):
    """A list of views that nobody can survey helps nobody."""

    code: ClassVar[str] = "desk.too_many_views"
    message: ClassVar[str] = "Ya guarda {limit} vistas. Quite alguna antes de guardar otra."


class ViewUnknown(DomainError):
    """Whoever asks keeps no such view."""

    code: ClassVar[str] = "desk.view_unknown"
    message: ClassVar[str] = "Esa vista no está entre las que guarda."
    status: ClassVar[int] = 404


class SupportClosed(DomainError):
    """Calls for help and what happened are for who attends people, and for who supervises them."""

    code: ClassVar[str] = "desk.support_closed"
    message: ClassVar[str] = "Esta página es de quien atiende a personas y de sus jefes."
    status: ClassVar[int] = 403


class IncidentEmpty(DomainError):
    """A note says what happened, in as few words as one likes."""

    code: ClassVar[str] = "desk.incident_empty"
    message: ClassVar[str] = "Escriba qué pasó, aunque sea en pocas palabras."
    status: ClassVar[int] = 422


class GuideClosed(DomainError):
    """What the guide says is for the trainer to write."""

    code: ClassVar[str] = "desk.guide_closed"
    message: ClassVar[str] = "La guía la escribe quien capacita al personal."
    status: ClassVar[int] = 403


class GuideTextUnknown(DomainError):
    """Neither shipped nor written here."""

    code: ClassVar[str] = "desk.guide_text_unknown"
    message: ClassVar[str] = "Esa situación o esa versión no existe."
    status: ClassVar[int] = 404


class GuideChanged(DomainError):
    """Two people wrote at once: the second sees what the first wrote, and keeps the own text."""

    code: ClassVar[str] = "desk.guide_changed"
    message: ClassVar[str] = "Otra persona guardó esta situación mientras usted escribía. Su texto sigue aquí."
