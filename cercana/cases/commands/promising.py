"""What we promise for a date («mañana pasa la cuadrilla»), each with its own clock, and that it was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from cercana.cases.commands.following import keeper_for
from cercana.cases.commands.texts import checked
from cercana.cases.errors import CaseNotFound, PromiseOver, PromiseUnknown
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for, facts_of
from cercana.cases.recording import Step, record
from cercana.citizens.commands import ValueKeeper
from cercana.organization import queries as organization
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.classification import ClockKind
from cercana.rules.history import EventType, instant_text
from cercana.rules.projected_clocks import clock_payload
from cercana.rules.promises import Due

_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPromise:
    """Something promised, in the words said, and until when it is kept."""

    text: str
    due: Due


@transaction.atomic
def promise_date(*, number: str, promise: DatedPromise, actor: Actor, now: datetime) -> Case:
    """Promise the citizen something for a date; they are told. Raise PromiseOver for one that has passed."""
    case = case_for(actor, Act.PROMISE, number=number, lock=True)
    keeper = keeper_for(case)
    steps = promise_steps(case, keeper, [promise], actor=actor, now=now)
    keeper.store()
    record(case, *steps, actor=actor, now=now)
    return case


def promise_steps(
    case: Case, keeper: ValueKeeper, promises: Sequence[DatedPromise], *, actor: Actor, now: datetime, said_in: str = ""
) -> list[Step]:
    """
    Return the events with which the clocks of ``promises`` start on a locked case.

    ``said_in`` names the event whose text says it already, so that nobody is told twice. Raise PromiseOver for what has
    passed, CaseNotFound if the actor may not promise anything on this case.
    """
    if not promises:
        return []
    if not access.may(actor, Act.PROMISE, facts_of(case)).allowed:
        raise CaseNotFound(number=case.number)
    version = organization.policy_at(now).promises.version
    first = 1 + case.clocks.filter(kind=ClockKind.DATED).count()
    return [
        Step(EventType.PROMISED, _payload(keeper, promise, round_, version, now, said_in))
        for round_, promise in enumerate(promises, first)
    ]


def _payload(
    keeper: ValueKeeper, promise: DatedPromise, round_: int, version: int, now: datetime, said_in: str
) -> dict[str, object]:
    text, due = checked(promise.text, "qué se promete"), promise.due
    if not due.is_met_by(now):
        raise PromiseOver
    clock = clock_payload(ClockKind.DATED, due, round_=round_, started_at=now, policy_version=version)
    # The instant as it is said: the last second of a day, not the midnight after it.
    said = due.at - _ONE_SECOND if due.whole_day else due.at
    payload: dict[str, object] = {"text": keeper.keep("promise", text), "due_at": instant_text(said), "clocks": [clock]}
    return {**payload, "said_in": said_in} if said_in else payload


@transaction.atomic
def keep_promise(*, number: str, round_: int, text: str, actor: Actor, now: datetime) -> Case:
    """
    Record that what was promised for a date was done, and what; the citizen sees it, in time or late.

    Raise PromiseUnknown for one that is not open.
    """
    case = case_for(actor, Act.KEEP_PROMISE, number=number, lock=True)
    if not case.clocks.filter(kind=ClockKind.DATED, round=round_, ended_at=None).exists():
        raise PromiseUnknown
    keeper = keeper_for(case)
    payload = {"round": round_, "text": keeper.keep("promise", checked(text, "qué se hizo"))}
    keeper.store()
    record(case, Step(EventType.PROMISE_KEPT, payload), actor=actor, now=now)
    return case
