"""Reading a kept mail and doing what it calls for, once, in one transaction."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from cercana.cases.errors import CaseNotFound
from cercana.channels.email.commands.filing import Received, facts_and_place, fulfil
from cercana.channels.email.commands.receiving import queue_reading
from cercana.channels.email.models import StoredMail
from cercana.channels.email.raw import raw_of
from cercana.channels.email.reading import Here, read_mail
from cercana.rules.errors import DomainError
from cercana.rules.mail import Judgement, MailFate, judge

_log = structlog.get_logger(__name__)

_LOST_AFTER = timedelta(minutes=2)
_MOST_ATTEMPTS = 5
_MOST_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail, and in which case it is, if in any."""

    judgement: Judgement
    case_id: int | None = None


def handle_mail(*, key: uuid.UUID, now: datetime) -> None:
    """
    Read a mail that waits and do what it calls for; nothing happens to one that does not wait any more.

    What a command refuses puts the mail into quarantine with the code of the refusal.
    """
    # Counted for good: a mail that breaks its reader is set aside after some attempts, and not tried for ever.
    StoredMail.objects.filter(key=key, fate=MailFate.WAITING).update(attempts=F("attempts") + 1, looked_at=now)
    with transaction.atomic():
        waiting = StoredMail.objects.select_for_update(skip_locked=True).filter(key=key, fate=MailFate.WAITING)
        stored = waiting.first()
        if stored is not None:
            _settle(stored, _outcome(stored, now), now)


def requeue_lost(*, now: datetime) -> int:
    """Queue again the mails that nobody has read for minutes; set aside those that were tried too often."""
    lost = StoredMail.objects.select_for_update(skip_locked=True).filter(
        fate=MailFate.WAITING, looked_at__lt=now - _LOST_AFTER
    )
    with transaction.atomic():
        found = list(lost[:_MOST_AT_A_TIME])
        for stored in found:
            if stored.attempts >= _MOST_ATTEMPTS:
                _settle(stored, Outcome(Judgement(MailFate.QUARANTINED, "unreadable")), now)
            else:
                queue_reading(stored.key)
        StoredMail.objects.filter(key__in=[each.key for each in found]).update(looked_at=now)
    return len(found)


def here() -> Here:
    """Return what this installation is to the mail."""
    addresses = {each.lower() for each in (settings.MAIL_ADDRESS, settings.DEFAULT_FROM_EMAIL) if each}
    return Here(addresses=frozenset(addresses), authserv_ids=settings.MAIL_RELAYS)


def _outcome(stored: StoredMail, now: datetime) -> Outcome:
    mail = read_mail(raw_of(stored.key), here=here())
    stored.author = (mail.author.address if mail.author else "").lower()[:320]
    stored.subject = mail.subject[:200]
    received = Received(stored.key, mail, tuple(stored.recipients), stored.received_at, stored.author)
    facts, place = facts_and_place(received, earlier=_earlier(stored.author, now))
    judgement = judge(facts)
    try:
        with transaction.atomic():
            return Outcome(judgement, fulfil(received, judgement, place, now=now))
    except CaseNotFound:
        # Erased or merged away since: a person looks.
        judgement = Judgement(MailFate.CONTACT)
        return Outcome(judgement, fulfil(received, judgement, replace(place, number=""), now=now))
    except DomainError as refusal:
        return Outcome(Judgement(MailFate.QUARANTINED, refusal.code))


def _settle(stored: StoredMail, outcome: Outcome, now: datetime) -> None:
    stored.fate, stored.reason = outcome.judgement.fate, outcome.judgement.reason[:60]
    stored.case_id, stored.handled_at = outcome.case_id, now
    stored.save(update_fields=["fate", "reason", "case", "handled_at", "author", "subject"])
    _log.info("mail_handled", stored=str(stored.key), fate=stored.fate, reason=stored.reason)


def _earlier(author: str, now: datetime) -> int:
    """Return how many mails of ``author`` were dealt with within the hour."""
    if not author:
        return 0
    return StoredMail.objects.filter(author=author, handled_at__gt=now - timedelta(hours=1)).count()
