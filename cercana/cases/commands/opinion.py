"""What the citizen thought of it all, after closure (M6.2a)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from cercana.cases.commands.following import keeper_for
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.rules.access import Actor, ActorKind
from cercana.rules.acts import Act
from cercana.rules.history import EventType, Payload


@transaction.atomic
def record_opinion(
    *, number: str, mark: int, aspects: Mapping[str, bool], line: str, actor: Actor, now: datetime
) -> tuple[Case, Payload]:
    """
    Record the citizen's mark (1 to 5), what weighed on it for better (True) or worse, and a line of theirs.

    Staff record it in the citizen's words, but not who attended the case. Return the case and what the event keeps;
    that nobody gives two is feedback's concern.
    """
    case = case_for(actor, Act.GIVE_OPINION, number=number, lock=True)
    keeper = keeper_for(case)
    payload: dict[str, object] = {"mark": mark, "aspects": dict(aspects)}
    if line.strip():
        payload["line"] = keeper.keep("opinion", line.strip())
    keeper.store()
    on_behalf_of = "citizen" if actor.kind is ActorKind.STAFF else ""
    record(case, Step(EventType.OPINION_GIVEN, payload, on_behalf_of=on_behalf_of), actor=actor, now=now)
    return case, payload
