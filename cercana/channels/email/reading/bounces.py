"""Reports of mail servers on mail of ours: in the standard form (RFC 3464, 3461), and in those of old."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from cercana.channels.email.reading.charsets import clean, decode
from cercana.channels.email.reading.headers import Headers, read_headers
from cercana.channels.email.reading.mail import Bounce, Failure
from cercana.channels.email.reading.phrases import any_of
from cercana.channels.email.reading.structure import Part

# Only servers write under these names.
_SERVER: Final = any_of(r"mailer[-_ ]?daemon", "mdaemon@", "mail delivery (?:sub)?system", "microsoft ?exchange")
_ADMINISTRATOR: Final = any_of("postmaster", "administrator", "administrador", "admin@", "mail[-_ ](?:system|service)")
_SUBJECT: Final = any_of(
    "undeliver(?:ed|able)", "delivery (?:status|failure|has failed|failed|problem|report|notification|warning|error)",
    "returned (?:mail|to sender)", "(?:mail|message) (?:delivery )?failed", "failed mail", "failure notice",
    "mail (?:system )?(?:error|failure)", "error during delivery", "non-?deliver(?:y|able)",
    "not (?:yet been )?delivered", "could not (?:send|be delivered)", "automatically rejected",
    "message .{1,40} delayed", "user (?:unknown|not found)",
    "no se (?:puede|pudo|ha podido) entregar", "no (?:se ha )?entregado", "devuelto", "error de entrega",
    "notificaci[oó]n de (?:estado de )?entrega", "unzustellbar", "не доставлено",
)  # fmt: skip
_BODY: Final = any_of(
    "this is the qmail-send program", "permanent (?:fatal )?errors?", "could not (?:be delivered|deliver)",
    "(?:unable|not able) to deliver", "(?:was not|wasn't) delivered", "delivery (?:has failed )?to the(?:se)? .{0,60}",
    "no se (?:pudo|ha podido) entregar", "no se entreg[oó]", "recipient address rejected", "not going to try again",
    "did not (?:reach|receive)", "user unknown", "unknown user", "mailbox (?:unavailable|is full)", "failed recipient",
    "requested action not taken",
)  # fmt: skip
_DELAYED: Final = any_of(
    r"\bdelayed\b", r"^warning\b", "not yet been delivered", "delivery warning", "demora", "retras"
)
_PASSED_ON: Final = any_of("fwd?", "rv", "re", "renv", "reenv", before=r"^\s*", behind=r"\s*:")
# Behind such a line stands our own mail, as it was returned.
_RETURNED: Final = re.compile(
    r"^[ \t]*(?:[-=*>+]{2,200}.{0,60}(?:copy|copia|original|returned|message header|text of).{0,60}|"
    r"(?:original|returned|old) message.{0,40}|included is a copy.{0,60})$",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS: Final = re.compile(r"(?<![\w.+%'=-])([\w.+%'=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)")
_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE: Final = re.compile(r"(?<![\d.])([45])\d\d[ -]")
_MESSAGE_ID: Final = re.compile(r"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_POSTMASTER: Final = re.compile("postmaster@", re.IGNORECASE)
_LONGEST: Final = 200_000
_MOST_RECIPIENTS: Final = 50


def read_bounce(mail: Part, text: str, *, own: frozenset[str]) -> Bounce | None:
    """Return what ``mail`` reports, None if it is no report; ``own`` addresses are never the ones that failed."""
    status = next((part for part in mail.own() if _is_status(part)), None)
    if status is not None:
        found = _standard(mail, status, text)
        return found if found.recipients else replace(found, recipients=_failures(mail, text, own))
    if _is_report(mail, text):
        return Bounce(_failures(mail, text, own), _original_id(mail, text), None)
    return None


def _is_report(mail: Part, text: str) -> bool:
    """Tell whether a server that knows no standard tells of a mail of ours."""
    headers = mail.headers
    if "x-failed-recipients" in headers:
        return True
    subject = headers.text("subject")
    sender = f"{headers.text('from')} {headers.text('return-path')}"
    told = text[:_LONGEST]
    says_so = _SUBJECT.search(subject) is not None
    if _SERVER.search(sender):
        return True
    is_report = mail.content_type == "multipart/report" and "disposition" not in headers.word("content-type")
    if headers.word("return-path").strip() == "<>" or _ADMINISTRATOR.search(sender):
        return is_report or says_so or (_BODY.search(told) is not None and _code(told) != "")
    # From anybody else only with all the signs: people write of letters that were not delivered, too.
    return says_so and not _PASSED_ON.match(subject) and _BODY.search(told) is not None and _code(told) != ""


def _code(told: str) -> str:
    """Return the status that a text names, "" if none."""
    status, code = _STATUS.search(told), _REPLY_CODE.search(told)
    return status[1] if status else f"{code[1]}.0.0" if code else ""


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


def _failures(mail: Part, text: str, own: frozenset[str]) -> tuple[Failure, ...]:
    """Return whom a report names that only people were meant to read."""
    told = _RETURNED.split(text[:_LONGEST], maxsplit=1)[0]
    named = " ".join(mail.headers.every("x-failed-recipients"))
    # X.400 writes «dda:SMTP=ana@example.org».
    found = [each.rpartition("=")[2] if "smtp=" in each.lower() else each for each in _ADDRESS.findall(named or told)]
    found = [each.strip("'.") for each in found if not _SERVER.search(each)]
    unique = dict.fromkeys(each for each in found if each.lower() not in own and not _POSTMASTER.match(each))
    status = _code(told)
    is_delayed = status.startswith("4") or _DELAYED.search(mail.headers.text("subject")) is not None
    return tuple(
        Failure(each, "delayed" if is_delayed else "failed", status, "") for each in list(unique)[:_MOST_RECIPIENTS]
    )
