"""
Who may do what to which case: the one place where access is decided.

``may`` judges one case; ``scope`` says which cases an actor may know of, in a form a query can use. Both follow the
same relations, and the tests hold them against each other. Source: domain.md, Roles; M3.3a for the exclusion.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cercana.rules.acts import Act
from cercana.rules.lifecycle import Stage


class Role(StrEnum):
    """What a member of staff is to the municipality."""

    AGENT = "agent"
    AREA_OFFICER = "area_officer"
    SUPERVISOR = "supervisor"
    DUTY_OFFICER = "duty_officer"
    ANALYST = "analyst"
    TRAINER = "trainer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    DATA_PROTECTION = "data_protection"


class ActorKind(StrEnum):
    """Who acts: a member of staff, the citizen of a case, or the schedule of the system."""

    STAFF = "staff"
    CITIZEN = "citizen"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Membership:
    """A role held today in an area; ``reach`` is that area and, for a supervisor, everything below it."""

    role: Role
    area: str
    reach: frozenset[str]
    site: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Whoever asks. Staff carry their memberships of today; a citizen carries the key of the one case they hold.

    ``on_duty`` tells that a duty officer is on the roster at this moment.
    """

    kind: ActorKind
    staff_id: int | None = None
    name: str = ""
    memberships: tuple[Membership, ...] = ()
    case_key: str = ""
    on_duty: bool = False

    @property
    def signature(self) -> str:
        """What the history keeps of the actor: ``staff:12``, ``citizen`` or ``system``."""
        return f"staff:{self.staff_id}" if self.kind is ActorKind.STAFF else self.kind.value

    def has(self, role: Role) -> bool:
        """Tell whether the actor holds ``role`` anywhere."""
        return any(each.role is role for each in self.memberships)

    def areas(self, *roles: Role) -> frozenset[str]:
        """Return the areas reached in any of ``roles``."""
        return frozenset[str]().union(*(each.reach for each in self.memberships if each.role in roles))


SYSTEM = Actor(ActorKind.SYSTEM, name="Cercana")


