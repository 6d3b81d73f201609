"""
The words a case is sorted by; their values are stored.

Spanish labels live with the screens, but for those that desk and configuration both show.
"""

from collections.abc import Mapping
from enum import StrEnum


class RequestKind(StrEnum):
    """What the person asks of the municipality (M4.1a)."""

    CLAIM = "claim"
    INQUIRY = "inquiry"


KIND_LABELS: Mapping[RequestKind, str] = {RequestKind.CLAIM: "Reclamo", RequestKind.INQUIRY: "Consulta"}


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

    def is_slower_than(self, other: "CaseClass") -> bool:
        """Tell whether this class promises later than ``other``: critical, then simple, then complex (M4.3)."""
        pace = (CaseClass.CRITICAL, CaseClass.SIMPLE, CaseClass.COMPLEX)
        return pace.index(self) > pace.index(other)


CLASS_LABELS: Mapping[CaseClass, str] = {
    CaseClass.SIMPLE: "Simple",
    CaseClass.COMPLEX: "Complejo",
    CaseClass.CRITICAL: "Crítico",
}


class CriticalState(StrEnum):
    """Whether danger was seen (proposed) and whether a person or fifteen minutes of silence made it so (marked)."""

    NONE = "none"
    PROPOSED = "proposed"
    MARKED = "marked"


class CriticalReason(StrEnum):
    """Why a case may be critical (M5.1a-c)."""

    HEALTH_SAFETY = "health_safety"
    RECURRENCE = "recurrence"
    VULNERABILITY = "vulnerability"


class Channel(StrEnum):
    """The four ways in (M2.3)."""

    COUNTER = "counter"
    PHONE = "phone"
    EMAIL = "email"
    APP = "app"


CHANNEL_LABELS: Mapping[Channel, str] = {
    Channel.COUNTER: "Ventanilla",
    Channel.PHONE: "Teléfono",
    Channel.EMAIL: "Correo",
    Channel.APP: "Aplicación",
}


# By these a formal claim reaches us without its person before the State's platform, so that somebody has to take it
# there; the portal offers the platform itself (domain.md, The second clock).
TAKEN_TO_PLATFORM = frozenset({Channel.PHONE, Channel.EMAIL})


class Means(StrEnum):
    """How something was said to the person, or sent."""

    PHONE = "phone"
    COUNTER = "counter"
    EMAIL = "email"
    LETTER = "letter"


class InterpretedLanguage(StrEnum):
    """What an interpreter is asked for (Ley 29735, Ley 29535): codes of ISO 639, ``mul`` for any other language."""

    QUECHUA = "qu"
    AYMARA = "ay"
    SIGN_LANGUAGE = "prl"
    SHIPIBO = "shp"
    ASHANINKA = "cni"
    AWAJUN = "agr"
    OTHER = "mul"


class AbstentionCause(StrEnum):
    """Why somebody must stay out of a case (TUO art. 99)."""

    FAMILY = "family"
    ADVISER = "adviser"
    INTEREST = "interest"
    FRIENDSHIP = "friendship"
    EMPLOYMENT = "employment"
    DECORUM = "decorum"


class Cause(StrEnum):
    """Why the matter arose, as the answer sees it; provisional until closure (M6.2b)."""

    MAINTENANCE = "maintenance"
    BACKLOG = "backlog"
    INFORMATION = "information"
    DATA_ERROR = "data_error"
    SYSTEM_FAILURE = "system_failure"
    STAFF_CONDUCT = "staff_conduct"
    CONTRACTOR = "contractor"
    THIRD_PARTY = "third_party"
    OUTSIDE_ENTITY = "outside_entity"
    WEATHER = "weather"
    NO_FAULT = "no_fault"


class ClockKind(StrEnum):
    """What may run on one case: promises of the manual and the law, dates of our own, and steps inside the house."""

    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"
    STATUTORY = "statutory"
    DATED = "dated"
    DERIVE = "derive"
    DECIDE = "decide"
    NOTIFY = "notify"

    @property
    def is_aside(self) -> bool:
        """Whether it runs beside what the case is due for: the queue does not follow it."""
        return self in CLOCKS_ASIDE


CLOCKS_ASIDE = frozenset({ClockKind.DATED, ClockKind.DERIVE, ClockKind.DECIDE, ClockKind.NOTIFY})


class TaskKind(StrEnum):
    """What somebody still has to do for a case, apart from resolving it."""

    INTERPRETER = "interpreter"
    MOVE_TO_PLATFORM = "move_to_platform"
    NOTIFY_IN_PERSON = "notify_in_person"
    DECIDE_ABSTENTION = "decide_abstention"
    READ_MESSAGE = "read_message"
    LOW_OPINION = "low_opinion"
    REACH_OTHERWISE = "reach_otherwise"
    REVIEW = "review"
    ASK_IDENTITY = "ask_identity"

    @property
    def needs_code(self) -> bool:
        """Whether it is done by recording the code of the State's platform, and not by saying that it is done."""
        return self is TaskKind.MOVE_TO_PLATFORM


# The legal natures by which a person exercises the rights over their data (DS 016-2024-JUS, art. 69).
DATA_RIGHTS_NATURES = ("data_information", "data_access", "data_correction")
