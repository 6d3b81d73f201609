"""Which phones and browsers are told how a case goes: whoever holds it puts theirs on the list, and off again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from cercana.cases import queries as cases
from cercana.cases.queries import Turn
from cercana.conversation.errors import TooManyDevices
from cercana.conversation.models import SubscribedDevice
from cercana.couriers.sealing import mark_of, seal
from cercana.couriers.subscriptions import Subscription, check_service
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.time_texts import Language

# A family with all it has.
MOST_DEVICES = 10
# As long as a link to a closed case opens it.
_KEPT_AFTER_CLOSURE = timedelta(days=30)


@transaction.atomic
def subscribe_device(
    *, number: str, subscription: Subscription, language: Language, actor: Actor, now: datetime
) -> None:
    """
    Tell the browser of ``subscription`` from now on how a case goes, in ``language``; twice is once.

    Raise CaseNotFound, SubscriptionUnfit for a push service that the settings do not name, TooManyDevices.
    """
    check_service(subscription.endpoint, settings.PUSH_HOSTS)
    case = cases.case_for(actor, Act.VIEW, number=number, lock=True)
    own, mark = SubscribedDevice.objects.filter(case=case), mark_of(subscription.endpoint)
    if own.exclude(mark=mark).count() >= MOST_DEVICES:
        raise TooManyDevices(limit=MOST_DEVICES)
    address = seal(subscription.as_address())
    entered = {"generation": case.access_generation, "sealed": address, "language": language, "created_at": now}
    SubscribedDevice.objects.update_or_create(case=case, mark=mark, defaults=entered)


def unsubscribe_device(*, number: str, endpoint: str, actor: Actor) -> None:
    """Tell the browser whose push address is ``endpoint`` nothing more of a case; raise CaseNotFound."""
    case = cases.case_for(actor, Act.VIEW, number=number)
    SubscribedDevice.objects.filter(case=case, mark=mark_of(endpoint)).delete()


def is_subscribed(*, number: str, endpoint: str, actor: Actor) -> bool:
    """Tell whether the browser whose push address is ``endpoint`` is told how a case goes; raise CaseNotFound."""
    case = cases.case_for(actor, Act.VIEW, number=number)
    known = SubscribedDevice.objects.filter(case=case, generation=case.access_generation, mark=mark_of(endpoint))
    return known.exists()


def erase_devices(turn: Turn) -> None:
    """Forget the devices of an erased person, and what they were told."""
    SubscribedDevice.objects.filter(case_id=turn.case_id).delete()


def forget_devices(*, now: datetime) -> None:
    """Forget the devices of cases that were closed a month ago: their links open nothing any more either."""
    SubscribedDevice.objects.filter(case__closed_at__lt=now - _KEPT_AFTER_CLOSURE).delete()
