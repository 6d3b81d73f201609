"""What follows an event, noted once: the mark that makes a repeated reaction harmless."""

from datetime import datetime

from cercana.cases.models import Reaction


def mark_reaction(*, event_id: int, handler: str, now: datetime) -> bool:
    """
    Note, inside the caller's transaction, that ``handler`` has dealt with an event; False if it had before.

    Of two that come at once the second waits here for the first, and is then told False.
    """
    _, is_first = Reaction.objects.get_or_create(event_id=event_id, handler=handler, defaults={"finished_at": now})
    return is_first
