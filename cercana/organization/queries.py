"""How the institution is read: identity, chain of command, catalogue, calendar and policies of a given day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TypeAlias

from django.db import connection
from django.db.models import BooleanField, Case, CharField, Prefetch, Q, Value, When
from django.db.models.functions import Cast

from cercana.organization.errors import AreaUnknown, CategoryUnknown, NotSetUp
from cercana.organization.models import (
    AddedDay,
    Area,
    Category,
    EmergencyNumber,
    LegalNature,
    LegalTerm,
    Municipality,
    OfficeHour,
    PolicyVersion,
    PrivacyNotice,
    Site,
)
from cercana.rules.calendar import Calendar, CalendarDay, DayKind
from cercana.rules.folding import fold
from cercana.rules.office_hours import OfficeHours, Slot
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import Policy


@dataclass(frozen=True, slots=True)
class ServicePolicy:
    """The figures in force at some instant: those of the promises, and the days around closure."""

    promises: Policy
    reopening_days: int
    confirmation_working_days: int


def municipality() -> Municipality:
    """Return the municipality; raise NotSetUp if nobody has entered it."""
    found = Municipality.objects.first()
    if found is None:
        raise NotSetUp
    return found


def is_demonstration() -> bool:
    """Tell whether this database holds the demonstration municipality."""
    return Municipality.objects.filter(is_demo=True).exists()


def emergency_numbers() -> list[EmergencyNumber]:
    """Return the numbers to call when there is danger, most useful first."""
    return list(EmergencyNumber.objects.all())


def policy_at(moment: datetime) -> ServicePolicy:
    """Return the policy in force at ``moment``."""
    row = PolicyVersion.objects.filter(valid_from__lte=moment).first()
    if row is None:
        raise NotSetUp
    promises = Policy(
        version=row.version,
        simple_hours=row.simple_hours,
        complex_working_days=row.complex_working_days,
        critical_response_hours=row.critical_response_hours,
        critical_resolution_hours=row.critical_resolution_hours,
    )
    return ServicePolicy(promises, row.reopening_days, row.confirmation_working_days)


def calendar() -> Calendar:
    """Return Peru's calendar with the days the municipality added."""
    added = [
        CalendarDay(each.day, DayKind(each.kind), name=each.name, norm=each.norm, counts=each.counts)
        for each in AddedDay.objects.all()
    ]
    return peru_calendar(added=added)


def office_hours(area: str) -> OfficeHours:
    """Return when ``area`` works: its own slots, or else those of the municipality."""
    rows = list(OfficeHour.objects.filter(Q(area_id=area) | Q(area=None)).order_by("weekday", "opens"))
    own = [row for row in rows if row.area_id == area] or rows
    if not own:
        raise NotSetUp
    slots: dict[int, tuple[Slot, ...]] = {}
    for row in own:
        slots[row.weekday] = (*slots.get(row.weekday, ()), Slot(row.opens, row.closes))
    return OfficeHours(slots)


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gte=day))


def areas(day: date) -> list[Area]:
    """Return the areas in force on ``day``, by name."""
    return list(Area.objects.filter(_in_force(day)).order_by("name"))


def area(code: str, day: date) -> Area:
    """Return an area in force on ``day``; raise AreaUnknown."""
    found = Area.objects.filter(_in_force(day), code=code).first()
    if found is None:
        raise AreaUnknown
    return found


def area_names() -> dict[str, str]:
    """Return the name of every area that ever was, by code."""
    return dict(Area.objects.values_list("code", "name"))


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


_OutlineEntry: TypeAlias = tuple[str, str, str, str, bool]
_OutlineRow: TypeAlias = tuple[str, str, str, str, str, bool]


def outline(day: date) -> Outline:
    """Return the outline of the institution on ``day``."""
    rows: dict[str, list[_OutlineEntry]] = {"area": [], "category": [], "nature": [], "term": [], "day": []}
    for what, code, name, text, more, is_so in _outline_rows(day):
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
    )


def _outline_rows(day: date) -> Sequence[_OutlineRow]:
    """Return what each row is, its code, its name, two more texts and a yes or no; the texts depend on what it is."""
    statement, values = _outline_statement(day)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[_OutlineRow] = cursor.fetchall()
    return rows


@lru_cache(maxsize=4)
def _outline_statement(day: date) -> tuple[str, tuple[str | bool | date, ...]]:
    """Return the statement of the outline and its values: every page asks it, and it changes with the day alone."""
    in_force = Case(When(_in_force(day), then=True), default=False, output_field=BooleanField())
    nothing, yes = Value("", output_field=CharField()), Value(value=True)

    def text(column: str) -> Cast:
        return Cast(column, CharField())

    areas = Area.objects.values_list(Value("area"), "code", "name", "parent_id", nothing, in_force)
    categories = Category.objects.order_by().values_list(
        Value("category"), "code", "name", text("order"), nothing, "is_active"
    )
    natures = LegalNature.objects.order_by().values_list(Value("nature"), "code", "name", nothing, nothing, yes)
    terms = LegalTerm.objects.values_list(Value("term"), text("pk"), "norm", "article", text("working_days"), yes)
    days = AddedDay.objects.values_list(Value("day"), text("day"), "name", "norm", "kind", "counts")
    statement, values = areas.union(categories, natures, terms, days, all=True).query.sql_with_params()
    return statement, tuple(values)


def _by_name(row: _OutlineEntry) -> str:
    return fold(row[1])


def _by_order(row: _OutlineEntry) -> int:
    return int(row[2])


def area_parents() -> dict[str, str | None]:
    """Return the parent of every area, by code: the chain of command."""
    return dict(Area.objects.values_list("code", "parent_id"))


def reach_of(code: str, parents: Mapping[str, str | None]) -> frozenset[str]:
    """Return ``code`` and every area below it, by the chain in ``parents``."""
    reached = {code}
    grown = True
    while grown:
        below = {child for child, parent in parents.items() if parent in reached} - reached
        reached |= below
        grown = bool(below)
    return frozenset(reached)


def sites() -> list[Site]:
    """Return the places where people are attended, by name."""
    return list(Site.objects.order_by("name"))


def category(code: str) -> Category:
    """Return a category in use, with its area and nature; raise CategoryUnknown."""
    found = Category.objects.select_related("area", "legal_nature").filter(code=code, is_active=True).first()
    if found is None:
        raise CategoryUnknown
    return found


def categories() -> list[Category]:
    """Return the categories in use with their areas, in the order of the catalogue."""
    return list(Category.objects.select_related("area").filter(is_active=True))


def category_names() -> dict[str, str]:
    """Return the name of every category that ever was, by code."""
    return dict(Category.objects.values_list("code", "name"))


def legal_natures(day: date) -> list[LegalNature]:
    """Return the legal natures with their terms in force on ``day``, in the order they are asked."""
    terms = Prefetch("terms", LegalTerm.objects.filter(_in_force(day)))
    return list(LegalNature.objects.prefetch_related(terms))


def legal_nature(code: str) -> LegalNature:
    """Return one legal nature."""
    return LegalNature.objects.get(code=code)


def legal_term(nature: str, day: date) -> LegalTerm | None:
    """Return the term of the law for ``nature`` in force on ``day``; None if the law sets none."""
    return LegalTerm.objects.filter(_in_force(day), nature_id=nature).first()


def privacy_notice(day: date) -> PrivacyNotice:
    """Return the notice in force on ``day``."""
    found = PrivacyNotice.objects.filter(valid_from__lte=day).first()
    if found is None:
        raise NotSetUp
    return found
