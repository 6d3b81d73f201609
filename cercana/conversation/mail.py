"""A letter as a mail: text and HTML, a Message-ID of its own, headers for threads and against robots."""

from collections.abc import Sequence
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from cercana.conversation.letters import Block, Channel, as_text
from cercana.conversation.links import Access, places_for
from cercana.conversation.models import Delivery, ReceivedMail
from cercana.organization import queries as organization
from cercana.rules.mail_tags import address_with, tag_for

# The entry of a case with which it was told.
FIRST = 1
_LONGEST_THREAD = 10


def mail_of(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the mail of ``delivery``, its links signed for the access of today."""
    blocks = blocks_of(delivery)
    places = places_for(access_of(delivery))
    heard = _heard(delivery)
    subject = _subject(delivery, heard)
    mail = EmailMultiAlternatives(
        subject=subject,
        body=as_text(blocks, places),
        # To where mail servers report that it cannot be delivered; people see who it is from in the header.
        from_email=reply_address(delivery.case.number) or sender(),
        to=[delivery.address],
        headers=_headers(delivery, heard),
    )
    context = {"subject": subject, "language": delivery.language, "blocks": blocks, "places": places}
    mail.attach_alternative(render_to_string("conversation/mail.html", context, using="jinja2"), "text/html")
    return mail


def blocks_of(delivery: Delivery) -> list[Block]:
    """Return the blocks that ``delivery`` holds."""
    return [Block.from_json(stored) for stored in delivery.blocks]


def access_of(delivery: Delivery) -> Access:
    """Return what the links of ``delivery`` open."""
    return Access(delivery.case.key, delivery.case.access_generation)


def automatic_headers(message_id: str) -> dict[str, str]:
    """Return the headers of what we write on our own, under a Message-ID of ours."""
    # RFC 3834: nobody's vacation answers to these, and we do not answer to ourselves.
    return {"Message-ID": message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def reply_address(number: str) -> str:
    """Return where answers to the letters of a case go; "" if no mail comes in, or its server knows no «+»."""
    if not settings.MAIL_ADDRESS or settings.MAIL_TAGS_SUBJECT:
        return ""
    return address_with(_tag(number), settings.MAIL_ADDRESS)


def _tag(number: str) -> str:
    return tag_for(number, secret=settings.SECRET_KEY.encode())


def _heard(delivery: Delivery) -> list[ReceivedMail]:
    """Return the citizen's own mails of the case before ``delivery``, oldest first; not those of others."""
    found = ReceivedMail.objects.filter(
        case=delivery.case_id, other_address="", received_at__lte=delivery.created_at
    ).exclude(message_id="")
    return list(found.order_by("received_at", "pk"))


def _subject(delivery: Delivery, heard: Sequence[ReceivedMail]) -> str:
    """Return the subject; of a case that began by mail its own, for some programs join no others into one thread."""
    subject = delivery.subject
    if heard and heard[0].sequence == FIRST and heard[0].subject:
        subject = f"Re: {heard[0].subject}"
    if settings.MAIL_ADDRESS and settings.MAIL_TAGS_SUBJECT:
        subject = f"{subject} [{_tag(delivery.case.number)}]"
    return subject


def _headers(delivery: Delivery, heard: Sequence[ReceivedMail]) -> dict[str, str]:
    headers = {**automatic_headers(delivery.message_id), "From": sender()}
    if address := reply_address(delivery.case.number):
        headers["Reply-To"] = formataddr((organization.municipality().name, address))
    elif settings.MAIL_ADDRESS:
        headers["Reply-To"] = settings.MAIL_ADDRESS
    earlier = Delivery.objects.filter(case=delivery.case_id, channel=Channel.EMAIL, pk__lt=delivery.pk)
    said = [(each.received_at, each.message_id) for each in heard]
    said += earlier.order_by("-pk").values_list("created_at", "message_id")[:_LONGEST_THREAD]
    thread = [message_id for _, message_id in sorted(said)][-_LONGEST_THREAD:]
    if thread:
        headers |= {"In-Reply-To": thread[-1], "References": " ".join(thread)}
    return headers


def sender() -> str:
    """Return from whom mails come: the address of the settings, under the name of the municipality."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or organization.municipality().name, address))
