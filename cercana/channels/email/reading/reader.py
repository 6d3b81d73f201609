"""From the bytes of a mail to what it says."""

import re
from dataclasses import replace
from typing import Final

from cercana.channels.email.reading import quotes
from cercana.channels.email.reading.addresses import read_addresses
from cercana.channels.email.reading.automatic import is_automatic, is_list, is_loop, wants_no_answer
from cercana.channels.email.reading.bodies import collect
from cercana.channels.email.reading.bounces import read_bounce
from cercana.channels.email.reading.calendar import is_invitation
from cercana.channels.email.reading.dates import read_date
from cercana.channels.email.reading.headers import Headers
from cercana.channels.email.reading.mail import Address, Here, Mail, Verdict
from cercana.channels.email.reading.structure import read_structure
from cercana.channels.email.reading.trust import read_authenticity, read_spam

_IDENTIFIER: Final = re.compile(r"<[^<>]+>")
_BARE_IDENTIFIER: Final = re.compile(r"[^\s<>,;()\"]+@[^\s<>,;()\"]+")
_NOWHERE: Final = Here()
_NO_SUBJECT: Final = re.compile(r"\s*(?:\(?(?:sin asunto|no subject|ningún asunto)\)?)?\s*", re.IGNORECASE)
_SUBJECT_PREFIX: Final = re.compile(r"^(?:\s*(?:re|rv|fwd?|aw|enc)\s*:)*", re.IGNORECASE)


def read_mail(raw: bytes, *, here: Here = _NOWHERE) -> Mail:
    """
    Return what the mail in ``raw`` says; never raise, and never lose a text.

    ``here`` tells what is our own, and which relay is believed about senders (issue 6 §1).
    """
    whole = read_structure(raw)
    headers = whole.headers
    body = collect(whole)
    text = body.text
    subject = " ".join(headers.text("subject").split())
    replied_to, references = _identifiers(headers, "in-reply-to"), _identifiers(headers, "references")
    pieces = quotes.take_apart(
        text,
        is_forwarded=quotes.is_forward(subject),
        is_reply=bool(replied_to or references) or quotes.is_reply_subject(subject),
    )
    from_ = _addresses(headers, "from")
    bounce = read_bounce(whole, text, own=here.addresses)
    mail = Mail(
        from_=from_,
        sender=next(iter(_addresses(headers, "sender")), None),
        reply_to=_addresses(headers, "reply-to"),
        to=_addresses(headers, "to"),
        cc=_addresses(headers, "cc"),
        delivered_to=_delivered_to(headers),
        subject=subject,
        date=next(filter(None, map(read_date, headers.every("date"))), None),
        message_id=next(iter(_identifiers(headers, "message-id")), None),
        in_reply_to=replied_to,
        references=references,
        text=text,
        html=body.html,
        new_text=pieces.new_text,
        quoted=pieces.quoted,
        signature=pieces.signature,
        attachments=tuple(body.files),
        auto_reply=is_automatic(headers) or (bounce is None and wants_no_answer(headers)),
        bounce=bounce,
        is_list=is_list(headers),
        is_loop=is_loop(headers, here, tuple(each.address for each in from_)),
        is_calendar=any(map(is_invitation, whole.own())),
        is_encrypted=body.is_encrypted,
        is_signed=body.is_signed,
        spam=read_spam(headers),
        authenticity=read_authenticity(headers, here),
        verdict=Verdict.CASE,  # until the next line
    )
    return replace(mail, verdict=_verdict(mail))


def _addresses(headers: Headers, name: str) -> tuple[Address, ...]:
    return tuple(address for value in headers.every(name) for address in read_addresses(value))


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    names = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
    return tuple(dict.fromkeys(each.address for name in names for each in _addresses(headers, name) if each.address))


def _identifiers(headers: Headers, name: str) -> tuple[str, ...]:
    told = " ".join(headers.every(name))
    found = _IDENTIFIER.findall(told) or _BARE_IDENTIFIER.findall(told)
    if not found and name == "message-id" and told:
        found = [told]
    return tuple(dict.fromkeys(found))


def _verdict(mail: Mail) -> Verdict:
    is_reply = bool(mail.in_reply_to or mail.references) or (
        quotes.is_reply_subject(mail.subject) and bool(mail.quoted)
    )
    bare_subject = _SUBJECT_PREFIX.sub("", mail.subject)
    says_something = bool(mail.new_text or mail.attachments) or not (is_reply or _NO_SUBJECT.fullmatch(bare_subject))
    marks = (
        (mail.is_loop, Verdict.LOOP),
        (mail.is_bounce, Verdict.BOUNCE),
        (mail.spam.is_spam, Verdict.SPAM),
        (mail.auto_reply or mail.bounce is not None, Verdict.AUTO_REPLY),
        (mail.is_list, Verdict.LIST),
        (mail.is_calendar, Verdict.CALENDAR),
        (not says_something, Verdict.EMPTY),
        (is_reply and not quotes.is_forward(mail.subject), Verdict.REPLY),
    )
    return next((verdict for holds, verdict in marks if holds), Verdict.CASE)
