"""What waits to be called back, read for commands and queries alike: one person however often they called."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from cercana.channels.phone.callback_models import CallBack, CallBackAttempt
from cercana.conversation import queries as conversation
from cercana.conversation.queries import WaitingContact
from cercana.organization import queries as organization
from cercana.organization.errors import NotSetUp
from cercana.rules.access import Actor
from cercana.rules.callbacks import (
    Attempt,
    CallBackFacts,
    Outcome,
    Outlook,
    PreferredWay,
    ServiceTime,
    compared_number,
    outlook_of,
    promised_moment,
)

_WITHOUT_HOURS = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Caller:
    """
    Somebody who waits to be called back, by all their calls, oldest first.

    The promise is that of the first call.
    """

    contacts: tuple[WaitingContact, ...]
    call_backs: tuple[CallBack, ...]
    attempts: tuple[CallBackAttempt, ...]
    outlook: Outlook
    facts: CallBackFacts

    @property
    def key(self) -> UUID:
        """What the page names them by: the key of their first call."""
        return self.contacts[0].key

    @property
    def main(self) -> CallBack:
        """The call-back of the first call."""
        return self.call_backs[0]


def service_time() -> ServiceTime:
    """Return when the area that takes cases in works; raise NotSetUp if nobody has said so."""
    area = organization.municipality().intake_area_id
    return ServiceTime(organization.office_hours(area), organization.calendar())


def promise_of(received_at: datetime) -> datetime:
    """Return until when who called then is called back; before anybody entered the hours, two hours later."""
    with suppress(NotSetUp):
        return promised_moment(received_at, service_time())
    return received_at + _WITHOUT_HOURS


def callers_for(actor: Actor, service: ServiceTime, *, lock: bool = False) -> list[Caller]:
    """Return who waits to be called back, the most urgent promise first; raise ContactsRefused."""
    contacts = {each.key: each for each in conversation.waiting_callers(actor)}
    rows = CallBack.objects.select_for_update() if lock else CallBack.objects.all()
    found = _with_attempts(rows.filter(pk__in=contacts).order_by("pk"))
    people: dict[str, list[CallBack]] = {}
    for each in sorted(found, key=lambda one: contacts[one.pk].received_at):
        people.setdefault(compared_number(contacts[each.pk].phone) or str(each.pk), []).append(each)
    callers = [_caller(group, [contacts[each.pk] for each in group], service) for group in people.values()]
    return sorted(callers, key=lambda one: (one.outlook.until, one.main.pk))


def _with_attempts(rows: QuerySet[CallBack]) -> Iterable[CallBack]:
    return rows.prefetch_related("attempts")


def _caller(group: list[CallBack], contacts: list[WaitingContact], service: ServiceTime) -> Caller:
    # An attempt stands with every call of the person, so that none of them is called again without need.
    noted = {each.at: each for one in group for each in one.attempts.all()}
    attempts = [noted[at] for at in sorted(noted)]
    way = next((one.preferred_way for one in reversed(group) if one.preferred_way), "")
    facts = CallBackFacts(
        phone=contacts[0].phone,
        promised_at=group[0].promised_at,
        attempts=[Attempt(each.at, Outcome(each.outcome)) for each in attempts],
        preferred_at=next((one.preferred_at for one in reversed(group) if one.preferred_at), None),
        preferred_way=PreferredWay(way) if way else None,
    )
    return Caller(tuple(contacts), tuple(group), tuple(attempts), outlook_of(facts, service), facts)
