"""How the duty roster is changed at the desk: each change with its line in the register, by whom and when."""

from datetime import date, datetime, time

from django.contrib.admin.models import ADDITION, CHANGE, DELETION
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model

from cercana.accounts.errors import NotADutyOfficer, RosterClosed, RosterEntryGone, RosterEntryUnfit
from cercana.accounts.models import ChangeRecord, DutyAbsence, DutySwap, DutyTurn, User
from cercana.accounts.roster import holds_duty_office
from cercana.rules.access import Actor
from cercana.rules.entitlements import may_edit_roster
from cercana.rules.promises import to_lima

_LAST_WEEKDAY = 6


@transaction.atomic
def add_turn(*, weekday: int, starts: time, ends: time, person: int, first: date, actor: Actor, now: datetime) -> None:
    """Give somebody a turn of every week from ``first`` on; raise RosterEntryUnfit, NotADutyOfficer."""
    by = _supervisor(actor)
    if not 0 <= weekday <= _LAST_WEEKDAY or starts == ends or first < to_lima(now).date():
        raise RosterEntryUnfit
    user = _officer(person, first)
    turn = DutyTurn.objects.create(user=user, weekday=weekday, starts=starts, ends=ends, valid_from=first)
    _note(by, turn, ADDITION, f"desde el {first:%d/%m/%Y}")


@transaction.atomic
def end_turn(*, turn: int, last: date, actor: Actor, now: datetime) -> None:
    """Let a turn be over after ``last``, today at the earliest; raise RosterEntryGone, RosterEntryUnfit."""
    by = _supervisor(actor)
    found = _turn(turn)
    if last < to_lima(now).date() or (found.valid_until is not None and found.valid_until <= last):
        raise RosterEntryUnfit
    found.valid_until = last
    found.save(update_fields=["valid_until"])
    _note(by, found, CHANGE, f"termina el {last:%d/%m/%Y}")


@transaction.atomic
def swap_turn(*, turn: int, day: date, person: int | None, actor: Actor, now: datetime) -> None:
    """
    Give the turn of one day to somebody else, to nobody, or back to whose it is.

    Raise RosterEntryGone, RosterEntryUnfit if there is no such turn that day or it is over, NotADutyOfficer.
    """
    by = _supervisor(actor)
    found, today = _turn(turn), to_lima(now).date()
    is_over = found.valid_until is not None and found.valid_until < day
    if day < today or day.weekday() != found.weekday or day < found.valid_from or is_over:
        raise RosterEntryUnfit
    DutySwap.objects.filter(turn=found, day=day).delete()
    if person == found.user_id:
        _note(by, found, CHANGE, f"vuelve a tener el {day:%d/%m/%Y}")
        return
    user = None if person is None else _officer(person, day)
    swap = DutySwap.objects.create(turn=found, day=day, user=user, made_by_id=by, made_at=now)
    _note(by, swap, ADDITION, "cambio de un día")


@transaction.atomic
def add_absence(*, person: int, first: date, last: date, actor: Actor, now: datetime) -> None:
    """Write down that somebody is away from ``first`` to ``last``; raise RosterEntryUnfit."""
    by = _supervisor(actor)
    user = User.objects.filter(pk=person, is_active=True).first()
    if user is None or last < first or last < to_lima(now).date():
        raise RosterEntryUnfit
    absence = DutyAbsence.objects.create(user=user, first_day=first, last_day=last, made_by_id=by, made_at=now)
    _note(by, absence, ADDITION, "no estará de guardia")


@transaction.atomic
def remove_absence(*, absence: int, actor: Actor) -> None:
    """Take an absence back; raise RosterEntryGone."""
    by = _supervisor(actor)
    found = DutyAbsence.objects.select_for_update(of=("self",)).select_related("user").filter(pk=absence).first()
    if found is None:
        raise RosterEntryGone
    _note(by, found, DELETION, "ya no es una ausencia")
    found.delete()


def _supervisor(actor: Actor) -> int:
    """Return the id of who changes the roster; raise RosterClosed if it is not theirs to change."""
    if actor.staff_id is None or not may_edit_roster(actor).allowed:
        raise RosterClosed
    return actor.staff_id


def _turn(turn: int) -> DutyTurn:
    # Locked: two supervisors may change the same turn.
    found = DutyTurn.objects.select_for_update(of=("self",)).select_related("user").filter(pk=turn).first()
    if found is None:
        raise RosterEntryGone
    return found


def _officer(person: int, day: date) -> User:
    user = User.objects.filter(pk=person, is_active=True).first()
    if user is None:
        raise RosterEntryUnfit
    if not holds_duty_office(user, day):
        raise NotADutyOfficer(name=user.full_name)
    return user


def _note(by: int, row: Model, flag: int, words: str) -> None:
    kind = ContentType.objects.get_for_model(row)
    ChangeRecord.objects.create(
        user_id=by,
        content_type=kind,
        object_id=str(row.pk),
        object_repr=str(row)[:200],
        action_flag=flag,
        change_message=words,
    )
