"""Between the projection and its rows: nothing is decided here, only copied."""

from typing import Any

from django.db.models import F

from cercana.cases.models import Case, Clock, Referral, Task
from cercana.cases.proof import OWN_COLUMNS
from cercana.rules.case_state import CaseState, ReferralState, TaskState
from cercana.rules.classification import CaseClass, Channel, ClockKind, CriticalState, TaskKind
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ALL, ClockState, ClockStatus
from cercana.rules.warnings import first_look_at_silence

_RENAMED = {
    "citizen": "citizen_id",
    "category": "category_id",
    "legal_nature": "legal_nature_id",
    "area": "area_id",
    "proposed_area": "proposed_area_id",
    "owner": "owner_id",
    "intake": "intake_id",
    "complained_staff": "complained_staff_id",
}


def column(name: str) -> str:
    """Return the column that holds the field ``name`` of a state."""
    return _RENAMED.get(name, name)


_COLUMNS = {name: column(name) for name in OWN_COLUMNS}


def row_values(state: CaseState) -> dict[str, Any]:
    """Return the columns of the row of a case, without its hash."""
    values = {own: getattr(state, name) for name, own in _COLUMNS.items()}
    values |= {name: list(values[name]) for name in ("attempts", "abstained", "attended")}
    values["attention_due_at"] = state.attention_due_at
    values["silence_look_at"] = first_look_at_silence(state)
    return values


def state_of(case: Case) -> CaseState:
    """Return the projection that the rows of ``case`` hold."""
    values = {name: getattr(case, own) for name, own in _COLUMNS.items()}
    values |= {name: tuple(values[name]) for name in ("attempts", "abstained", "attended")}
    values |= {
        "key": str(case.key),
        "citizen": str(case.citizen_id),
        "class_": CaseClass(case.class_),
        "base_class": CaseClass(case.base_class),
        "critical_state": CriticalState(case.critical_state),
        "channel": Channel(case.channel),
        "stage": Stage(case.stage),
        "clocks": tuple(clock_state(clock) for clock in case.clocks.order_by("id")),
        "referrals": tuple(_referral_state(referral) for referral in case.referrals.order_by("ordinal")),
        "tasks": tuple(_task_state(task) for task in case.tasks.order_by("ordinal")),
    }
    return CaseState(**values)


def write_children(case: Case, before: CaseState | None, after: CaseState) -> None:
    """Insert and update the clocks, referrals and tasks in which ``after`` differs from ``before``."""
    known_clocks = before.clocks if before else ()
    fresh = [Clock(case=case, **_clock_values(clock)) for clock in after.clocks[len(known_clocks) :]]
    Clock.objects.bulk_create(fresh)
    for old, clock in zip(known_clocks, after.clocks, strict=False):
        if old != clock:
            Clock.objects.filter(case=case, kind=clock.kind, round=clock.round).update(**_clock_values(clock))
    if before is not None and _is_reckoned_anew(before, after):
        Clock.objects.filter(case=case, look_at__isnull=False).update(look_at=F("started_at"))
    known_referrals = before.referrals if before else ()
    Referral.objects.bulk_create(
        Referral(case=case, **_referral_values(each)) for each in after.referrals[len(known_referrals) :]
    )
    for old_referral, referral in zip(known_referrals, after.referrals, strict=False):
        if old_referral != referral:
            Referral.objects.filter(case=case, ordinal=referral.ordinal).update(**_referral_values(referral))
    known_tasks = before.tasks if before else ()
    Task.objects.bulk_create(Task(case=case, **_task_values(each)) for each in after.tasks[len(known_tasks) :])
    for old_task, task in zip(known_tasks, after.tasks, strict=False):
        if old_task != task:
            Task.objects.filter(case=case, ordinal=task.ordinal).update(**_task_values(task))


def _clock_values(clock: ClockState) -> dict[str, Any]:
    """Return the columns of a clock; the watch looks at it at once and works out when its next warning is."""
    is_watched = clock.is_running and clock.warned < ALL
    return {**clock._asdict(), "look_at": clock.started_at if is_watched else None}


def _is_reckoned_anew(before: CaseState, after: CaseState) -> bool:
    """Tell whether warnings come at other instants: the hours are those of the area, and none for a critical case."""
    return (before.area, before.is_critical, before.class_) != (after.area, after.is_critical, after.class_)


def clock_state(row: Clock) -> ClockState:
    """Return the clock that ``row`` holds."""
    values = {name: getattr(row, name) for name in ClockState._fields}
    return ClockState(**{**values, "kind": ClockKind(row.kind), "status": ClockStatus(row.status)})


def _referral_values(referral: ReferralState) -> dict[str, Any]:
    values = referral._asdict()
    values["area_id"] = values.pop("area")
    return values


def _referral_state(row: Referral) -> ReferralState:
    return ReferralState(row.ordinal, row.area_id, row.referred_at, row.ended_at, row.end)


def _task_values(task: TaskState) -> dict[str, Any]:
    values = task._asdict()
    values["area_id"] = values.pop("area")
    return values


def _task_state(row: Task) -> TaskState:
    return TaskState(row.ordinal, TaskKind(row.kind), row.area_id, row.due_at, row.finished_at)
