"""What waits to be called back, read for commands and queries alike: one person however often they called."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

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
    """
    Return who waits to be called back, the most urgent promise first; raise ContactsRefused.

    With ``lock``, inside a transaction, nobody else may change them; whoever no exchange told of is promised then.
    """
    contacts = conversation.waiting_callers(actor)
    found = _rows(contacts, service, lock=lock)
    attempts = _attempts_of(found)
    people: dict[str, list[WaitingContact]] = {}
    for each in contacts:
        people.setdefault(compared_number(each.phone) or str(each.key), []).append(each)
    callers = [_caller(group, found, attempts, service) for group in people.values()]
    return sorted(callers, key=lambda one: (one.outlook.until, one.key))


def _rows(contacts: list[WaitingContact], service: ServiceTime, *, lock: bool) -> dict[UUID, CallBack]:
    """Return the call-back of each contact; for a look it need not be stored."""
    promised = [
        CallBack(contact_id=each.key, promised_at=promised_moment(each.received_at, service)) for each in contacts
    ]
    rows = CallBack.objects.filter(pk__in=[each.key for each in contacts]).order_by("pk")
    if lock:
        CallBack.objects.bulk_create(promised, ignore_conflicts=True)
        rows = rows.select_for_update()
    return {each.pk: each for each in (*promised, *rows)}


def _attempts_of(found: Collection[UUID]) -> dict[UUID, list[CallBackAttempt]]:
    attempts: dict[UUID, list[CallBackAttempt]] = {}
    for each in CallBackAttempt.objects.filter(call_back__in=list(found)):
        attempts.setdefault(each.call_back_id, []).append(each)
    return attempts


def _caller(
    contacts: list[WaitingContact],
    found: Mapping[UUID, CallBack],
    attempts: Mapping[UUID, list[CallBackAttempt]],
    service: ServiceTime,
) -> Caller:
    group = [found[each.key] for each in contacts]
    # An attempt stands with every call of the person, so that none of them is called again without need.
    noted = {each.at: each for contact in contacts for each in attempts.get(contact.key, ())}
    in_order = [noted[at] for at in sorted(noted)]
    way = next((one.preferred_way for one in reversed(group) if one.preferred_way), "")
    facts = CallBackFacts(
        phone=contacts[0].phone,
        received_at=contacts[0].received_at,
        promised_at=group[0].promised_at,
        attempts=[Attempt(each.at, Outcome(each.outcome)) for each in in_order],
        preferred_at=next((one.preferred_at for one in reversed(group) if one.preferred_at), None),
        preferred_way=PreferredWay(way) if way else None,
    )
    return Caller(tuple(contacts), tuple(group), tuple(in_order), outlook_of(facts, service), facts)
