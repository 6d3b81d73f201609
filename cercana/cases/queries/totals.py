"""How many cases there are."""

from cercana.cases.models import Case
from cercana.rules.lifecycle import Stage


def count_open() -> int:
    """Return how many cases are not closed, exercises aside."""
    return Case.objects.filter(is_drill=False).exclude(stage=Stage.CLOSED).count()
