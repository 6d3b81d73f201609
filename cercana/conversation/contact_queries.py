"""Those without a case as they are read: the list, one of them, and how many there are."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet, Subquery, Value

from cercana.cases import queries as cases
from cercana.cases.queries import DraftFile
from cercana.conversation.errors import ContactGone, ContactsRefused
from cercana.conversation.models import UnregisteredContact
from cercana.organization import queries as organization
from cercana.rules import entitlements
from cercana.rules.access import Actor
from cercana.rules.classification import CaseClass, Channel
from cercana.rules.unregistered import ContactState, ReachedBy

_MOST = 100
_MOST_CALLERS = 200
_DISMISSED_FOR = timedelta(days=7)
_MOST_DISMISSED = 20
_ONE = Value(1)


@dataclass(frozen=True, slots=True)
class WaitingContact:
    """Somebody without a case: how and when they reached us, and what they said; ``reason`` if they were dismissed."""

    key: uuid.UUID
    way: ReachedBy
    received_at: datetime
    name: str
    email: str
    phone: str
    subject: str
    text: str
    class_: CaseClass
    reason: str
    settled_at: datetime | None

    @property
    def who(self) -> str:
        """What to call them: their name, or where they reached us from."""
        return self.name or self.email or self.phone


def check_may_take_in(actor: Actor) -> None:
    """Raise ContactsRefused unless ``actor`` takes people in."""
    if not entitlements.may_take_in(actor, organization.municipality().intake_area_id).allowed:
        raise ContactsRefused


def waiting_contacts(actor: Actor, *, now: datetime) -> tuple[list[WaitingContact], list[WaitingContact]]:
    """
    Return who waits for a case, the longest first, and who was dismissed this week, the latest first.

    At most a hundred and twenty: who is attended makes room. Raise ContactsRefused.
    """
    check_may_take_in(actor)
    dismissed = UnregisteredContact.objects.filter(
        state=ContactState.DISMISSED, settled_at__gt=now - _DISMISSED_FOR
    ).order_by("-settled_at")
    return _lines(_waiting().order_by("received_at", "key")[:_MOST]), _lines(dismissed[:_MOST_DISMISSED])


def waiting_callers(actor: Actor) -> list[WaitingContact]:
    """Return who called and waits for a case, the longest first, at most two hundred; raise ContactsRefused."""
    check_may_take_in(actor)
    by_phone = [way for way in ReachedBy if way.channel is Channel.PHONE]
    return _lines(_waiting().filter(way__in=by_phone).order_by("received_at", "key")[:_MOST_CALLERS])


def case_of_phone(actor: Actor, phones: Iterable[str], *, since: datetime) -> dict[str, str]:
    """Return the number of the case that who called from each of ``phones`` got last ``since``; as they were shown."""
    check_may_take_in(actor)
    settled = UnregisteredContact.objects.filter(
        phone__in=list(phones), settled_at__gte=since, case__isnull=False
    ).order_by("settled_at")
    return dict(settled.values_list("phone", "case__number"))


def contacts_of_case(case_id: int) -> list[uuid.UUID]:
    """Return the keys of those whose case came to be this one."""
    return list(UnregisteredContact.objects.filter(case_id=case_id).values_list("key", flat=True))


def registered_at(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """Return when each of ``keys`` got a case, of those who have one."""
    settled = UnregisteredContact.objects.filter(key__in=list(keys), case__isnull=False, settled_at__isnull=False)
    return {key: at for key, at in settled.values_list("key", "settled_at") if at is not None}


def contact_of(actor: Actor, key: uuid.UUID) -> tuple[WaitingContact, Sequence[DraftFile]]:
    """Return somebody on the list with the files they sent; raise ContactGone or ContactsRefused."""
    check_may_take_in(actor)
    found = _lines(_waiting().filter(key=key))
    if not found:
        raise ContactGone
    draft = cases.find_draft(draft_secret(key))
    return found[0], draft.files if draft else ()


def count_waiting() -> int:
    """Return how many have no case yet (M4.1a)."""
    return _waiting().count()


def waiting_total() -> Subquery:
    """Return the same as a part of another statement; no row gives NULL."""
    return Subquery(_waiting().values(one=_ONE).annotate(total=Count("pk")).values("total"))


def draft_secret(key: uuid.UUID) -> str:
    """Return under which secret the files of a contact are kept."""
    return f"contact:{key}"


def _waiting() -> QuerySet[UnregisteredContact]:
    return UnregisteredContact.objects.filter(state=ContactState.WAITING)


def _lines(rows: QuerySet[UnregisteredContact]) -> list[WaitingContact]:
    return [
        WaitingContact(
            row.key,
            ReachedBy(row.way),
            row.received_at,
            row.name,
            row.email,
            row.phone,
            row.subject,
            row.text,
            CaseClass(row.proposed_class),
            row.reason,
            row.settled_at,
        )
        for row in rows
    ]
