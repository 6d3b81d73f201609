"""How the messages and conversations of a span of time went, together: never those of one person."""

from collections.abc import Iterator
from datetime import datetime

from cercana.cases.models import Event, MessageFigures
from cercana.rules.classification import Channel
from cercana.rules.history import EventType
from cercana.rules.writing.figures import WritingFigures
from cercana.rules.writing.labels import Fault


def message_figures(since: datetime, until: datetime) -> Iterator[WritingFigures]:
    """Yield the figures of the messages sent from ``since`` until before ``until``, oldest first; drills left out."""
    rows = MessageFigures.objects.filter(sent_at__gte=since, sent_at__lt=until, case__is_drill=False)
    for row in rows.order_by("sent_at", "pk"):
        yield WritingFigures(
            ease=row.ease,
            problems=tuple(map(Fault, row.problems)),
            apology_due=row.apology_due,
            apologises=row.apologises,
            has_next_step=row.has_next_step,
        )


def guide_steps(since: datetime, until: datetime) -> Iterator[tuple[str, ...]]:
    """Yield, for each case registered at the counter or by telephone, the steps of the guide that were used."""
    registered = Event.objects.filter(
        type=EventType.REGISTERED,
        recorded_at__gte=since,
        recorded_at__lt=until,
        case__channel__in=[Channel.COUNTER, Channel.PHONE],
        case__is_drill=False,
    )
    for steps in registered.order_by("pk").values_list("payload__guide", flat=True):
        yield tuple(steps or ())
