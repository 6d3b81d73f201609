"""How the text of an environment variable is read: numbers, switches, choices, lists, addresses."""

from typing import ClassVar
from urllib.parse import SplitResult, urlsplit

from cercana.rules.errors import DomainError

LAST_PORT = 65535
_YES = frozenset({"1", "true", "yes", "on", "sí", "si"})
NO = frozenset({"0", "false", "no", "off"})


class VariableWrong(DomainError):
    """An environment variable does not say what it should; ``reason`` says what is expected, in Spanish."""

    code: ClassVar[str] = "config.variable_wrong"
    message: ClassVar[str] = "La variable {name} está mal puesta: {reason}"
    status: ClassVar[int] = 500


def count_in(name: str, text: str) -> int:
    """Return a whole number from 1; raise VariableWrong."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise VariableWrong(name=name, reason="escribe un número entero desde 1.")
    return int(text)


def switch_in(name: str, text: str) -> bool:
    """Return what a switch says; raise VariableWrong."""
    if text.lower() not in _YES | NO:
        raise VariableWrong(name=name, reason="escribe «yes» o «no».")
    return text.lower() in _YES


def choice_in(name: str, text: str, choices: tuple[str, ...]) -> str:
    """Return ``text`` if it is one of ``choices``; raise VariableWrong."""
    if text not in choices:
        raise VariableWrong(name=name, reason=f"escribe una de estas palabras: {', '.join(choices)}.")
    return text


def split_url(name: str, text: str) -> SplitResult:
    """Split a URL; a port that is no number counts as malformed here, not at its first use. Raise VariableWrong."""
    try:
        parts = urlsplit(text)
        if (parts.port or 0) > LAST_PORT:
            raise ValueError
    except ValueError as error:
        raise VariableWrong(name=name, reason="la dirección no tiene la forma de una URL.") from error
    return parts


def listed(text: str) -> tuple[str, ...]:
    """Return what stands between the commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
