"""What the page of an opinion asks: the token it opens with, and whether there is one already."""

from datetime import datetime
from uuid import UUID

from cercana.conversation.queries import Access, Purpose, token_for
from cercana.feedback.models import Opinion
from cercana.feedback.opinions import LONGEST_LINE, Aspect

__all__ = [
    "LONGEST_LINE",
    "Aspect",
    "has_opinion",
    "marks_since",
    "opinion_token",
]


def opinion_token(key: UUID, generation: int) -> str:
    """Return the token with which the citizen of a case gives their opinion (url feedback:give)."""
    return token_for(Purpose.OPINION, Access(key, generation))


def has_opinion(number: str) -> bool:
    """Tell whether there is an opinion on the case."""
    return Opinion.objects.filter(case__number=number).exists()


def marks_since(since: datetime) -> dict[int, int]:
    """Return the marks given since then, by the id of their case: to be counted, never shown one by one."""
    return dict(Opinion.objects.filter(given_at__gte=since).values_list("case_id", "mark"))
