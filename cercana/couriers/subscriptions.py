"""Subscriptions to pushes, as browsers give them (Push API)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from cercana.couriers.errors import SubscriptionUnfit

_LONGEST_ADDRESS = 1000


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser gives to be pushed to (Push API): the address at its push service, and two keys of its own."""

    endpoint: str
    p256dh: str
    auth: str

    def as_address(self) -> str:
        """Return what is sealed of it, always spelled alike."""
        keys = {"p256dh": self.p256dh, "auth": self.auth}
        return json.dumps({"endpoint": self.endpoint, "keys": keys}, sort_keys=True)


def read_subscription(endpoint: str, p256dh: str, auth: str) -> Subscription:
    """Return a subscription as a browser sends it; raise SubscriptionUnfit if no push service can stand behind it."""
    try:
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
    except ValueError as error:
        raise SubscriptionUnfit from error
    # A push service has a name of the public web: nobody has us knock at doors inside the municipality.
    is_public = parts.scheme == "https" and "." in host and host.rpartition(".")[2].isalpha()
    if not is_public or len(endpoint) > _LONGEST_ADDRESS or not 0 < len(p256dh) < 200 or not 0 < len(auth) < 100:
        raise SubscriptionUnfit
    return Subscription(endpoint, p256dh, auth)


def endpoint_of(address: str) -> str:
    """Return the endpoint in what ``as_address`` wrote."""
    return str(json.loads(address)["endpoint"])


def check_service(endpoint: str, hosts: Iterable[str]) -> None:
    """
    Raise SubscriptionUnfit unless ``endpoint`` belongs to one of ``hosts``.

    A host is named whole, or with «*.» before it for everything below it.
    """
    host = (urlsplit(endpoint).hostname or "").rstrip(".")
    if not any(host == each or (each.startswith("*.") and host.endswith(each[1:])) for each in hosts):
        raise SubscriptionUnfit
