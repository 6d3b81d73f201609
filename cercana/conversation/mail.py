"""A letter as a mail: text and HTML, a Message-ID of its own, headers for threads and against robots."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from cercana.conversation.letters import Block, Channel, as_text
from cercana.conversation.links import Access, places_for
from cercana.conversation.models import Delivery
from cercana.organization import queries as organization

_LONGEST_THREAD = 10


def mail_of(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the mail of ``delivery``, its links signed for the access of today."""
    blocks = blocks_of(delivery)
    places = places_for(access_of(delivery))
    mail = EmailMultiAlternatives(
        subject=delivery.subject,
        body=as_text(blocks, places),
        from_email=sender(),
        to=[delivery.address],
        headers=_headers(delivery),
    )
    context = {"subject": delivery.subject, "language": delivery.language, "blocks": blocks, "places": places}
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


def _headers(delivery: Delivery) -> dict[str, str]:
    headers = automatic_headers(delivery.message_id)
    earlier = Delivery.objects.filter(case=delivery.case_id, channel=Channel.EMAIL, pk__lt=delivery.pk)
    thread = list(earlier.order_by("-pk").values_list("message_id", flat=True)[:_LONGEST_THREAD])
    if thread:
        headers |= {"In-Reply-To": thread[0], "References": " ".join(reversed(thread))}
    return headers


def sender() -> str:
    """Return from whom mails come: the address of the settings, under the name of the municipality."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or organization.municipality().name, address))
