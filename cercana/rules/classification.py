"""The words a case is sorted by; their values are stored, their Spanish labels live with the screens."""

from enum import StrEnum


class RequestKind(StrEnum):
    """What the person asks of the municipality (M4.1a)."""

    CLAIM = "claim"
    INQUIRY = "inquiry"


class ClaimType(StrEnum):
    """What a claim points at (M3.1); an inquiry has none."""

    POOR_SERVICE = "poor_service"
    DELAY = "delay"
    ERROR = "error"


class CaseClass(StrEnum):
    """The priority of a case, which decides its clocks (M4.3)."""

    SIMPLE = "simple"
    COMPLEX = "complex"
    CRITICAL = "critical"


class CriticalState(StrEnum):
    """Whether danger was seen (proposed) and whether a person or fifteen minutes of silence made it so (marked)."""

    NONE = "none"
    PROPOSED = "proposed"
    MARKED = "marked"


class Channel(StrEnum):
    """The four ways in (M2.3)."""

    COUNTER = "counter"
    PHONE = "phone"
    EMAIL = "email"
    APP = "app"
