"""What is entered to set up an institution: plain values, checked by the database when they are stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from cercana.rules.classification import CaseClass, RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityEntry:
    """Who we are; ``intake_area`` is the code of the area that receives."""

    prefix: str
    name: str
    short_name: str
    address: str
    phone: str
    email: str
    opening_hours: str
    intake_area: str
    platform_url: str = ""
    data_officer_email: str = ""
    is_demo: bool = False
    opening_hours_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyEntry:
    """A number to call when there is danger."""

    name: str
    number: str
    hint: str = ""
    name_en: str = ""
    hint_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaEntry:
    """An area; ``parent`` is the code of the one above it."""

    code: str
    name: str
    valid_from: date
    parent: str | None = None
    specialty: str = ""
    name_en: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteEntry:
    """A place where people are attended."""

    code: str
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursEntry:
    """A stretch of the day on some weekdays (0 is Monday), of one area or of all that have none of their own."""

    weekdays: Sequence[int]
    opens: time
    closes: time
    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyEntry:
    """The figures of the manual's promises from one instant on; those of the manual unless given."""

    version: int
    valid_from: datetime
    reason: str
    simple_hours: int = 48
    complex_working_days: int = 5
    critical_response_hours: int = 2
    critical_resolution_hours: int = 24
    reopening_days: int = 30
    confirmation_working_days: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEntry:
    """A term of the law with its source."""

    working_days: int
    norm: str
    article: str
    valid_from: date
    valid_until: date | None = None
    within_office_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NatureEntry:
    """What a case can be for the law, with its terms."""

    code: str
    name: str
    plain_question: str
    explanation: str
    explanation_en: str = ""
    needs_identity: bool = False
    must_notify: bool = False
    decided_by_superior: bool = False
    moves_to_platform: bool = False
    is_data_rights: bool = False
    routed_to: str = ""
    terms: Sequence[TermEntry] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryEntry:
    """An entry of the catalogue; its class, kind and legal nature are what it proposes."""

    code: str
    name: str
    citizen_words: str
    area: str
    class_: CaseClass
    legal_nature: str = "incident"
    default_kind: RequestKind = RequestKind.CLAIM
    may_be_critical: bool = False
    shows_emergency: bool = False
    may_be_outside: bool = False
    is_restricted: bool = False
    is_about_staff: bool = False
    name_en: str = ""
    citizen_words_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeEntry:
    """A version of the privacy notice, written and spoken."""

    version: int
    valid_from: date
    text: str
    spoken: str
    text_en: str = ""
