"""What a search found, as a person reads it: where the case stands and how much time it has left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cercana.cases.queries import Hit
from cercana.desk.labels import title_words
from cercana.rules.calendar import Calendar
from cercana.rules.classification import CriticalState
from cercana.rules.lifecycle import STAGE_LABELS, Stage
from cercana.rules.promises import Due
from cercana.rules.time_words import TimeLeft, time_left

_STAGES = list(Stage)


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One result in words; ``left`` is None for a case that waits for the person or is over."""

    hit: Hit
    title: str
    citizen: str
    left: TimeLeft | None
    is_critical: bool
    is_closed: bool
    stage_place: int
    stage_label: str


def found_lines(hits: Iterable[Hit], now: datetime, calendar: Calendar) -> list[FoundLine]:
    """Return ``hits`` in words, in their order."""
    return [_line(hit, now, calendar) for hit in hits]


def _line(hit: Hit, now: datetime, calendar: Calendar) -> FoundLine:
    stage = Stage(hit.stage)
    is_critical = hit.critical_state != CriticalState.NONE
    left = None
    if hit.attention_due_at is not None and stage is not Stage.CLOSED:
        waits = is_critical and hit.first_contact_missing
        left = time_left(Due(hit.attention_due_at, inclusive=False), now, calendar, for_response=waits)
    return FoundLine(
        hit=hit,
        title=title_words(hit.title, is_restricted=hit.is_restricted, is_known=hit.is_known),
        citizen=hit.citizen or "Sin identificar" if hit.is_known and not hit.is_restricted else "",
        left=left,
        is_critical=is_critical,
        is_closed=stage is Stage.CLOSED,
        stage_place=_STAGES.index(stage) + 1,
        stage_label=STAGE_LABELS[stage],
    )
