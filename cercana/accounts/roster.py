"""How the duty roster is read: as the rules take it, and as the desk shows it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone

from cercana.accounts.models import ChangeRecord, DutyAbsence, DutyShift, DutySwap, DutyTurn, Membership, User
from cercana.organization import queries as organization
from cercana.rules import duty_roster
from cercana.rules.access import Role
from cercana.rules.duty_roster import Days, Gap, Roster, Spell, Stretch, Swap, WeeklyTurn
from cercana.rules.promises import to_lima

_DAY = timedelta(days=1)
_SHOWN_CHANGES = 20


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
    """Return what the roster is worked out from between two instants."""
    first, last = to_lima(starts_at).date() - _DAY, to_lima(ends_at).date()
    turns = DutyTurn.objects.filter(_overlaps(first, last), user__is_active=True).order_by("pk")
    swaps = DutySwap.objects.filter(Q(user=None) | Q(user__is_active=True), day__gte=first, day__lte=last)
    absences = DutyAbsence.objects.filter(first_day__lte=last, last_day__gte=first)
    shifts = DutyShift.objects.filter(starts_at__lte=ends_at, ends_at__gt=starts_at).order_by("starts_at", "pk")
    return Roster(
        [WeeklyTurn(row.pk, row.weekday, row.starts, row.ends, row.user_id, _days(row)) for row in turns],
        [Swap(row.turn_id, row.day, row.user_id) for row in swaps],
        [Spell(row.user_id, Days(row.first_day, row.last_day)) for row in absences],
        [Spell(row.user_id, _days(row)) for row in _offices(first, last)],
        [Stretch(to_lima(row.starts_at), to_lima(row.ends_at), row.user_id) for row in shifts],
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


def _days(row: DutyTurn | Membership) -> Days:
    return Days(row.valid_from, row.valid_until)
