"""How the duty roster is read: as the rules take it, and as the desk shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    F,
    Field,
    IntegerField,
    Q,
    QuerySet,
    TimeField,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from cercana.accounts.models import ChangeRecord, DutyAbsence, DutyShift, DutySwap, DutyTurn, Membership, User
from cercana.organization import queries as organization
from cercana.rules import duty_roster
from cercana.rules.access import Role
from cercana.rules.duty_roster import Days, Gap, Roster, Spell, Stretch, Swap, WeeklyTurn
from cercana.rules.promises import to_lima

_DAY = timedelta(days=1)
_SHOWN_CHANGES = 20


class _Part(NamedTuple):
    """One row of any of the tables; what its table has no column for is None."""

    kind: str
    id: int
    person: Any
    turn: Any
    weekday: Any
    first: Any
    last: Any
    starts: Any
    ends: Any
    starts_at: Any
    ends_at: Any

    @property
    def days(self) -> Days:
        """The days from the first to the last."""
        return Days(self.first, self.last)


# In PostgreSQL the columns of a union want a type even where they are empty.
_COLUMNS: "Mapping[str, Field[Any, Any]]" = {
    "turn": BigIntegerField(),
    "weekday": IntegerField(),
    "first": DateField(),
    "last": DateField(),
    "starts": TimeField(),
    "ends": TimeField(),
    "starts_at": DateTimeField(),
    "ends_at": DateTimeField(),
}


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn of every week that is not over, as it is listed."""

    id: int
    weekday: int
    starts: time
    ends: time
    name: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence that is not over, as it is listed."""

    id: int
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the history of the roster."""

    at: datetime
    who: str
    words: str


def roster_between(starts_at: datetime, ends_at: datetime) -> Roster:
    """Return what the roster is worked out from between two instants, read in one query: every page of theirs asks."""
    first, last = to_lima(starts_at).date() - _DAY, to_lima(ends_at).date()
    turns = DutyTurn.objects.filter(_overlaps(first, last), user__is_active=True)
    # Of a closed account as well: who gave a turn away does not have it back, and nobody else has it.
    swaps = DutySwap.objects.filter(day__gte=first, day__lte=last)
    absences = DutyAbsence.objects.filter(first_day__lte=last, last_day__gte=first)
    shifts = DutyShift.objects.filter(starts_at__lte=ends_at, ends_at__gt=starts_at)
    parts = [
        _rows("turn", turns, weekday="weekday", first="valid_from", last="valid_until", starts="starts", ends="ends"),
        _rows("swap", swaps, turn="turn_id", first="day"),
        _rows("absence", absences, first="first_day", last="last_day"),
        _rows("office", _offices(first, last), first="valid_from", last="valid_until"),
        _rows("shift", shifts, starts_at="starts_at", ends_at="ends_at"),
    ]
    read = [_Part(*row) for row in parts[0].union(*parts[1:], all=True)]
    return Roster(
        [
            WeeklyTurn(each.id, each.weekday, each.starts, each.ends, each.person, each.days)
            for each in _of(read, "turn")
        ],
        [Swap(each.turn, each.first, each.person) for each in _of(read, "swap")],
        [Spell(each.person, each.days) for each in _of(read, "absence")],
        [Spell(each.person, each.days) for each in _of(read, "office")],
        [Stretch(to_lima(each.starts_at), to_lima(each.ends_at), each.person) for each in _of(read, "shift")],
    )


def ids_on_duty(now: datetime) -> tuple[int, ...]:
    """Return who is on duty at ``now``, whose stretch began first, first; nobody in a gap."""
    return duty_roster.on_duty(roster_between(now, now), now)


def duty_gaps(starts_at: datetime, ends_at: datetime) -> tuple[Gap, ...]:
    """Return where nobody is on duty between two instants though somebody should; raise NotSetUp."""
    # Those of the municipality: of an area that has none of its own.
    hours = organization.office_hours("")
    roster = roster_between(starts_at, ends_at)
    return duty_roster.gaps(roster, starts_at, ends_at, hours, organization.calendar())


def duty_stretches(starts_at: datetime, ends_at: datetime) -> tuple[Stretch, ...]:
    """Return who is on duty when, between two instants, oldest first."""
    return duty_roster.stretches(roster_between(starts_at, ends_at), starts_at, ends_at)


def duty_turns(day: date) -> list[TurnRow]:
    """Return the turns of every week that are not over on ``day``, from Monday on."""
    rows = DutyTurn.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day)).select_related("user")
    return [
        TurnRow(row.pk, row.weekday, row.starts, row.ends, row.user.full_name, row.valid_from, row.valid_until)
        for row in rows.order_by("weekday", "starts", "pk")
    ]


def duty_absences(day: date) -> list[AbsenceRow]:
    """Return the absences that are not over on ``day``, the next first."""
    rows = DutyAbsence.objects.filter(last_day__gte=day).select_related("user").order_by("first_day", "pk")
    return [AbsenceRow(row.pk, row.user.full_name, row.first_day, row.last_day) for row in rows]


def duty_officers(day: date) -> list[tuple[int, str]]:
    """Return who may be on duty on ``day`` or later, by name."""
    rows = _offices(day, None).select_related("user")
    return sorted({row.user_id: row.user.full_name for row in rows}.items(), key=lambda each: each[1])


def duty_changes() -> list[ChangeRow]:
    """Return the last changes of the roster, newest first; all of them stand in the register of changes."""
    kinds = ContentType.objects.get_for_models(DutyTurn, DutySwap, DutyAbsence, DutyShift).values()
    rows = ChangeRecord.objects.filter(content_type__in=kinds).select_related("user").order_by("-action_time", "-pk")
    return [
        ChangeRow(timezone.localtime(row.action_time), str(row.user), f"{row.object_repr}: {row.get_change_message()}")
        for row in rows[:_SHOWN_CHANGES]
    ]


def holds_duty_office(user: User, day: date) -> bool:
    """Tell whether ``user`` may be on duty on ``day``."""
    return _offices(day, day).filter(user=user).exists()


def _offices(first: date, last: date | None) -> "QuerySet[Membership]":
    return Membership.objects.filter(_overlaps(first, last), role=Role.DUTY_OFFICER, user__is_active=True)


def _overlaps(first: date, last: date | None) -> Q:
    until = Q(valid_until=None) | Q(valid_until__gte=first)
    return until if last is None else until & Q(valid_from__lte=last)


def _rows(kind: str, found: "QuerySet[Any]", **columns: str) -> "QuerySet[Any, tuple[Any, ...]]":
    given = [
        Cast(F(columns[name]) if name in columns else Value(None), output_field=field)
        for name, field in _COLUMNS.items()
    ]
    return found.order_by().values_list(Value(kind), F("pk"), F("user_id"), *given)


def _of(parts: Sequence[_Part], kind: str) -> list[_Part]:
    return [each for each in parts if each.kind == kind]
