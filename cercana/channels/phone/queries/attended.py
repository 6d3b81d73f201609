"""Calls as whoever attends them sees them: the one at hand, and those of which it is not said what came of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cercana.cases import queries as cases
from cercana.cases.queries import CallerCase, MaskedCase
from cercana.channels.phone.errors import CallGone
from cercana.channels.phone.models import Call, CallCase
from cercana.channels.phone.own_calls import check_attends, is_own
from cercana.organization import queries as organization
from cercana.rules import entitlements
from cercana.rules.access import Actor, Role
from cercana.rules.attended_calls import LONGEST_CALL, MOST_CHECKS, NoCase, seconds_of
from cercana.rules.calls import CallState

_SHOWN_FOR = timedelta(days=1)
_MOST = 100
_LINKED = Exists(CallCase.objects.filter(call=OuterRef("pk")))


@dataclass(frozen=True, slots=True)
class OpenCall:
    """
    A call on the desk of whoever attends it; ``caller`` is "" once it is settled, or if the number is hidden.

    ``verified`` is who the caller proved to be; ``may_check`` tells that another answer may be tried.
    """

    key: uuid.UUID
    caller: str
    state: CallState
    began_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    is_measured: bool
    verified: uuid.UUID | None
    may_check: bool
    numbers: Sequence[str]
    no_case: str

    @property
    def since(self) -> datetime:
        """Since when the two speak, or it rings."""
        return self.answered_at or self.began_at

    @property
    def is_over(self) -> bool:
        """Whether nobody speaks any more."""
        return self.ended_at is not None

    @property
    def seconds(self) -> int | None:
        """For how long they spoke, None as long as they do or if nobody measured it."""
        return seconds_of(self.answered_at, self.ended_at)


@dataclass(frozen=True, slots=True)
class AttendedLine:
    """A call that was attended: when, for how long, by whom, and what came of it, "" if nobody said so yet."""

    key: uuid.UUID
    answered_at: datetime
    seconds: int | None
    is_over: bool
    attended_by: str
    is_mine: bool
    numbers: Sequence[str]
    no_case: NoCase | None


def call_of(actor: Actor, key: uuid.UUID) -> OpenCall:
    """Return a call that ``actor`` attends, or that rings at their extension; raise CallGone or CallsClosed."""
    check_attends(actor)
    call = Call.objects.filter(is_own(actor), key=key).annotate(numbers=_numbers()).first()
    if call is None:
        raise CallGone
    return _open(call, call.numbers)


def call_under_way(actor: Actor, now: datetime) -> uuid.UUID | None:
    """Return the key of the call that ``actor`` speaks in now and of which nothing came yet, if there is one."""
    speaking = Call.objects.filter(
        attended_by_id=actor.staff_id, state=CallState.ANSWERED, answered_at__gt=now - LONGEST_CALL
    )
    return speaking.exclude(_LINKED).order_by("-answered_at").values_list("key", flat=True).first()


def callers_cases(
    actor: Actor, call: OpenCall, citizen: uuid.UUID, *, now: datetime
) -> tuple[Sequence[CallerCase], Sequence[MaskedCase]]:
    """Return the cases of ``citizen``: as they may hear of them if they proved who they are, else masked."""
    if call.verified == citizen:
        return cases.cases_of_caller(actor, citizen, now=now), ()
    return (), cases.masked_cases(actor, citizen)


def attended_calls(actor: Actor, *, now: datetime) -> tuple[list[AttendedLine], list[AttendedLine]]:
    """
    Return the calls of which nobody said what came of them, the oldest first, and those of a day, the latest first.

    They are the actor's own, and everybody's for who supervises reception. Raise CallsClosed.
    """
    check_attends(actor)
    calls = _attended(actor).annotate(numbers=_numbers(), who=F("attended_by__full_name"))
    open_ones = _unsettled(calls).order_by("answered_at")[:_MOST]
    of_today = calls.filter(answered_at__gt=now - _SHOWN_FOR).filter(Q(_LINKED) | ~Q(no_case=""))
    return (
        [_line(call, actor) for call in open_ones],
        [_line(call, actor) for call in of_today.order_by("-answered_at")[:_MOST]],
    )


def count_unsettled(actor: Actor) -> int:
    """Return of how many calls nobody said what came of them: of the actor's, or of all for who supervises."""
    return _unsettled(_attended(actor)).count()


def may_see_all(actor: Actor) -> bool:
    """Tell whether ``actor`` sees the calls that others attended."""
    # Most supervise nothing, and are told so without a look.
    if not actor.has(Role.SUPERVISOR):
        return False
    return entitlements.may_read_calls(actor, organization.municipality().intake_area_id).allowed


def _attended(actor: Actor) -> QuerySet[Call]:
    calls = Call.objects.exclude(answered_at=None)
    return calls if may_see_all(actor) else calls.filter(attended_by_id=actor.staff_id)


def _unsettled(calls: "QuerySet[Call]") -> "QuerySet[Call]":
    return calls.filter(state=CallState.ENDED, no_case="").exclude(_LINKED)


def _numbers() -> ArraySubquery:
    return ArraySubquery(CallCase.objects.filter(call=OuterRef("pk")).order_by("pk").values("case__number"))


def _open(call: Call, numbers: Sequence[str]) -> OpenCall:
    return OpenCall(
        key=call.key,
        caller=call.caller,
        state=CallState(call.state),
        began_at=call.began_at,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        is_measured=call.is_measured,
        verified=call.verified_id,
        may_check=call.failed_checks < MOST_CHECKS,
        numbers=numbers,
        no_case=call.no_case,
    )


def _line(call: Call, actor: Actor) -> AttendedLine:
    told = vars(call)
    return AttendedLine(
        key=call.key,
        answered_at=call.answered_at or call.began_at,
        seconds=seconds_of(call.answered_at, call.ended_at),
        is_over=call.ended_at is not None,
        attended_by=told["who"] or "",
        is_mine=call.attended_by_id == actor.staff_id,
        numbers=told["numbers"],
        no_case=NoCase(call.no_case) if call.no_case else None,
    )
