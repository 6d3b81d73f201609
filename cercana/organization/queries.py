"""How the institution is read: identity, chain of command, catalogue, calendar and policies of a given day."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, TypeAlias

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf

from cercana.organization import reference
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
from cercana.rules.promises import Policy, to_lima

_PROMISES = tuple(each.name for each in fields(Policy))


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
    return ServicePolicy(_promises(row), row.reopening_days, row.confirmation_working_days)


def policies() -> dict[int, Policy]:
    """Return the figures of every version of the policy: a promise keeps those it was made under."""
    return {row.version: _promises(row) for row in PolicyVersion.objects.all()}


def _promises(row: PolicyVersion) -> Policy:
    return Policy(**{name: getattr(row, name) for name in _PROMISES})


def calendar() -> Calendar:
    """Return Peru's calendar with the days the municipality added."""
    return peru_calendar(added=added_days())


def added_days() -> list[CalendarDay]:
    """Return the days the municipality added, oldest first."""
    return [
        CalendarDay(each.day, DayKind(each.kind), name=each.name, norm=each.norm, counts=each.counts)
        for each in AddedDay.objects.order_by("day")
    ]


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
    hours: Mapping[str, OfficeHours]

    def hours_of(self, area_name: str) -> OfficeHours | None:
        """Return when the area of that name works; None if nobody said so."""
        code = next((code for code, name in self.area_names.items() if name == area_name), "")
        return self.hours.get(code) or self.hours.get("")


_OutlineEntry: TypeAlias = tuple[str, str, str, str, bool]
_OutlineRow: TypeAlias = tuple[str, str, str, str, str, bool]


def outline(day: date) -> Outline:
    """Return the outline of the institution on ``day``."""
    rows: dict[str, list[_OutlineEntry]] = {"area": [], "category": [], "nature": [], "term": [], "day": [], "hour": []}
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
    hours = OfficeHour.objects.order_by().values_list(
        Value("hour"), Coalesce(text("area_id"), nothing), text("weekday"), text("opens"), text("closes"), yes
    )
    statement, values = areas.union(categories, natures, terms, days, hours, all=True).query.sql_with_params()
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


def known_natures() -> set[str]:
    """Return the codes of the legal natures that are entered or come with Cercana."""
    shipped = {each.code for each in reference.legal_natures()}
    return shipped | set(LegalNature.objects.values_list("code", flat=True))


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
    term: StatutoryTerm | None
    policy: Policy
    calendar: Calendar
    notice_version: int


def grounds(category: str, nature: str, moment: datetime) -> Grounds:
    """
    Return what a case of ``category`` begins on at ``moment``, read in one query.

    A ``nature`` of "" stands for the usual one of the category.

    Raise CategoryUnknown for a category that is not in use, NotSetUp if the institution is not complete.
    """
    row = _grounds_row(category, nature, moment)
    if row is None:
        municipality()
        raise CategoryUnknown
    institution, own, policy, term, days = row
    chosen = json.loads(own)
    if institution is None or policy is None or chosen["notice_version"] is None:
        raise NotSetUp
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
    asked = {_CATEGORY: category, _NATURE: nature, _MOMENT: moment, _DAY: to_lima(moment).date()}
    statement, stand_ins = _grounds_statement()
    values: list[Any] = [asked.get(each, each) for each in stand_ins]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


@lru_cache(maxsize=1)
def _grounds_statement() -> tuple[str, tuple[Any, ...]]:
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
        notice_version=Subquery(notice.values("version")[:1]),
    )
    municipality = _first(Municipality.objects.order_by("pk"), prefix="prefix", intake_area="intake_area_id")
    policy = _first(PolicyVersion.objects.filter(valid_from__lte=_MOMENT), **{name: name for name in _PROMISES})
    terms = LegalTerm.objects.filter(_in_force(_DAY), nature_id=nature).order_by("pk")
    term = _first(terms, **{each.name: each.name for each in fields(StatutoryTerm)})
    days = ArraySubquery(AddedDay.objects.order_by("day").values(whole=JSONObject(**_WHOLE_DAY)))
    found = Category.objects.filter(code=_CATEGORY, is_active=True).order_by()
    statement, values = found.values_list(municipality, own, policy, term, days).query.sql_with_params()
    return statement, tuple(values)


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
