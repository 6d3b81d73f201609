"""How letters are read: their state beside the messages of a case, the mailbox of the demonstration, and links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from cercana.conversation.contact_queries import (
    WaitingContact,
    case_of_phone,
    check_may_take_in,
    contact_of,
    contacts_of_case,
    count_waiting,
    registered_at,
    waiting_callers,
    waiting_contacts,
    waiting_total,
)
from cercana.conversation.devices import is_subscribed
from cercana.conversation.letters import Block, Channel, Kind, State, Target
from cercana.conversation.links import (
    OPINION_DAYS,
    Access,
    Purpose,
    code_for,
    link_to,
    places_for,
    read_token,
    token_for,
)
from cercana.conversation.mail import access_of, blocks_of
from cercana.conversation.models import Delivery, ReceivedMail
from cercana.conversation.phrase_queries import OfferedPhrase, PhraseFigures, phrase_figures, phrases_for
from cercana.conversation.posting import has_left
from cercana.conversation.previewing import LetterPreview, preview_letter
from cercana.conversation.promise_words import PromiseInWords, promises_of, title_of
from cercana.conversation.receipt import receipt_pdf
from cercana.conversation.received import DELAYED, arrival_of, case_written_about, is_our_message
from cercana.conversation.texting import sends_texts
from cercana.couriers.push_keys import public_key as push_key

__all__ = [
    "DELAYED",
    "OPINION_DAYS",
    "Access",
    "Channel",
    "HeardMail",
    "KeptMessage",
    "LetterPreview",
    "OfferedPhrase",
    "PhraseFigures",
    "PromiseInWords",
    "Purpose",
    "SentLetter",
    "State",
    "WaitingContact",
    "answers_arrived",
    "arrival_of",
    "case_of_phone",
    "case_written_about",
    "check_may_take_in",
    "code_for",
    "contact_of",
    "contacts_of_case",
    "count_waiting",
    "is_our_message",
    "is_subscribed",
    "kept_message",
    "kept_messages",
    "link_to",
    "phrase_figures",
    "phrases_for",
    "preview_letter",
    "promises_of",
    "push_key",
    "read_token",
    "receipt_pdf",
    "registered_at",
    "sends_texts",
    "thread_deliveries",
    "thread_mails",
    "title_of",
    "token_for",
    "waiting_callers",
    "waiting_contacts",
    "waiting_total",
]

_MOST_KEPT = 200
_ANSWERS = [Kind.ANSWERED, Kind.ANSWERED_PRIVATE, Kind.FORWARDED]


@dataclass(frozen=True, slots=True)
class SentLetter:
    """
    What became of the letter about one event of a case; ``sequence`` is that of the event, None for a link.

    ``text_state`` is what became of the text message beside it, None without one.
    """

    sequence: int | None
    kind: Kind
    channel: Channel
    state: State
    created_at: datetime
    sent_at: datetime | None
    error: str
    text_state: State | None = None


def thread_deliveries(case_id: int) -> list[SentLetter]:
    """Return what became of every letter about a case, oldest first."""
    rows = Delivery.objects.filter(case=case_id).order_by("created_at", "pk")
    values = rows.values_list(
        "event__sequence", "kind", "channel", "state", "created_at", "sent_at", "last_error", "text__state"
    )
    return [
        SentLetter(
            sequence,
            Kind(kind),
            Channel(channel),
            State(state),
            created_at,
            sent_at,
            error,
            State(text) if text else None,
        )
        for sequence, kind, channel, state, created_at, sent_at, error, text in values
    ]


@dataclass(frozen=True, slots=True)
class HeardMail:
    """A mail that is an entry of a case; ``is_proven`` and ``other_address`` as in ReceivedMail."""

    sequence: int
    is_proven: bool | None
    other_address: str


def thread_mails(case_id: int) -> list[HeardMail]:
    """Return which entries of a case came by mail, oldest first."""
    rows = ReceivedMail.objects.filter(case=case_id).order_by("sequence")
    return [HeardMail(*values) for values in rows.values_list("sequence", "is_proven", "other_address")]


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A mail that did not leave this machine, as the mailbox of the demonstration shows it."""

    id: int
    number: str
    kind: Kind
    language: str
    address: str
    subject: str
    created_at: datetime
    blocks: tuple[Block, ...]
    places: Mapping[Target, str]


def kept_messages(number: str = "") -> list[KeptMessage]:
    """Return the newest mails that were kept, newest first; of one case if its ``number`` is given."""
    rows = _kept().order_by("-created_at", "-pk")
    if number:
        rows = rows.filter(case__number=number)
    return [_kept_message(row) for row in rows[:_MOST_KEPT]]


def kept_message(id_: int) -> KeptMessage | None:
    """Return one kept mail, None if there is none with that id."""
    row = _kept().filter(pk=id_).first()
    return _kept_message(row) if row else None


def answers_arrived(case_ids: Iterable[int]) -> set[int]:
    """Return the cases among ``case_ids`` whose last answer went out by mail, and did not come back so far."""
    answers = Delivery.objects.filter(case_id__in=list(case_ids), kind__in=_ANSWERS)
    newest = answers.order_by("case_id", "-created_at", "-pk").distinct("case_id")
    return {delivery.case_id for delivery in newest if has_left(delivery)}


def _kept() -> QuerySet[Delivery]:
    return Delivery.objects.select_related("case").filter(state=State.KEPT, channel=Channel.EMAIL).exclude(subject="")


def _kept_message(row: Delivery) -> KeptMessage:
    return KeptMessage(
        id=row.pk,
        number=row.case.number,
        kind=Kind(row.kind),
        language=row.language,
        address=row.address,
        subject=row.subject,
        created_at=row.created_at,
        blocks=tuple(blocks_of(row)),
        places=places_for(access_of(row)),
    )
