"""Refusals about messages and their links."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class LinkOver(DomainError):
    """The link was not made by us, or its time is over."""

    code: ClassVar[str] = "conversation.link_over"
    message: ClassVar[str] = "Este enlace ya no sirve. Pide otro con el número de tu caso."
    status: ClassVar[int] = 410


class PhraseVariableUnknown(DomainError):
    """A reply phrase has something in braces that no case gives and nobody is asked for."""

    code: ClassVar[str] = "conversation.phrase_variable_unknown"
    message: ClassVar[str] = "La frase usa variables que no existen: {names}. Corríjalas y guarde de nuevo."
    status: ClassVar[int] = 422


class PhraseFiguresRefused(DomainError):
    """Whoever asks how reply phrases are used neither supervises, analyses, teaches nor configures."""

    code: ClassVar[str] = "conversation.phrase_figures_refused"
    message: ClassVar[str] = "Esa página es de la jefatura, del análisis, de la capacitación y de la administración."
    status: ClassVar[int] = 403


class ContactGone(DomainError):
    """Nobody with that key waits for a case, or the actor may not know of it; somebody else may have been quicker."""

    code: ClassVar[str] = "conversation.contact_gone"
    message: ClassVar[str] = "Ese contacto ya no está por registrar. Vuelva a la lista."
    status: ClassVar[int] = 404


class DismissalReasonMissing(DomainError):
    """Nobody is sent away without a reason that others can read."""

    code: ClassVar[str] = "conversation.dismissal_reason_missing"
    message: ClassVar[str] = "Escriba por qué no hace falta un caso."
    status: ClassVar[int] = 422


class ContactsRefused(DomainError):
    """Whoever asks for those without a case does not take people in."""

    code: ClassVar[str] = "conversation.contacts_refused"
    message: ClassVar[str] = "Esa página es de quien registra los casos y de su jefatura."
    status: ClassVar[int] = 403


class TooManyDevices(DomainError):
    """So many browsers are told of one case that nobody knows whose they are."""

    code: ClassVar[str] = "conversation.too_many_devices"
    message: ClassVar[str] = "Este caso ya avisa a {limit} equipos. Apaga los avisos en alguno, o cambia tu código."
