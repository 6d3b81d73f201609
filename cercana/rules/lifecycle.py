"""The stages of a case (M3.2) and the table of verbs: from which stage each may be used and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from cercana.rules.acts import Act
from cercana.rules.errors import DomainError


class Stage(StrEnum):
    """Where a case stands (M3.2a-e, M6.1b)."""

    RECEIVED = "received"
    REGISTERED = "registered"
    REFERRED = "referred"
    IN_FOLLOW_UP = "in_follow_up"
    ANSWERED = "answered"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a case ended for the citizen."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    NOT_POSSIBLE = "not_possible"
    FORWARDED = "forwarded"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


class Closure(StrEnum):
    """By whose word a case was closed; unconfirmed closures are counted apart (M6.1a)."""

    CONFIRMED = "confirmed"
    ON_THE_SPOT = "on_the_spot"
    WITHOUT_CONFIRMATION = "without_confirmation"
    NOTIFIED = "notified"
    WITHDRAWN = "withdrawn"
    DRILL_OVER = "drill_over"


class StageRefused(DomainError):
    """The act does not fit the stage in which the case stands."""

    code: ClassVar[str] = "case.stage_refused"
    message: ClassVar[str] = (
        "El caso {number} está en «{stage}» y ahora no se puede hacer eso. Su historia dice por qué."
    )


class AnswerIncomplete(DomainError):
    """An answer says what was done, what follows and by when (M3.3d)."""

    code: ClassVar[str] = "case.answer_incomplete"
    message: ClassVar[str] = "A la respuesta le falta una parte: {missing}."
    status: ClassVar[int] = 422


STAGE_LABELS: Mapping[Stage, str] = {
    Stage.RECEIVED: "Recepción",
    Stage.REGISTERED: "Registro",
    Stage.REFERRED: "Derivación",
    Stage.IN_FOLLOW_UP: "Seguimiento",
    Stage.ANSWERED: "Respuesta",
    Stage.CLOSED: "Cierre",
}

OPEN_STAGES = frozenset(Stage) - {Stage.CLOSED}
_WAITING = frozenset({Stage.REGISTERED, Stage.REFERRED})
_AT_WORK = frozenset({Stage.IN_FOLLOW_UP})
_UNANSWERED = _WAITING | _AT_WORK
_ANSWERED = frozenset({Stage.ANSWERED})
_CLOSED = frozenset({Stage.CLOSED})
_ANY = frozenset(Stage)


@dataclass(frozen=True, slots=True)
class Transition:
    """The stages from which an act may be done, and the one it leads to; None leaves the case where it is."""

    sources: frozenset[Stage]
    target: Stage | None = None


TRANSITIONS: Mapping[Act, Transition] = {
    Act.REGISTER: Transition(frozenset({Stage.RECEIVED}), Stage.REGISTERED),
    Act.SOLVE_ON_THE_SPOT: Transition(frozenset({Stage.REGISTERED}), Stage.CLOSED),
    Act.REFER: Transition(_UNANSWERED, Stage.REFERRED),
    Act.HAND_BACK: Transition(frozenset({Stage.REFERRED, Stage.IN_FOLLOW_UP}), Stage.REGISTERED),
    Act.UNDO_REFERRAL: Transition(frozenset({Stage.REFERRED}), Stage.REGISTERED),
    Act.TAKE: Transition(frozenset({Stage.REFERRED, Stage.IN_FOLLOW_UP}), Stage.IN_FOLLOW_UP),
    Act.ASSIGN: Transition(frozenset({Stage.REFERRED, Stage.IN_FOLLOW_UP}), Stage.IN_FOLLOW_UP),
    Act.NOTE: Transition(_ANY),
    Act.RECORD_ACTION: Transition(_AT_WORK),
    Act.WRITE: Transition(_ANY - {Stage.RECEIVED}),
    Act.LOG_CONVERSATION: Transition(_ANY - {Stage.RECEIVED}),
    Act.PROMISE: Transition(_AT_WORK | _ANSWERED),
    Act.FORWARD: Transition(_AT_WORK),
    Act.TELL_FORWARDED: Transition(_AT_WORK, Stage.ANSWERED),
    Act.ANSWER: Transition(_AT_WORK, Stage.ANSWERED),
    Act.ATTEMPT_CONFIRMATION: Transition(_ANSWERED),
    Act.CONFIRM: Transition(_ANSWERED, Stage.CLOSED),
    Act.AGREE_TO_CLOSURE: Transition(_ANSWERED, Stage.CLOSED),
    Act.CONTEST: Transition(_ANSWERED, Stage.IN_FOLLOW_UP),
    Act.CLOSE_WITHOUT_CONFIRMATION: Transition(_ANSWERED, Stage.CLOSED),
    Act.WITHDRAW: Transition(OPEN_STAGES, Stage.CLOSED),
    Act.REOPEN: Transition(_CLOSED, Stage.IN_FOLLOW_UP),
    Act.MERGE: Transition(_UNANSWERED),
    Act.LINK: Transition(_ANY),
    Act.NOTIFY: Transition(_ANSWERED | _CLOSED),
    Act.RECORD_NOTIFICATION: Transition(_ANSWERED | _CLOSED),
    Act.RECLASSIFY: Transition(_UNANSWERED | _ANSWERED),
    Act.RECLASSIFY_SLOWER: Transition(_UNANSWERED | _ANSWERED),
    Act.SET_LEGAL_NATURE: Transition(OPEN_STAGES),
    Act.RECORD_PLATFORM_CODE: Transition(_ANY),
    Act.ATTACH: Transition(_ANY),
    Act.REQUEST_INTERPRETER: Transition(OPEN_STAGES),
    Act.FINISH_TASK: Transition(_ANY),
    Act.IDENTIFY_STAFF: Transition(OPEN_STAGES),
    Act.ABSTAIN: Transition(OPEN_STAGES),
    Act.DECIDE_ABSTENTION: Transition(OPEN_STAGES),
    Act.RECEIVE_MESSAGE: Transition(_ANY),
    Act.REVOKE_ACCESS: Transition(_ANY),
    Act.GIVE_OPINION: Transition(_CLOSED),
    Act.MOVE_PROMISE: Transition(OPEN_STAGES),
    Act.ERASE: Transition(_ANY),
    Act.PROPOSE_CRITICAL: Transition(_UNANSWERED | _ANSWERED),
    Act.CONFIRM_CRITICAL: Transition(OPEN_STAGES),
    Act.REJECT_CRITICAL: Transition(OPEN_STAGES),
    Act.ASK_LOWERING: Transition(_UNANSWERED | _ANSWERED),
    Act.DECIDE_LOWERING: Transition(_UNANSWERED | _ANSWERED),
    Act.RAISE_ALARM: Transition(OPEN_STAGES),
    Act.ESCALATE_ALARM: Transition(OPEN_STAGES),
    Act.ACKNOWLEDGE_ALARM: Transition(OPEN_STAGES),
    Act.CHECK_IN: Transition(OPEN_STAGES),
    Act.REMOVE_DANGER: Transition(_ANSWERED),
    Act.END_DRILL: Transition(OPEN_STAGES, Stage.CLOSED),
    # What was promised for Friday is kept on Friday, also if the person was content before.
    Act.KEEP_PROMISE: Transition(_ANY - {Stage.RECEIVED}),
    Act.RECORD_IDENTITY: Transition(OPEN_STAGES),
    Act.LOG_CALL: Transition(_ANY),
}


@dataclass(frozen=True, slots=True)
class AnswerParts:
    """The three parts of an answer: what was done, what follows, and by when (M3.3d)."""

    done: str
    next_step: str
    by_when: str


def fits(act: Act, stage: Stage) -> bool:
    """Tell whether ``act`` may be done to a case that stands in ``stage``."""
    return act in TRANSITIONS and stage in TRANSITIONS[act].sources


def check_stage(act: Act, stage: Stage, *, number: str) -> None:
    """Raise StageRefused if ``act`` does not fit ``stage``: no stage is skipped silently (M4.2a)."""
    if not fits(act, stage):
        raise StageRefused(number=number, stage=STAGE_LABELS[stage])


def check_answer(parts: AnswerParts) -> None:
    """Raise AnswerIncomplete unless all three parts say something."""
    named = (("qué hicimos", parts.done), ("qué sigue", parts.next_step), ("para cuándo", parts.by_when))
    missing = [name for name, text in named if not text.strip()]
    if missing:
        raise AnswerIncomplete(missing=", ".join(missing))
