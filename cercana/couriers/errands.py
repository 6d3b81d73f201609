"""The errands of the courier that pushes and notifies: what it is sent with, and what came of it."""

from dataclasses import asdict, dataclass
from email.utils import parseaddr
from enum import StrEnum

from django.conf import settings

from cercana.couriers.closed_doors import Doors
from cercana.couriers.failures import Failure
from cercana.couriers.processes import outcome_of
from cercana.couriers.push_keys import private_key

# What goes outside has a queue of its own, with a worker that does nothing else: its waiting costs nobody anything.
QUEUE = "outside"
# What a push service answers for a browser that is subscribed no more.
GONE = "push.gone"
# From its start to its end; what is sent again later is worth more than what is waited for.
SECONDS = 8.0
# What no second attempt would change.
_FINAL = frozenset({GONE, "push.unfit", "push.400", "push.401", "push.403", "push.413", "notifier.unfit"})


class Means(StrEnum):
    """What a courier can do: push to a browser, or send through a service that apprise knows."""

    PUSH = "push"
    NOTIFIER = "notifier"


@dataclass(frozen=True, slots=True)
class Words:
    """What a message says: nothing of the citizen; ``topic`` lets a phone replace what it already shows."""

    title: str
    body: str
    link: str
    topic: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How a push travels (RFC 8030): its urgency, for how long its service keeps it, and how far a courier may go."""

    urgency: str
    seconds_kept: int
    doors: Doors


ALARM = Manner("high", 600, Doors.NEIGHBOURS)


def deliver(means: Means, address: str, words: Words, manner: Manner = ALARM) -> Failure | None:
    """Hand ``words`` to what stands at ``address``; None if it took them, within SECONDS whatever it does."""
    errand = {"kind": means.value, "address": address, **asdict(words)}
    errand |= {name: str(value) for name, value in asdict(manner).items()}
    if means is Means.PUSH:
        contact = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        errand |= {"push_key": private_key(), "contact": contact}
    code = _outcome(errand)
    return Failure(code, is_final=code in _FINAL) if code else None


def service_of(address: str) -> str:
    """Return the name of the service to which an address of apprise belongs, "" if there is none."""
    found = _outcome({"kind": "check", "address": address, "doors": Doors.NEIGHBOURS})
    return "" if found.startswith("check.") else found


def _outcome(errand: dict[str, str]) -> str:
    """Return what the courier wrote; a code of its kind if it had to be killed, or broke down."""
    if settings.MAY_NOTIFY_THIS_MACHINE:
        errand |= {"may_reach": "this machine"}
    return outcome_of(
        "cercana.couriers.courier",
        errand,
        seconds=SECONDS,
        silent=f"{errand['kind']}.silent",
        broken=f"{errand['kind']}.broken",
    )
