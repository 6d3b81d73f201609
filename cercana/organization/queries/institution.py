"""The institution as it stands: identity, chain of command, catalogue, calendar and policies of a given day."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time

from django.db.models import Min, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from cercana.organization import reference
from cercana.organization.errors import AreaUnknown, BeforeFirstPromises, CategoryUnknown, NotSetUp
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
from cercana.organization.queries.validity import in_force
from cercana.rules.calendar import Calendar, CalendarDay, DayKind
from cercana.rules.office_hours import OfficeHours, Slot
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import LIMA, Policy, to_lima
from cercana.rules.time_texts import Language

PROMISE_FIGURES = tuple(each.name for each in fields(Policy))


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


def one_row() -> QuerySet[Municipality]:
    """Return what a statement may stand on that has to answer even where there is no case yet."""
    return Municipality.objects.order_by("pk")[:1]


def is_demonstration() -> bool:
    """Tell whether this database holds the demonstration municipality."""
    return Municipality.objects.filter(is_demo=True).exists()


def emergency_numbers() -> list[EmergencyNumber]:
    """Return the numbers to call when there is danger, most useful first."""
    return list(EmergencyNumber.objects.all())


def policy_at(moment: datetime) -> ServicePolicy:
    """Return the policy in force at ``moment``; raise BeforeFirstPromises, or NotSetUp if there is none at all."""
    row = PolicyVersion.objects.filter(valid_from__lte=moment).first()
    if row is None:
        raise nothing_in_force()
    return ServicePolicy(_promises(row), row.reopening_days, row.confirmation_working_days)


def policies() -> dict[int, Policy]:
    """Return the figures of every version of the policy: a promise keeps those it was made under."""
    return {row.version: _promises(row) for row in PolicyVersion.objects.all()}


def _promises(row: PolicyVersion) -> Policy:
    return Policy(**{name: getattr(row, name) for name in PROMISE_FIGURES})


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


def areas(day: date) -> list[Area]:
    """Return the areas in force on ``day``, by name."""
    return list(Area.objects.filter(in_force(day)).order_by("name"))


def area(code: str, day: date) -> Area:
    """Return an area in force on ``day``; raise AreaUnknown."""
    found = Area.objects.filter(in_force(day), code=code).first()
    if found is None:
        raise AreaUnknown
    return found


def area_names(language: Language = "es") -> dict[str, str]:
    """Return the name of every area that ever was, by code; in English where the municipality wrote one."""
    english = Coalesce(NullIf("name_en", Value("")), "name")
    return dict(Area.objects.values_list("code", english if language == "en" else "name"))


def area_parents() -> dict[str, str | None]:
    """Return the parent of every area, by code: the chain of command."""
    return dict(Area.objects.values_list("code", "parent_id"))


def chain_above(code: str, parents: Mapping[str, str | None]) -> list[str]:
    """Return ``code`` and every area above it, from it upwards; a circle in ``parents`` is walked once."""
    chain: list[str] = []
    above: str | None = code
    while above is not None and above not in chain:
        chain.append(above)
        above = parents.get(above)
    return chain


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


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """A category as people speak of it: its name and their words for it; with its area, and how grave it is."""

    code: str
    name: str
    citizen_words: str
    area: str
    area_name: str
    class_: str
    is_restricted: bool


def category_words() -> list[CategoryWords]:
    """Return the words of the categories in use, in the order of the catalogue."""
    rows = Category.objects.filter(is_active=True)
    columns = ("code", "name", "citizen_words", "area_id", "area__name", "class_", "is_restricted")
    return [CategoryWords(*values) for values in rows.values_list(*columns)]


def category_names() -> dict[str, str]:
    """Return the name of every category that ever was, by code."""
    return dict(Category.objects.values_list("code", "name"))


def legal_natures(day: date) -> list[LegalNature]:
    """Return the legal natures with their terms in force on ``day``, in the order they are asked."""
    terms = Prefetch("terms", LegalTerm.objects.filter(in_force(day)))
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
    return LegalTerm.objects.filter(in_force(day), nature_id=nature).first()


def privacy_notice(day: date) -> PrivacyNotice:
    """Return the notice in force on ``day``; raise BeforeFirstPromises, or NotSetUp if there is none at all."""
    found = PrivacyNotice.objects.filter(valid_from__lte=day).first()
    if found is None:
        raise nothing_in_force()
    return found


def check_in_force(moment: datetime) -> None:
    """Raise BeforeFirstPromises, or NotSetUp, if a case that arrived at ``moment`` would begin on nothing."""
    policy_at(moment)
    privacy_notice(to_lima(moment).date())


def nothing_in_force() -> NotSetUp | BeforeFirstPromises:
    """Return why no policy or notice was in force: none ever was, or not yet at the moment that somebody named."""
    policy = PolicyVersion.objects.aggregate(Min("valid_from"))["valid_from__min"]
    notice = PrivacyNotice.objects.aggregate(Min("valid_from"))["valid_from__min"]
    if policy is None or notice is None:
        return NotSetUp()
    first = max(to_lima(policy), datetime.combine(notice, time.min, tzinfo=LIMA))
    return BeforeFirstPromises(since=f"{first:%d/%m/%Y, %H:%M}")
