"""Every way cases are read; visibility comes from rules/access.py, once."""

from cercana.cases.queries.submissions import registered_keys
from cercana.cases.queries.endings import Ending, awaiting_confirmation, endings_between
from cercana.cases.queries.turns import Turn, Unfinished, event_ids, turn_at, unfinished
from cercana.cases.queries.visibility import case_for, facts_of, may_do, visible_cases
from cercana.cases.rows import state_of

__all__ = [
    "Ending",
    "Turn",
    "Unfinished",
    "awaiting_confirmation",
    "case_for",
    "endings_between",
    "event_ids",
    "facts_of",
    "may_do",
    "registered_keys",
    "state_of",
    "turn_at",
    "unfinished",
    "visible_cases",
]
