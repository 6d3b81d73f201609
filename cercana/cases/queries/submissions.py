"""Which submissions have become cases: asked by who sends many and may be cut off."""

from collections.abc import Iterable
from uuid import UUID

from cercana.cases.draft_secrets import client_key_of
from cercana.cases.models import Submission


def registered_keys(keys: Iterable[UUID]) -> set[UUID]:
    """Return those of ``keys`` (client keys) under which a case has been registered."""
    return set(Submission.objects.filter(client_key__in=list(keys)).values_list("client_key", flat=True))


def number_carried(secret: str) -> str:
    """Return the number of the case that a phone has registered under a ``secret`` of its own, "" if it has not yet."""
    sent = Submission.objects.filter(client_key=client_key_of(secret))
    return sent.values_list("case__number", flat=True).first() or ""
