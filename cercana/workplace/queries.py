"""How kept views, the guide and calls for support are read."""

from cercana.workplace.guide import TITLES, Guide, GuideLine, Progress, Telling, guide_for
from cercana.workplace.guide_texts import BLANK, SHIPPED, TextVersion, check_trainer, versions_of
from cercana.workplace.saved_views import KeptView, kept_view, kept_views
from cercana.workplace.situations import read_situation, shipped_texts, situations, words_of_limit
from cercana.workplace.support import Call, Nearest, calls_heard_by, calls_of, latest_call, nearest_help

__all__ = [
    "BLANK",
    "SHIPPED",
    "TITLES",
    "Call",
    "Guide",
    "GuideLine",
    "KeptView",
    "Nearest",
    "Progress",
    "Telling",
    "TextVersion",
    "calls_heard_by",
    "calls_of",
    "check_trainer",
    "guide_for",
    "kept_view",
    "kept_views",
    "latest_call",
    "nearest_help",
    "read_situation",
    "shipped_texts",
    "situations",
    "versions_of",
    "words_of_limit",
]
