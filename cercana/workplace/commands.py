"""How kept views, the guide and calls for support change."""

from cercana.workplace.guide_texts import begin_text, bring_back, write_text
from cercana.workplace.saved_views import forget_view, keep_view
from cercana.workplace.support import call_supervisor, go_to, note_incident

__all__ = [
    "begin_text",
    "bring_back",
    "call_supervisor",
    "forget_view",
    "go_to",
    "keep_view",
    "note_incident",
    "write_text",
]
