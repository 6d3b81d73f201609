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
