"""The living figures, as the monthly analysis and the manual's own page ask for them."""

from datetime import datetime

from cercana.cases import queries as cases
from cercana.insights.errors import FiguresRefused
from cercana.rules import entitlements
from cercana.rules.access import Actor
from cercana.rules.conversation_figures import ConversationFigures, conversation_figures

__all__ = ["ConversationFigures", "figures_of_conversation"]


def figures_of_conversation(actor: Actor, *, since: datetime, until: datetime) -> ConversationFigures:
    """
    Return how the institution listened and wrote from ``since`` until before ``until``, all areas and people together.

    Two queries, however much was written. Raise FiguresRefused for who neither supervises nor analyses.
    """
    if not entitlements.may_read_figures(actor).allowed:
        raise FiguresRefused
    return conversation_figures(cases.message_figures(since, until), cases.guide_steps(since, until))
