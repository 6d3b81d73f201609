"""Cases near their end: those whose citizen has not said whether it is resolved."""

from cercana.cases.models import Case
from cercana.rules.classification import CriticalState
from cercana.rules.lifecycle import Stage


def awaiting_confirmation() -> list[Case]:
    """Return the answered cases whose citizen said neither yes nor no, longest waiting first; never critical ones."""
    answered = Case.objects.filter(stage=Stage.ANSWERED, confirmed_at=None, critical_state=CriticalState.NONE)
    return list(answered.order_by("answered_at", "id"))
