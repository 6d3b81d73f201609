"""What a page of the desk needs of the institution on one day, read in one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import TypeAlias

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from cercana.database.statements import Statement
from cercana.organization.models import (
    AddedDay,
    Area,
    Category,
    LegalNature,
    LegalTerm,
    OfficeHour,
)
from cercana.organization.queries.validity import in_force
from cercana.rules.calendar import Calendar, CalendarDay, DayKind
from cercana.rules.folding import fold
from cercana.rules.office_hours import OfficeHours, Slot
from cercana.rules.peru_days import peru_calendar


@dataclass(frozen=True, slots=True)
class Term:
    """What a term of the law is called, and how many working days it is."""

    source: str
    working_days: int


@dataclass(frozen=True, slots=True)
class Outline:
    """
    What a page of the desk needs of the institution on one day, read in one query.

    ``areas`` and ``categories`` hold the names of those in use, by code and in the order they are offered;
    ``area_names``, ``category_names``, ``natures``, ``terms`` (by id) and ``parents`` know all that ever were.
    """

    areas: Mapping[str, str]
    categories: Mapping[str, str]
    area_names: Mapping[str, str]
    category_names: Mapping[str, str]
    natures: Mapping[str, str]
    terms: Mapping[str, Term]
    parents: Mapping[str, str | None]
    calendar: Calendar
    hours: Mapping[str, OfficeHours]

    def hours_of(self, area_name: str) -> OfficeHours | None:
        """Return when the area of that name works; None if nobody said so."""
        code = next((code for code, name in self.area_names.items() if name == area_name), "")
        return self.hours.get(code) or self.hours.get("")


_OutlineEntry: TypeAlias = tuple[str, str, str, str, bool]


def outline(day: date) -> Outline:
    """Return the outline of the institution on ``day``."""
    rows: dict[str, list[_OutlineEntry]] = {"area": [], "category": [], "nature": [], "term": [], "day": [], "hour": []}
    for what, code, name, text, more, is_so in _outline_statement(day).rows():
        rows[what].append((code, name, text, more, is_so))
    areas, categories = rows["area"], rows["category"]
    return Outline(
        areas={code: name for code, name, _, _, offered in sorted(areas, key=_by_name) if offered},
        categories={code: name for code, name, _, _, offered in sorted(categories, key=_by_order) if offered},
        area_names={code: name for code, name, *_ in areas},
        category_names={code: name for code, name, *_ in categories},
        natures={code: name for code, name, *_ in rows["nature"]},
        terms={id_: Term(f"{norm}, {article}", int(days)) for id_, norm, article, days, _ in rows["term"]},
        parents={code: parent for code, _, parent, *_ in areas},
        calendar=peru_calendar(
            added=[
                CalendarDay(date.fromisoformat(day), DayKind(kind), name=name, norm=norm, counts=counts)
                for day, name, norm, kind, counts in rows["day"]
            ]
        ),
        hours=_hours(rows["hour"]),
    )


def _hours(rows: Iterable[_OutlineEntry]) -> dict[str, OfficeHours]:
    """Return when each area works that has slots of its own, and under "" when the municipality does."""
    slots: dict[str, dict[int, tuple[Slot, ...]]] = {}
    for area, weekday, opens, closes, _ in rows:
        own = slots.setdefault(area, {})
        slot = Slot(time.fromisoformat(opens), time.fromisoformat(closes))
        own[int(weekday)] = (*own.get(int(weekday), ()), slot)
    return {area: OfficeHours(own) for area, own in slots.items()}


@lru_cache(maxsize=4)
def _outline_statement(day: date) -> Statement:
    """
    Return the statement of the outline: every page asks it, and it changes with the day alone.

    A row says what it is, its code, its name, two more texts and a yes or no; the texts depend on what it is.
    """
    is_offered = Case(When(in_force(day), then=True), default=False, output_field=BooleanField())
    nothing, yes = Value("", output_field=CharField()), Value(value=True)

    def text(column: str) -> Cast:
        return Cast(column, CharField())

    areas = Area.objects.values_list(Value("area"), "code", "name", "parent_id", nothing, is_offered)
    categories = Category.objects.order_by().values_list(
        Value("category"), "code", "name", text("order"), nothing, "is_active"
    )
    natures = LegalNature.objects.order_by().values_list(Value("nature"), "code", "name", nothing, nothing, yes)
    terms = LegalTerm.objects.values_list(Value("term"), text("pk"), "norm", "article", text("working_days"), yes)
    days = AddedDay.objects.values_list(Value("day"), text("day"), "name", "norm", "kind", "counts")
    hours = OfficeHour.objects.order_by().values_list(
        Value("hour"), Coalesce(text("area_id"), nothing), text("weekday"), text("opens"), text("closes"), yes
    )
    return Statement.of(areas.union(categories, natures, terms, days, hours, all=True))


def _by_name(row: _OutlineEntry) -> str:
    return fold(row[1])


def _by_order(row: _OutlineEntry) -> int:
    return int(row[2])
