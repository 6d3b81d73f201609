"""The list of who waits to be called back, and how calls went by the hour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from cercana.accounts import queries as accounts
from cercana.channels.phone.callback_errors import CallFiguresClosed
from cercana.channels.phone.callback_models import CallBack, CallBackAttempt
from cercana.channels.phone.callbacks import Caller, callers_for, service_time
from cercana.channels.phone.models import Call
from cercana.conversation import queries as conversation
from cercana.rules import entitlements
from cercana.rules.access import Actor
from cercana.rules.call_figures import CallFigures, CallRecord, by_hour, figures_of
from cercana.rules.callbacks import (
    Outcome,
    PreferredWay,
    Standing,
    compared_number,
    counted_attempts,
    is_taken,
    may_be_undone,
    offered_ways,
)
from cercana.rules.calls import UNATTENDED, CallState
from cercana.rules.promises import LIMA, to_lima
from cercana.rules.unregistered import ReachedBy

_NOT_PROMISED = (None, None, False)


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """An attempt as the page shows it; ``by`` is a name."""

    at: datetime
    outcome: Outcome
    by: str


@dataclass(frozen=True, slots=True)
class Voicemail:
    """What somebody left on the answering machine of the exchange: where it can be heard, and for how many seconds."""

    address: str
    seconds: int | None


@dataclass(frozen=True, slots=True)
class CallBackLine:
    """
    Somebody to be called back, by all the calls from their number.

    ``from_`` is when the next attempt makes sense, ``until`` by when it is promised. ``taken_by`` is the name of who
    has them in hand, ``text`` what they said, where it was written down. ``ways`` are offered once calling is over,
    ``known_case`` is the case that another of their calls came to since then.
    """

    key: UUID
    phone: str
    received_at: datetime
    latest_at: datetime
    calls: int
    way: ReachedBy
    standing: Standing
    from_: datetime
    until: datetime
    attempts: Sequence[AttemptLine]
    counted: int
    preferred_at: datetime | None
    preferred_way: PreferredWay | None
    voicemails: Sequence[Voicemail]
    text: str
    taken_by: str
    is_late: bool
    can_be_called: bool
    ways: Sequence[PreferredWay] = ()
    known_case: str = ""


@dataclass(frozen=True, slots=True)
class CallBackList:
    """Who is in hand of the asker, and everybody else, the most urgent promise first; ``may_undo`` names the slip."""

    mine: CallBackLine | None
    lines: Sequence[CallBackLine]
    may_undo: UUID | None

    @property
    def late(self) -> int:
        """How many promises were broken so far."""
        everybody = [*self.lines, *([self.mine] if self.mine else [])]
        return sum(each.is_late for each in everybody)

    def of(self, standing: Standing) -> list[CallBackLine]:
        """Return the lines of ``standing``, in their order."""
        return [each for each in self.lines if each.standing is standing]


@dataclass(frozen=True, slots=True)
class CallDays:
    """The calls of the last ``days`` and the hours in which they rang; ``late`` promises are broken at this moment."""

    days: int
    whole: CallFigures
    hours: Mapping[int, CallFigures]


def call_back_list(actor: Actor, *, sends_texts: bool, now: datetime) -> CallBackList:
    """Return who waits to be called back; raise ContactsRefused."""
    callers = callers_for(actor, service_time())
    names = accounts.names_of(_staff_of(callers))
    numbers = conversation.case_of_phone(
        actor, {each.facts.phone for each in callers}, since=min((_first(each) for each in callers), default=now)
    )
    lines = [(each, _line(each, names, numbers, sends_texts, now)) for each in callers]
    mine = next((line for each, line in lines if line.taken_by and each.main.taken_by_id == actor.staff_id), None)
    return CallBackList(mine, [line for _, line in lines if line is not mine], _undoable(callers, actor, now))


def call_days(actor: Actor, *, days: int, now: datetime) -> CallDays:
    """Return how calls went over ``days``; raise CallFiguresClosed to who may not see it."""
    if not entitlements.may_read_figures(actor).allowed:
        raise CallFiguresClosed
    first = datetime.combine(to_lima(now).date() - timedelta(days=days - 1), time.min, tzinfo=LIMA)
    calls = list(Call.objects.filter(began_at__gte=first).values_list("key", "state", "began_at"))
    # Who was attended after all was promised nothing.
    promised = _promises([key for key, state, _ in calls if state in UNATTENDED])
    records = [
        CallRecord(to_lima(began_at).hour, CallState(state), *promised.get(key, _NOT_PROMISED))
        for key, state, began_at in calls
    ]
    return CallDays(days, figures_of(records, now), by_hour(records, now))


def _promises(keys: Sequence[UUID]) -> dict[UUID, tuple[datetime, datetime | None, bool]]:
    """Return until when each was promised, when they were reached first, and whether somebody spoke with them."""
    registered = conversation.registered_at(keys)
    rows = CallBack.objects.filter(pk__in=keys).prefetch_related("attempts")
    return {row.pk: (row.promised_at, *_reached(list(row.attempts.all()), registered.get(row.pk))) for row in rows}


def _reached(attempts: list[CallBackAttempt], registered_at: datetime | None) -> tuple[datetime | None, bool]:
    moments = [each.at for each in attempts] + ([registered_at] if registered_at else [])
    return min(moments, default=None), any(each.outcome == Outcome.SPOKE for each in attempts)


def _line(
    caller: Caller, names: Mapping[int, str], numbers: Mapping[str, str], sends_texts: bool, now: datetime
) -> CallBackLine:
    first, main, outlook = caller.contacts[0], caller.main, caller.outlook
    voicemails = _voicemails(caller)
    return CallBackLine(
        key=caller.key,
        phone=first.phone,
        received_at=first.received_at,
        latest_at=caller.contacts[-1].received_at,
        calls=len(caller.contacts),
        way=ReachedBy.VOICEMAIL if voicemails else first.way,
        standing=outlook.standing,
        from_=outlook.from_,
        until=outlook.until,
        attempts=[AttemptLine(each.at, Outcome(each.outcome), names.get(each.by_id, "")) for each in caller.attempts],
        counted=counted_attempts(caller.facts.attempts),
        preferred_at=caller.facts.preferred_at,
        preferred_way=caller.facts.preferred_way,
        voicemails=voicemails,
        text="\n".join(each.text for each in caller.contacts if each.text),
        taken_by=names.get(main.taken_by_id or 0, "") if is_taken(main.taken_at, now) else "",
        is_late=outlook.until < now,
        can_be_called=bool(compared_number(first.phone)),
        ways=offered_ways(caller.facts, sends_texts=sends_texts) if outlook.standing is Standing.OTHER_WAY else (),
        known_case=numbers.get(first.phone, ""),
    )


def _voicemails(caller: Caller) -> list[Voicemail]:
    left = zip(caller.contacts, caller.call_backs, strict=True)
    return [
        Voicemail(each.recording_url, each.recording_seconds)
        for contact, each in left
        if contact.way is ReachedBy.VOICEMAIL
    ]


def _first(caller: Caller) -> datetime:
    return caller.contacts[0].received_at


def _staff_of(callers: Sequence[Caller]) -> set[int]:
    tried = {each.by_id for caller in callers for each in caller.attempts}
    return tried | {each.main.taken_by_id for each in callers if each.main.taken_by_id is not None}


def _undoable(callers: Sequence[Caller], actor: Actor, now: datetime) -> UUID | None:
    """Return the key of the last attempt of ``actor`` that may be a slip, if nothing came after it."""
    own = [
        (each.attempts[-1].at, each.key)
        for each in callers
        if each.attempts and each.attempts[-1].by_id == actor.staff_id and may_be_undone(each.attempts[-1].at, now)
    ]
    return max(own)[1] if own else None
