"""
What a case is at some moment: its columns, referrals and tasks, as its events left them.

The states are named tuples because replaying a history copies them at every event: a tuple of fifty fields is copied
several times faster than a frozen dataclass.
"""

from datetime import datetime
from typing import NamedTuple

from cercana.rules.classification import CaseClass, Channel, ClockKind, CriticalState, TaskKind
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockState


class ReferralState(NamedTuple):
    """One handing over to an area: when, and how it ended (``taken``, ``handed_back``, ``undone`` or still open)."""

    ordinal: int
    area: str
    referred_at: datetime
    ended_at: datetime | None = None
    end: str = ""


class TaskState(NamedTuple):
    """Something to be done for the case; ``ordinal`` is the sequence of the event that opened it."""

    ordinal: int
    kind: TaskKind
    area: str
    due_at: datetime | None = None
    finished_at: datetime | None = None


class CaseState(NamedTuple):
    """
    The projection of one case: the columns of its row, its clocks, referrals and tasks; no personal values.

    ``base_class`` is the class before it became critical (at ``became_critical_at``), or simply its class.
    ``critical_proposed_at`` is since when a proposal of danger waits for its yes or no; ``lowering_asked_at`` since
    when the supervisor ``lowering_asked_by`` waits for a second signature.
    ``silence_warned_for`` is the beginning of the last silence to the citizen that was warned of (M4.2c).
    ``is_drill`` marks an exercise of the protocol, which no figure counts.
    """

    key: str
    citizen: str
    kind: str
    claim_type: str
    class_: CaseClass
    critical_state: CriticalState
    channel: Channel
    category: str
    legal_nature: str
    language: str
    area: str
    proposed_area: str
    received_at: datetime
    notice_version: int
    is_preferential: bool = False
    is_restricted: bool = False
    about_staff: bool = False
    complained_staff: int | None = None
    complained_area: str = ""
    complained_site: str = ""
    intake: int | None = None
    base_class: CaseClass = CaseClass.SIMPLE
    became_critical_at: datetime | None = None
    critical_proposed_at: datetime | None = None
    lowering_asked_at: datetime | None = None
    lowering_asked_by: int | None = None
    number: str = ""
    stage: Stage = Stage.RECEIVED
    owner: int | None = None
    registered_at: datetime | None = None
    stage_since: datetime | None = None
    last_contact_at: datetime | None = None
    last_citizen_at: datetime | None = None
    answered_at: datetime | None = None
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    cause: str = ""
    closure: str = ""
    contested_count: int = 0
    reopened_count: int = 0
    attempts: tuple[str, ...] = ()
    merged_into: str = ""
    absorbed_due_at: datetime | None = None
    platform_code: str = ""
    access_generation: int = 1
    erased_at: datetime | None = None
    abstained: tuple[int, ...] = ()
    attended: tuple[int, ...] = ()
    clocks: tuple[ClockState, ...] = ()
    referrals: tuple[ReferralState, ...] = ()
    tasks: tuple[TaskState, ...] = ()
    last_sequence: int = 0
    silence_warned_for: datetime | None = None
    is_drill: bool = False

    @property
    def is_critical(self) -> bool:
        """Whether the critical clocks run: proposed or marked (M5.2b)."""
        return self.critical_state is not CriticalState.NONE

    @property
    def attention_due_at(self) -> datetime | None:
        """
        The instant that drives the queue: the earliest break of a running clock, absorbed cases included.

        A date promised in passing or a step inside the house is watched, but it is not what the case is due for.
        """
        running = [clock.breaks_at for clock in self.clocks if clock.is_running and not clock.kind.is_aside]
        if self.absorbed_due_at is not None and self.stage not in (Stage.ANSWERED, Stage.CLOSED):
            running.append(self.absorbed_due_at)
        return min(running, default=None)

    def clock(self, kind: ClockKind) -> ClockState | None:
        """Return the newest clock of ``kind``."""
        return next((clock for clock in reversed(self.clocks) if clock.kind is kind), None)