@dataclass(frozen=True, slots=True)
class Facts:
    """What access needs to know of a case."""

    key: str
    stage: Stage
    area: str
    is_critical: bool = False
    is_restricted: bool = False
    is_data_rights: bool = False
    owner_id: int | None = None
    intake_id: int | None = None
    about_staff: bool = False
    complained_staff_id: int | None = None
    complained_area: str = ""
    complained_site: str = ""
    abstained: frozenset[int] = frozenset()
    attended: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the act is allowed, and why, for the log of access."""

    allowed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Scope:
    """
    The cases an actor may know of, as conditions for one query: any of the positive ones, none of the exclusions.

    Before referral a case stands with the intake area; ``intake`` opens those without another intake agent, and the
    restricted ones to the agent alone who took them in.
    ``answered`` opens those that wait for the citizen's yes or no, and is given only to record it. ``closed`` opens
    those that are over: to who analyses, and to an agent only to record an opinion.
    """

    staff_id: int | None = None
    case_key: str = ""
    everything: bool = False
    intake: bool = False
    areas: frozenset[str] = frozenset()
    supervised: frozenset[str] = frozenset()
    critical: bool = False
    closed: bool = False
    data_rights: bool = False
    answered: bool = False
    desks: frozenset[tuple[str, str]] = frozenset()
    desk_exclusion: bool = True


class Relation(StrEnum):
    INTAKE = "intake"
    OWNER = "owner"
    AREA = "area"
    SUPERVISOR = "supervisor"
    DUTY = "duty"
    AUDITOR = "auditor"
    DATA_PROTECTION = "data_protection"
    RETENTION = "retention"
    LISTENER = "listener"
    ASKER = "asker"
    ANALYST = "analyst"
    CITIZEN = "citizen"
    SYSTEM = "system"


_BEFORE_REFERRAL = frozenset({Stage.RECEIVED, Stage.REGISTERED})
_R = Relation
_READERS = frozenset({_R.INTAKE, _R.OWNER, _R.AREA, _R.SUPERVISOR, _R.DUTY})
_WORKERS = frozenset({_R.OWNER, _R.AREA, _R.SUPERVISOR, _R.DUTY})
_ALL_STAFF = _READERS

_ALLOWED: Mapping[Act, frozenset[Relation]] = {
    Act.VIEW: _READERS | {_R.AUDITOR, _R.DATA_PROTECTION, _R.ANALYST, _R.CITIZEN, _R.SYSTEM},
    Act.VIEW_PERSONAL: _READERS | {_R.AUDITOR, _R.DATA_PROTECTION, _R.CITIZEN, _R.SYSTEM},
    Act.VIEW_SENSITIVE: frozenset({_R.OWNER, _R.SUPERVISOR, _R.DUTY, _R.AUDITOR, _R.DATA_PROTECTION, _R.SYSTEM}),
    Act.READ_OPINION: frozenset({_R.SUPERVISOR, _R.AUDITOR}),
    # Whoever has the code can answer in the citizen's place: it is read to them by who may not gain from that.
    Act.SHOW_CODE: _READERS | {_R.SYSTEM},
    Act.SOLVE_ON_THE_SPOT: frozenset({_R.INTAKE}),
    Act.REFER: _ALL_STAFF,
    Act.HAND_BACK: _WORKERS,
    Act.UNDO_REFERRAL: frozenset({_R.INTAKE, _R.AREA, _R.SUPERVISOR}),
    Act.TAKE: frozenset({_R.AREA, _R.SUPERVISOR, _R.DUTY}),
    Act.ASSIGN: frozenset({_R.SUPERVISOR}),
    Act.NOTE: _ALL_STAFF,
    Act.RECORD_ACTION: _WORKERS,
    Act.WRITE: _ALL_STAFF | {_R.SYSTEM},
    Act.LOG_CONVERSATION: _ALL_STAFF,
    Act.PROMISE: _WORKERS,
    Act.FORWARD: _WORKERS,
    Act.TELL_FORWARDED: _WORKERS,
    Act.ANSWER: _WORKERS,
    Act.ATTEMPT_CONFIRMATION: _WORKERS | {_R.SYSTEM},
    # Who closes: the citizen, an agent with their words, and those above the area, who may do everything of it. Not the
    # area: nobody there takes down the yes to their own work (domain.md, Lifecycle and Roles).
    Act.CONFIRM: frozenset({_R.SUPERVISOR, _R.LISTENER, _R.CITIZEN}),
    Act.AGREE_TO_CLOSURE: frozenset({_R.SUPERVISOR}),
    # Whoever asks also takes down the no: else it would be lost, and silence would close the case (M6.1a).
    Act.CONTEST: _WORKERS | {_R.LISTENER, _R.CITIZEN},
    Act.CLOSE_WITHOUT_CONFIRMATION: frozenset({_R.SYSTEM}),
    Act.WITHDRAW: _ALL_STAFF | {_R.CITIZEN},
    Act.REOPEN: frozenset({_R.SUPERVISOR, _R.CITIZEN}),
    Act.MERGE: _ALL_STAFF,
    Act.LINK: _ALL_STAFF,
    Act.NOTIFY: _WORKERS,
    Act.RECORD_NOTIFICATION: _WORKERS | {_R.SYSTEM},
    Act.RECLASSIFY: _ALL_STAFF,
    Act.RECLASSIFY_SLOWER: frozenset({_R.SUPERVISOR}),
    Act.SET_LEGAL_NATURE: _ALL_STAFF,
    # The claim goes to the State's platform from wherever it stands: the intake desk, or the area once it is referred.
    Act.RECORD_PLATFORM_CODE: _ALL_STAFF | {_R.CITIZEN},
    # The system files what others than the citizen send by mail.
    Act.ATTACH: _ALL_STAFF | {_R.CITIZEN, _R.SYSTEM},
    Act.REQUEST_INTERPRETER: _ALL_STAFF,
    Act.FINISH_TASK: _ALL_STAFF | {_R.SYSTEM},
    Act.IDENTIFY_STAFF: frozenset({_R.SUPERVISOR}),
    Act.ABSTAIN: _ALL_STAFF,
    Act.DECIDE_ABSTENTION: frozenset({_R.SUPERVISOR}),
    Act.RECEIVE_MESSAGE: _ALL_STAFF | {_R.CITIZEN, _R.SYSTEM},
    Act.REVOKE_ACCESS: frozenset({_R.OWNER, _R.SUPERVISOR, _R.CITIZEN}),
    # By telephone it is asked by an agent who had nothing to do with the case.
    Act.GIVE_OPINION: frozenset({_R.ASKER, _R.CITIZEN}),
    Act.MOVE_PROMISE: frozenset({_R.SYSTEM}),
    Act.ERASE: frozenset({_R.RETENTION}),
    Act.PROPOSE_CRITICAL: _ALL_STAFF | {_R.SYSTEM},
    # Danger is confirmed by whoever took the case in or is on duty, and by those above; only the first two reject it.
    Act.CONFIRM_CRITICAL: frozenset({_R.INTAKE, _R.DUTY, _R.SUPERVISOR}),
    Act.REJECT_CRITICAL: frozenset({_R.INTAKE, _R.DUTY}),
    Act.ASK_LOWERING: frozenset({_R.SUPERVISOR}),
    Act.DECIDE_LOWERING: frozenset({_R.SUPERVISOR, _R.DUTY}),
    Act.RAISE_ALARM: frozenset({_R.SYSTEM}),
    Act.ESCALATE_ALARM: frozenset({_R.SYSTEM}),
    # Whoever may work on the case may take charge of it, called or not; nobody is called who could not.
    Act.ACKNOWLEDGE_ALARM: _WORKERS,
    Act.CHECK_IN: _WORKERS,
    Act.REMOVE_DANGER: frozenset({_R.SUPERVISOR}),
    Act.END_DRILL: frozenset({_R.SUPERVISOR}),
    Act.KEEP_PROMISE: _WORKERS,
    Act.RECORD_IDENTITY: _ALL_STAFF,
    # Whoever attends a call need not be able to look at the case it is about.
    Act.LOG_CALL: frozenset({_R.SYSTEM}),
}
_OF_A_CALLER = frozenset({Act.CONFIRM, Act.CONTEST})
_READS = frozenset({Act.VIEW, Act.VIEW_PERSONAL, Act.VIEW_SENSITIVE, Act.READ_OPINION})
# What is about how the case was attended is not for who attended it (domain.md, Closing and Opinion).
_OF_OTHERS = frozenset({Act.CONFIRM, Act.GIVE_OPINION, Act.READ_OPINION, Act.SHOW_CODE})
_BEYOND_EXCLUSION = frozenset({_R.AUDITOR, _R.DATA_PROTECTION, _R.RETENTION})


def may(actor: Actor, act: Act, facts: Facts) -> Decision:
    """Tell whether ``actor`` may do ``act`` to the case that ``facts`` describe."""
    relations = _relations(actor, facts)
    if _is_excluded(actor, facts):
        relations &= _BEYOND_EXCLUSION if actor.staff_id != facts.complained_staff_id else set()
    granting = relations & _ALLOWED.get(act, frozenset())
    if not granting:
        return Decision(allowed=False, reason="excluded" if _is_excluded(actor, facts) else "no_relation")
    if actor.staff_id in facts.abstained and act not in _READS:
        return Decision(allowed=False, reason="abstained")
    if act in _OF_OTHERS and actor.staff_id is not None and actor.staff_id in facts.attended:
        return Decision(allowed=False, reason="attended_it")
    return Decision(allowed=True, reason=min(granting))


def scope(actor: Actor, act: Act = Act.VIEW) -> Scope:
    """
    Return among which cases ``actor`` may look for one to do ``act`` to; without it, those they may know of.

    They are the same but for what an agent records of somebody who calls, yes, no or their opinion: it needs no look at
    the case.
    """
    if actor.kind is ActorKind.SYSTEM:
        return Scope(everything=True, desk_exclusion=False)
    if actor.kind is ActorKind.CITIZEN:
        return Scope(case_key=actor.case_key, desk_exclusion=False)
    return Scope(
        staff_id=actor.staff_id,
        everything=actor.has(Role.AUDITOR),
        intake=actor.has(Role.AGENT),
        areas=actor.areas(Role.AREA_OFFICER, Role.SUPERVISOR),
        supervised=actor.areas(Role.SUPERVISOR),
        critical=actor.has(Role.DUTY_OFFICER) and actor.on_duty,
        closed=actor.has(Role.ANALYST) or (act is Act.GIVE_OPINION and actor.has(Role.AGENT)),
        data_rights=actor.has(Role.DATA_PROTECTION),
        answered=act in _OF_A_CALLER and actor.has(Role.AGENT),
        desks=frozenset((each.area, each.site) for each in actor.memberships),
        desk_exclusion=not (actor.has(Role.AUDITOR) or actor.has(Role.DATA_PROTECTION)),
    )


def _relations(actor: Actor, facts: Facts) -> set[Relation]:
    if actor.kind is ActorKind.SYSTEM:
        return {_R.SYSTEM}
    if actor.kind is ActorKind.CITIZEN:
        return {_R.CITIZEN} if actor.case_key == facts.key else set()
    held = {
        _R.INTAKE: actor.has(Role.AGENT)
        and facts.stage in _BEFORE_REFERRAL
        and facts.intake_id in ((actor.staff_id,) if facts.is_restricted else (None, actor.staff_id)),
        _R.OWNER: facts.owner_id is not None and facts.owner_id == actor.staff_id,
        _R.AREA: not facts.is_restricted and facts.area in actor.areas(Role.AREA_OFFICER),
        _R.SUPERVISOR: facts.area in actor.areas(Role.SUPERVISOR),
        _R.DUTY: facts.is_critical and actor.has(Role.DUTY_OFFICER) and actor.on_duty,
        _R.AUDITOR: actor.has(Role.AUDITOR),
        _R.DATA_PROTECTION: facts.is_data_rights and actor.has(Role.DATA_PROTECTION),
        _R.RETENTION: actor.has(Role.DATA_PROTECTION),
        _R.LISTENER: facts.stage is Stage.ANSWERED and not facts.is_restricted and actor.has(Role.AGENT),
        _R.ASKER: facts.stage is Stage.CLOSED and not facts.is_restricted and actor.has(Role.AGENT),
        _R.ANALYST: facts.stage is Stage.CLOSED and not facts.is_restricted and actor.has(Role.ANALYST),
    }
    return {relation for relation, holds in held.items() if holds}


def _is_excluded(actor: Actor, facts: Facts) -> bool:
    """Tell whether the complaint is about this person, or about their desk while nobody is identified (M3.3a)."""
    if not facts.about_staff or actor.staff_id is None:
        return False
    if facts.complained_staff_id is not None:
        return actor.staff_id == facts.complained_staff_id
    if facts.complained_area in actor.areas(Role.SUPERVISOR):
        return False
    # Where nobody said at which desk it was, it is each desk of the area.
    return any(
        each.area == facts.complained_area and facts.complained_site in ("", each.site) for each in actor.memberships
    )
