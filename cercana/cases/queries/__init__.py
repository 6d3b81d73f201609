"""Every way cases are read; visibility comes from rules/access.py, once."""

from cercana.cases.queries.drafts import DraftFile, DraftKept, find_draft
from cercana.cases.queries.endings import Ending, awaiting_confirmation, endings_between
from cercana.cases.queries.entrance import Entrance, entrance_by_code, entrance_by_key, entrance_by_number
from cercana.cases.queries.files import OpenFile, file_of
from cercana.cases.queries.queue import (
    PAGE_SIZE,
    ChosenCase,
    CriticalCounts,
    Filters,
    Place,
    QueuePage,
    QueueRow,
    Selection,
    View,
    chosen_cases,
    critical_counts,
    newest_event,
    queue_page,
    record_list,
)
from cercana.cases.queries.submissions import registered_keys
from cercana.cases.queries.tracking import Happening, TrackedCase, TrackedFile, tracked_case
from cercana.cases.queries.turns import Turn, Unfinished, event_ids, turn_at, unfinished
from cercana.cases.queries.verification import Discrepancy, count_cases, verify_cases
from cercana.cases.queries.visibility import case_for, facts_of, may_do, visible_cases
from cercana.cases.rows import state_of

__all__ = [
    "PAGE_SIZE",
    "ChosenCase",
    "CriticalCounts",
    "Discrepancy",
    "DraftFile",
    "DraftKept",
    "Ending",
    "Entrance",
    "Filters",
    "Happening",
    "OpenFile",
    "Place",
    "QueuePage",
    "QueueRow",
    "Selection",
    "TrackedCase",
    "TrackedFile",
    "Turn",
    "Unfinished",
    "View",
    "awaiting_confirmation",
    "case_for",
    "chosen_cases",
    "count_cases",
    "critical_counts",
    "endings_between",
    "entrance_by_code",
    "entrance_by_key",
    "entrance_by_number",
    "event_ids",
    "facts_of",
    "file_of",
    "find_draft",
    "may_do",
    "newest_event",
    "queue_page",
    "record_list",
    "registered_keys",
    "state_of",
    "tracked_case",
    "turn_at",
    "unfinished",
    "verify_cases",
    "visible_cases",
]
