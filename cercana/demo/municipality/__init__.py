"""The demonstration municipality as entries: institution, catalogue, staff and duty roster."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
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
    return [
        ShiftEntry(email=_whose_turn(starts_at), starts_at=starts_at, ends_at=ends_at)
        for offset in range(days)
        for starts_at, ends_at in _stretches(calendar, first + timedelta(days=offset))
    ]


def duty_officer(calendar: Calendar, moment: datetime) -> str:
    """Return the address of who is on duty at ``moment``, "" in office hours."""
    day = to_lima(moment).date()
    stretches = [*_stretches(calendar, day - timedelta(days=1)), *_stretches(calendar, day)]
    return next((_whose_turn(start) for start, end in stretches if start <= moment < end), "")


@cache
def _duty_officers() -> tuple[str, ...]:
    return tuple(each.email for each in staff() if any(role.role is Role.DUTY_OFFICER for role in each.roles))


def _whose_turn(starts_at: datetime) -> str:
    """Return who has the stretch: it hangs on the date alone, so that a roster worked out later agrees."""
    local = to_lima(starts_at)
    officers = _duty_officers()
    return officers[(2 * local.toordinal() + (local.time() >= _OFFICE_CLOSES)) % len(officers)]


def _stretches(calendar: Calendar, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches out of office hours that begin on ``day``; at lunch somebody of the office is there."""
    opens = to_lima(datetime.combine(day + timedelta(days=1), _OFFICE_OPENS))
    if calendar.is_working_day(day):
        yield to_lima(datetime.combine(day, _OFFICE_CLOSES)), opens
        return
    evening = to_lima(datetime.combine(day, _EVENING))
    yield to_lima(datetime.combine(day, _OFFICE_OPENS)), evening
    yield evening, opens


def _category(given: dict[str, Any]) -> CategoryEntry:
    class_ = CaseClass(given.pop("class"))
    kind = RequestKind(given.pop("default_kind", RequestKind.CLAIM))
    return CategoryEntry(**given, class_=class_, default_kind=kind)


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
