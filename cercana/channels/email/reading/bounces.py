"""Reports of mail servers on mail of ours: in the standard form (RFC 3464, 3461), and in those of old."""

import re
from collections.abc import Iterator
from typing import Final

from cercana.channels.email.reading.charsets import clean, decode
from cercana.channels.email.reading.headers import Headers, read_headers
from cercana.channels.email.reading.mail import Bounce, Failure
from cercana.channels.email.reading.phrases import any_of
from cercana.channels.email.reading.structure import Part

_FROM: Final = any_of("mailer[-_]?daemon", "postmaster", "mail delivery (?:sub)?system", "microsoft ?exchange")
_SUBJECT: Final = any_of(
    "undeliver(?:ed|able)", "delivery (?:status notification|failure|has failed|failed|problem|report|notification)",
    "returned mail", "mail delivery failed", "failure notice", "no se (?:puede|pudo|ha podido) entregar",
    "no entregado",
    "no se ha entregado", "devuelto", "error de entrega", "notificaci[oó]n de (?:estado de )?entrega",
    "mail system error", "message not delivered", "warning: could not send", "nondeliverable", "unzustellbar",
    "returned to sender", "could not be delivered",
)  # fmt: skip
_BODY: Final = any_of(
    "this is the qmail-send program", "permanent fatal errors", "could not be delivered",
    "delivery has failed to these", "no se pudo entregar", "no se ha podido entregar", "no se entreg[oó]",
    "a message that you sent could not", "wasn't delivered", "recipient address rejected", "i'm not going to try again",
    "did not reach the following recipient", "user unknown", "delivery to the following",
)  # fmt: skip
_ADDRESS: Final = re.compile(r"(?<![\w.+%'=-])([\w.+%'=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)")
_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE: Final = re.compile(r"(?<![\d.])([45])\d\d[ -]")
_MESSAGE_ID: Final = re.compile(r"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_LONGEST: Final = 200_000


def read_bounce(mail: Part, text: str, *, own: frozenset[str]) -> Bounce | None:
    """Return what ``mail`` reports, None if it is no report; ``own`` addresses are never the ones that failed."""
    status = next((part for part in mail.walk() if _is_status(part)), None)
    if status is not None:
        return _standard(mail, status, text)
    report = mail.content_type == "multipart/report" and "disposition" not in mail.headers.word("content-type")
    failed = mail.headers.every("x-failed-recipients")
    sender = mail.headers.text("from") + " " + mail.headers.text("return-path")
    from_server = _FROM.search(sender) is not None or mail.headers.word("return-path").strip() == "<>"
    subject = _SUBJECT.search(mail.headers.text("subject")) is not None
    is_report = bool(failed) or (from_server and (report or subject))
    if is_report or ((from_server or subject) and _BODY.search(text[:_LONGEST])):
        return _old(mail, text, failed, own=own)
    return None


def _is_status(part: Part) -> bool:
    return part.content_type in ("message/delivery-status", "message/global-delivery-status")


def _standard(mail: Part, status: Part, text: str) -> Bounce:
    groups = list(_groups(status))
    per_message = groups[0] if groups else Headers(())
    recipients = tuple(_failure(each) for each in groups if "final-recipient" in each or "original-recipient" in each)
    told = per_message.unfolded("x-original-message-id")
    return Bounce(recipients, told or _original_id(mail, text), per_message.unfolded("original-envelope-id"))


def _groups(status: Part) -> Iterator[Headers]:
    """Yield the groups of fields between blank lines."""
    for block in re.split(r"\n\s*\n", clean(decode(status.content(), None))[:_LONGEST]):
        raw = block.strip("\n").encode()
        if raw:
            yield read_headers(raw + b"\n\n", 0, len(raw) + 2)[0]


def _failure(fields: Headers) -> Failure:
    original = _typed(fields.unfolded("original-recipient") or "")
    final = _typed(fields.unfolded("final-recipient") or "")
    status = _STATUS.search(fields.word("status"))
    return Failure(
        address=original if "@" in original else final,
        action=(fields.word("action").split() or [""])[0],
        status=status[1] if status else "",
        diagnostic=_typed(fields.unfolded("diagnostic-code") or ""),
    )


def _typed(value: str) -> str:
    """Return the value of "rfc822; ana@example.org"."""
    kind, separator, rest = value.partition(";")
    return (rest if separator else kind).strip().strip("<>")


def _original_id(mail: Part, text: str) -> str | None:
    for part in mail.walk():
        if part is not mail and part.content_type == "text/rfc822-headers":
            found = _MESSAGE_ID.search(clean(decode(part.content(), None))[:_LONGEST])
            if found:
                return found[1]
        for inner in part.children if part.content_type.startswith("message/") else ():
            identifier = inner.headers.unfolded("message-id")
            if identifier:
                return identifier.strip()
    found = _MESSAGE_ID.search(text[:_LONGEST])
    return found[1] if found else _last_reference(mail.headers)


def _last_reference(headers: Headers) -> str | None:
    """Return what the report itself answers, as some servers write it."""
    told = re.findall(r"<[^<>\s]+>", " ".join(headers.every("references") + headers.every("in-reply-to")))
    return told[-1] if told else None


def _old(mail: Part, text: str, failed: list[str], *, own: frozenset[str]) -> Bounce:
    """Read a report that only people were meant to read."""
    told = re.split(
        r"^-{2,}.{0,60}(?:copy|copia|original).{0,60}$", text[:_LONGEST], maxsplit=1, flags=re.IGNORECASE | re.MULTILINE
    )[0]
    addresses = _ADDRESS.findall(" ".join(failed)) or [
        each for each in _ADDRESS.findall(told) if each.lower() not in own and not _FROM.search(each)
    ]
    status, code = _STATUS.search(told), _REPLY_CODE.search(told)
    action = (
        "delayed"
        if (status and status[1][0] == "4") or re.search(r"\bdelayed\b|warning: ", text[:2000], re.IGNORECASE)
        else "failed"
    )
    told_status = status[1] if status else (f"{code[1]}.0.0" if code else "")
    unique = dict.fromkeys(each.strip(".") for each in addresses[:50])
    failures = tuple(Failure(each, action, told_status, "") for each in unique)
    return Bounce(failures, _original_id(mail, text), None)
