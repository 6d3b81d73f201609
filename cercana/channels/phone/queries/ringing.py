"""The calls that are announced to somebody at their desk, and where their telephone rings."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from cercana.channels.phone.models import Call
from cercana.channels.phone.own_calls import extensions_of
from cercana.rules import entitlements
from cercana.rules.access import Actor
from cercana.rules.attended_calls import LONGEST_CALL
from cercana.rules.calls import CallState

# An exchange that lost the end of a call does not announce it for ever.
_RINGS_FOR = timedelta(minutes=5)
_MOST = 2


@dataclass(frozen=True, slots=True)
class RingingCall:
    """A call to the extension of whoever asks, until they open it; ``caller`` is "" if the number is hidden."""

    key: uuid.UUID
    caller: str
    extension: str
    is_answered: bool

    @property
    def name_of_notice(self) -> str:
        """What tells this notice from another, so that a page shows it once."""
        return f"call:{self.key}:{int(self.is_answered)}"


def calls_heard_by(actor: Actor, now: datetime) -> Sequence[RingingCall]:
    """Return the calls that ring at the extension of ``actor``, or are answered there and not opened, newest first."""
    # Every open desk asks each second: who attends nobody has no extension.
    if not entitlements.may_attend_calls(actor).allowed:
        return []
    rings = Q(state=CallState.RINGING, began_at__gt=now - _RINGS_FOR)
    speaks = Q(state=CallState.ANSWERED, answered_at__gt=now - LONGEST_CALL)
    calls = Call.objects.filter(rings | speaks, extension__in=extensions_of(actor), opened_at=None, no_case="")
    rows = calls.order_by("-began_at").values_list("key", "caller", "extension", "state")[:_MOST]
    return [RingingCall(key, caller, where, state == CallState.ANSWERED) for key, caller, where, state in rows]


def extension_of(actor: Actor) -> str:
    """Return where the telephone of ``actor`` rings, or ""."""
    return extensions_of(actor).first() or ""
