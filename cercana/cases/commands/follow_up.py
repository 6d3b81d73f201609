"""What is done, said and promised while a case is worked on (M3.2d, M4.2); nothing written is ever changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cercana.cases.commands.answering import Answer, record_answer, record_message
from cercana.cases.commands.following import HOW, chosen, keeper_for, reach_of
from cercana.cases.commands.promising import DatedPromise, promise_steps
from cercana.cases.commands.texts import checked
from cercana.cases.errors import PlatformCodeMissing, TaskUnknown, TextMissing
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.rules.access import Actor, ActorKind, Role
from cercana.rules.acts import Act
from cercana.rules.classification import Channel, InterpretedLanguage, Means, TaskKind
from cercana.rules.history import LATE_ENTRY, EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.writing.figures import WritingFigures


@transaction.atomic
def add_note(*, number: str, text: str, actor: Actor, now: datetime) -> Case:
    """Add an internal note, which only staff see (M4.2b)."""
    return _say(Act.NOTE, EventType.NOTED, number=number, text=text, actor=actor, now=now)


@transaction.atomic
def record_action(*, number: str, text: str, actor: Actor, now: datetime) -> Case:
    """Record what was done; the citizen sees it among the things we did (M4.2b)."""
    return _say(Act.RECORD_ACTION, EventType.ACTED, number=number, text=text, actor=actor, now=now)


@transaction.atomic
def write_to_citizen(
    *,
    number: str,
    text: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    promises: Sequence[DatedPromise] = (),
    figures: WritingFigures | None = None,
) -> Case:
    """
    Send the citizen a message that is not yet the answer: news, or a question (M4.2c).

    It is no response (M5.2c) if the citizen left nowhere to write to. ``promises`` are what the message promises for a
    date, each with a clock of its own; its ``figures`` are kept with it.
    """
    case = case_for(actor, Act.WRITE, number=number, lock=True, seen=seen)
    keeper = keeper_for(case)
    payload = {"text": keeper.keep(EventType.WROTE.value, checked(text)), **reach_of(case)}
    promised = promise_steps(case, keeper, promises, actor=actor, now=now, said_in=EventType.WROTE.value)
    keeper.store()
    record_message(case, Step(EventType.WROTE, payload), *promised, actor=actor, now=now, figures=figures)
    return case


@transaction.atomic
def log_conversation(
    *,
    number: str,
    text: str,
    means: str,
    actor: Actor,
    now: datetime,
    occurred_at: datetime | None = None,
    source: str = "",
) -> Case:
    """
    Record a conversation with the person, which is a first response; ``means`` is «phone» or «counter».

    Entered more than 15 minutes late it needs its ``source``, and counts as a response only for a supervisor.
    """
    case = case_for(actor, Act.LOG_CONVERSATION, number=number, lock=True)
    keeper = keeper_for(case)
    is_late = occurred_at is not None and now - occurred_at > LATE_ENTRY
    payload = {
        "text": keeper.keep("conversation", checked(text)),
        "means": chosen(means, Means, HOW),
        "source": source,
        "counts_as_response": not is_late or actor.has(Role.SUPERVISOR),
    }
    keeper.store()
    record(case, Step(EventType.SPOKE, payload, occurred_at=occurred_at), actor=actor, now=now)
    return case


@transaction.atomic
def forward_outside(*, number: str, entity: str, proof: str, actor: Actor, now: datetime) -> Case:
    """Hand the matter to the entity it belongs to, with the proof; the case stays open until the person is told."""
    case = case_for(actor, Act.FORWARD, number=number, lock=True)
    if not entity.strip():
        raise TextMissing(what="a qué entidad se envía")
    keeper = keeper_for(case)
    payload = {"entity": entity.strip(), "proof": keeper.keep("proof", checked(proof))}
    keeper.store()
    record(case, Step(EventType.FORWARDED, payload), actor=actor, now=now)
    return case


@transaction.atomic
def tell_forwarded(
    *, number: str, answer: Answer, actor: Actor, now: datetime, figures: WritingFigures | None = None
) -> Case:
    """Tell the person to whom their matter was handed, which is the answer; raise TextMissing if it was not."""
    case = case_for(actor, Act.TELL_FORWARDED, number=number, lock=True)
    if not case.events.filter(type=EventType.FORWARDED).exists():
        raise TextMissing(what="a qué entidad se envió")
    record_answer(case, answer, actor=actor, now=now, figures=figures)
    return case


@transaction.atomic
def receive_message(
    *, number: str, text: str, channel: str, actor: Actor, now: datetime, is_internal: bool = False
) -> Case:
    """
    File what the citizen writes or says on any channel.

    Internal is what somebody else wrote: only staff read it, and nobody takes it for the citizen's word. On a closed
    case it changes no stage: a person reads it, since «gracias» reopens nothing.
    """
    case = case_for(actor, Act.RECEIVE_MESSAGE, number=number, lock=True)
    keeper = keeper_for(case)
    on_behalf_of = "citizen" if actor.kind is ActorKind.STAFF else ""
    payload: dict[str, object] = {
        "text": keeper.keep("message", checked(text)),
        "channel": chosen(channel, Channel, "por dónde"),
        **({"internal": True} if is_internal else {}),
    }
    keeper.store()
    steps = [Step(EventType.MESSAGE_RECEIVED, payload, on_behalf_of=on_behalf_of)]
    if case.stage == Stage.CLOSED:
        steps.append(Step(EventType.TASK_OPENED, {"task": TaskKind.READ_MESSAGE.value}))
    record(case, *steps, actor=actor, now=now)
    return case


@transaction.atomic
def request_interpreter(*, number: str, language: str, actor: Actor, now: datetime) -> Case:
    """Ask for an interpreter of an InterpretedLanguage (Ley 29735); raise ChoiceUnknown for anything else."""
    case = case_for(actor, Act.REQUEST_INTERPRETER, number=number, lock=True)
    payload = {"language": chosen(language, InterpretedLanguage, "para qué lengua")}
    opened = Step(EventType.TASK_OPENED, {"task": TaskKind.INTERPRETER.value})
    record(case, Step(EventType.INTERPRETER_REQUESTED, payload), opened, actor=actor, now=now)
    return case


@transaction.atomic
def finish_task(*, number: str, ordinal: int, actor: Actor, now: datetime) -> Case:
    """
    Mark a task of the case as done; raise TaskUnknown if it is not open.

    Raise PlatformCodeMissing for the one that record_platform_code ends.
    """
    case = case_for(actor, Act.FINISH_TASK, number=number, lock=True)
    kind = case.tasks.filter(ordinal=ordinal, finished_at=None).values_list("kind", flat=True).first()
    if kind is None:
        raise TaskUnknown
    if TaskKind(kind).needs_code:
        raise PlatformCodeMissing
    record(case, Step(EventType.TASK_FINISHED, {"ordinal": ordinal}), actor=actor, now=now)
    return case


@transaction.atomic
def open_task(*, number: str, task: TaskKind, actor: Actor, now: datetime) -> Case:
    """Open a task on the case, such as reaching a person whose mail came back."""
    case = case_for(actor, Act.FINISH_TASK, number=number, lock=True)
    record(case, Step(EventType.TASK_OPENED, {"task": task.value}), actor=actor, now=now)
    return case


def _say(act: Act, type_: EventType, *, number: str, text: str, actor: Actor, now: datetime) -> Case:
    case = case_for(actor, act, number=number, lock=True)
    keeper = keeper_for(case)
    payload = {"text": keeper.keep(type_.value, checked(text))}
    keeper.store()
    record(case, Step(type_, payload), actor=actor, now=now)
    return case
