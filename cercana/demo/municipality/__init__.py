"""The demonstration municipality as entries: institution, catalogue, staff and duty roster."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Any

from cercana.accounts.commands import RoleEntry, ShiftEntry, StaffEntry
from cercana.organization.commands import (
    AreaEntry,
    CategoryEntry,
    EmergencyEntry,
    HoursEntry,
    MunicipalityEntry,
    PolicyEntry,
    SiteEntry,
)
from cercana.rules.access import Role
from cercana.rules.calendar import Calendar
from cercana.rules.classification import CaseClass, RequestKind
from cercana.rules.promises import to_lima

MAIL_DOMAIN = "sanisidro.example"
# The municipal government of 2023 to 2026 began on this day.
_FIRST_DAY = date(2023, 1, 1)
_OFFICE_OPENS, _OFFICE_CLOSES = time(8), time(16, 45)
_EVENING = time(20)


class Institution:
    """What ``institution.toml`` and ``catalogue.toml`` say."""

    def __init__(self) -> None:
        self._table = _read("institution")

    @property
    def municipality(self) -> MunicipalityEntry:
        """The municipality, marked as a demonstration."""
        return MunicipalityEntry(**self._table["municipality"], is_demo=True)

    @property
    def own_numbers(self) -> list[EmergencyEntry]:
        """The numbers of the district, to be shown before the national ones."""
        return [EmergencyEntry(**given) for given in self._table["number"]]

    @property
    def areas(self) -> list[AreaEntry]:
        """The areas, each after the one it depends on."""
        return [AreaEntry(**given, valid_from=_FIRST_DAY) for given in self._table["area"]]

    @property
    def sites(self) -> list[SiteEntry]:
        """The places where people are attended."""
        return [SiteEntry(**given) for given in self._table["site"]]

    @property
    def hours(self) -> list[HoursEntry]:
        """The office hours, with their lunch break."""
        return [HoursEntry(**given) for given in self._table["hours"]]

    @property
    def policy(self) -> PolicyEntry:
        """The first policy: the figures of the manual."""
        since = to_lima(datetime.combine(_FIRST_DAY, time()))
        return PolicyEntry(version=1, valid_from=since, reason="Los plazos del manual")

    @property
    def categories(self) -> list[CategoryEntry]:
        """The catalogue in the order it is shown."""
        return [_category(given) for given in _read("catalogue")["category"]]


def staff() -> list[StaffEntry]:
    """Return the invented members of staff with their roles, heads first."""
    return [
        StaffEntry(
            email=f"{given['mail']}@{MAIL_DOMAIN}",
            full_name=given["name"],
            roles=tuple(
                RoleEntry(**{**role, "role": Role(role["role"]), "valid_from": _FIRST_DAY}) for role in given["roles"]
            ),
        )
        for given in _read("staff")["staff"]
    ]


def duty_roster(calendar: Calendar, first: date, days: int) -> list[ShiftEntry]:
    """Return who is on duty outside office hours on ``days`` days from ``first``: nights, weekends and holidays."""
    officers = [each.email for each in staff() if any(role.role is Role.DUTY_OFFICER for role in each.roles)]
    stretches = [stretch for day in range(days) for stretch in _stretches(calendar, first + timedelta(days=day))]
    # Anchored to the date, so that the roster of a day is the same whenever it is worked out.
    return [ShiftEntry(email=_whose_turn(officers, start), starts_at=start, ends_at=end) for start, end in stretches]


def _whose_turn(officers: Sequence[str], start: datetime) -> str:
    return officers[(start.toordinal() * 2 + (start.hour >= _OFFICE_CLOSES.hour)) % len(officers)]


def _stretches(calendar: Calendar, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches out of office hours that begin on ``day``; a night ends when the next office day begins."""
    following = to_lima(datetime.combine(day + timedelta(days=1), _OFFICE_OPENS))
    if calendar.is_working_day(day):
        yield to_lima(datetime.combine(day, _OFFICE_CLOSES)), following
        return
    evening = to_lima(datetime.combine(day, _EVENING))
    yield to_lima(datetime.combine(day, _OFFICE_OPENS)), evening
    yield evening, following


def _category(given: dict[str, Any]) -> CategoryEntry:
    class_ = CaseClass(given.pop("class"))
    kind = RequestKind(given.pop("default_kind", RequestKind.CLAIM))
    return CategoryEntry(**given, class_=class_, default_kind=kind)


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
