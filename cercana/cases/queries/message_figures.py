"""How the messages of a span of time were written, together: never those of one person."""

from collections.abc import Iterator
from datetime import datetime

from cercana.cases.models import MessageFigures
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
