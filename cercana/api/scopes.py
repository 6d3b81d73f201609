"""What a token may be used for; what its client may do to a case is decided by ``rules/access.py`` alone."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Scope(StrEnum):
    """A narrow purpose of a token: it never allows more than access allows the client."""

    CATALOGUE = "catalogue"
    CITIZEN = "citizen"
    REGISTER = "register"
    READ = "read"
    WRITE = "write"
    CRITICAL = "critical"
    CALLS = "calls"
    OPEN311 = "open311"


SCOPE_LABELS: Mapping[Scope, str] = {
    Scope.CATALOGUE: "Leer el catálogo de motivos, áreas y sedes.",
    Scope.CITIZEN: "Registrar y seguir casos en nombre de quien los presenta.",
    Scope.REGISTER: "Registrar casos como personal, por cualquier canal.",
    Scope.READ: "Leer los casos que la cuenta puede ver.",
    Scope.WRITE: "Trabajar los casos que la cuenta puede trabajar.",
    Scope.CRITICAL: "Marcar y vigilar casos críticos.",
    Scope.CALLS: "Contar qué pasa con las llamadas, desde la central telefónica.",
    Scope.OPEN311: "Usar la interfaz Open311.",
}


def scopes_in(text: str) -> frozenset[Scope]:
    """Return the scopes named in ``text``, which blanks separate (RFC 6749, 3.3); raise ValueError for another word."""
    return frozenset(Scope(word) for word in text.split())


def scopes_text(scopes: Iterable[Scope]) -> str:
    """Return ``scopes`` as they are stored and sent: in alphabetical order, a blank between them."""
    return " ".join(sorted(scopes))
