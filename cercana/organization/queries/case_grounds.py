"""What a case begins on: everything of the institution that its registration asks, read in one query."""

import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject, NullIf

from cercana.database.statements import Statement
from cercana.organization.errors import CategoryUnknown, NotSetUp
from cercana.organization.models import (
    AddedDay,
    Category,
    LegalNature,
    LegalTerm,
    Municipality,
    PolicyVersion,
    PrivacyNotice,
)
from cercana.organization.queries.institution import PROMISE_FIGURES, legal_term, municipality, nothing_in_force
from cercana.organization.queries.validity import in_force
from cercana.rules.calendar import Calendar, CalendarDay, DayKind
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import Policy, to_lima


@dataclass(frozen=True, slots=True)
class StatutoryTerm:
    """A term of the law: working days, from the next day for what comes outside office hours if it says so."""

    id: int
    working_days: int
    within_office_hours: bool


def statutory_term(nature: str, day: date) -> StatutoryTerm | None:
    """Return the term of the law for ``nature`` in force on ``day``; None if the law sets none."""
    found = legal_term(nature, day)
    return StatutoryTerm(found.pk, found.working_days, found.within_office_hours) if found else None


def statutory_terms() -> dict[str, StatutoryTerm]:
    """Return every term of the law there ever was, by its id as clocks keep it."""
    rows = LegalTerm.objects.values_list("id", "working_days", "within_office_hours")
    return {str(id_): StatutoryTerm(id_, days, within) for id_, days, within in rows}


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a case begins on: the institution, a category of its catalogue, and policy, calendar and law of the day."""

    prefix: str
    intake_area: str
    category: str
    class_: str
    area: str
    is_restricted: bool
    is_about_staff: bool
    nature: str
    moves_to_platform: bool
    decided_by_superior: bool
    needs_identity: bool
    term: StatutoryTerm | None
    policy: Policy
    calendar: Calendar
    notice_version: int


def grounds(category: str, nature: str, moment: datetime) -> Grounds:
    """
    Return what a case of ``category`` begins on at ``moment``, read in one query.

    A ``nature`` of "" stands for the usual one of the category.

    Raise CategoryUnknown for a category that is not in use, BeforeFirstPromises for a moment before any policy, and
    NotSetUp if the institution is not complete.
    """
    row = _grounds_row(category, nature, moment)
    if row is None:
        municipality()
        raise CategoryUnknown
    institution, own, policy, term, days = row
    chosen = json.loads(own)
    if institution is None:
        raise NotSetUp
    if policy is None or chosen["notice_version"] is None:
        raise nothing_in_force()
    return Grounds(
        **json.loads(institution),
        **chosen,
        policy=Policy(**json.loads(policy)),
        term=StatutoryTerm(**json.loads(term)) if term else None,
        calendar=_calendar_with(tuple(days)),
    )


# They stand in the kept statement for what each registration asks.
_CATEGORY, _NATURE = "a category", "a nature"
_MOMENT, _DAY = datetime(1, 1, 2, tzinfo=UTC), date(1, 1, 3)


def _grounds_row(category: str, nature: str, moment: datetime) -> tuple[Any, ...] | None:
    day = to_lima(moment).date()
    rows = _grounds_statement().rows({_CATEGORY: category, _NATURE: nature, _MOMENT: moment, _DAY: day})
    return rows[0] if rows else None


@lru_cache(maxsize=1)
def _grounds_statement() -> Statement:
    """Return the statement of the grounds: every registration asks it, and only its values change."""
    given = NullIf(Value(_NATURE), Value(""))
    nature = Coalesce(given, OuterRef("legal_nature_id"))
    notice = PrivacyNotice.objects.filter(valid_from__lte=_DAY)
    own = JSONObject(
        category="code",
        class_="class_",
        area="area_id",
        is_restricted="is_restricted",
        is_about_staff="is_about_staff",
        nature=Coalesce(given, "legal_nature_id"),
        moves_to_platform=Subquery(LegalNature.objects.filter(code=nature).values("moves_to_platform")),
        decided_by_superior=Subquery(LegalNature.objects.filter(code=nature).values("decided_by_superior")),
        needs_identity=Subquery(LegalNature.objects.filter(code=nature).values("needs_identity")),
        notice_version=Subquery(notice.values("version")[:1]),
    )
    municipality = _first(Municipality.objects.order_by("pk"), prefix="prefix", intake_area="intake_area_id")
    policy = _first(PolicyVersion.objects.filter(valid_from__lte=_MOMENT), **{name: name for name in PROMISE_FIGURES})
    terms = LegalTerm.objects.filter(in_force(_DAY), nature_id=nature).order_by("pk")
    term = _first(terms, **{each.name: each.name for each in fields(StatutoryTerm)})
    days = ArraySubquery(AddedDay.objects.order_by("day").values(whole=JSONObject(**_WHOLE_DAY)))
    found = Category.objects.filter(code=_CATEGORY, is_active=True).order_by()
    columns = found.values_list(municipality, own, policy, term, days)
    return Statement.of(columns, _CATEGORY, _NATURE, _MOMENT, _DAY)


_WHOLE_DAY = {name: name for name in ("day", "kind", "name", "norm", "counts")}


def _first(rows: QuerySet[Any, Any], **columns: str) -> Subquery:
    """Return the first of ``rows`` as one object."""
    return Subquery(rows.values(whole=JSONObject(**columns))[:1])


@lru_cache(maxsize=2)
def _calendar_with(days: tuple[str, ...]) -> Calendar:
    """Return Peru's calendar with added days given as JSON: it is the same until one of them changes."""
    added = [
        CalendarDay(**each | {"day": date.fromisoformat(each["day"]), "kind": DayKind(each["kind"])})
        for each in map(json.loads, days)
    ]
    return peru_calendar(added=added)
