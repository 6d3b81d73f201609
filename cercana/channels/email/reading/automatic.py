"""Signs that no person has written a mail for us: answers of machines, lists, our own mail come round (RFC 3834)."""

from typing import Final

from cercana.channels.email.reading.headers import Headers
from cercana.channels.email.reading.mail import Here
from cercana.channels.email.reading.phrases import any_of

_SUBJECT: Final = any_of(
    "respuesta autom[aá]tica", "mensaje autom[aá]tico", "automatic reply",
    "auto(?:matic)?[- ]?(?:reply|response|respuesta)",
    "autoresponder", "fuera de (?:la )?oficina", "fuera del? (?:trabajo|despacho)", "out of (?:the )?office",
    r"ausente\s*:", r"\[?auto\]?\s*:", "resposta autom[aá]tica", "r[eé]ponse automatique", "abwesenheit",
    "automatische antwort",
    before=r"^\s*(?:(?:re|rv|fwd?)\s*:\s*)*",
)  # fmt: skip
# Receipts of reading, complaints about spam.
_REPORT: Final = any_of("disposition-notification", "feedback-report", before='report-type="?')
_AUTOMATIC_FIELDS: Final = (
    "x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply", "x-autoresponder", "x-auto-reply",
    "x-auto-reply-from", "x-fc-machinegenerated", "x-ms-exchange-generated-message-source", "x-vacation", "x-cron-env",
    "x-ms-exchange-inbox-rules-loop", "x-amazon-auto-reply", "x-post-messageclass-autoreply",
)  # fmt: skip
_LIST_FIELDS: Final = (
    "list-id", "list-post", "list-unsubscribe", "list-help", "mailing-list", "x-mailing-list", "x-mailman-version",
    "x-listserver", "x-list", "x-campaign-id", "x-campaignid", "x-mc-user",
)  # fmt: skip
_MOST_HOPS: Final = 40


def is_automatic(headers: Headers) -> bool:
    """Tell whether a program has sent the mail on its own: it must never be answered."""
    submitted = headers.word("auto-submitted").partition(";")[0].strip()
    says_so_in_subject = _SUBJECT.match(headers.text("subject")) is not None
    answers = "in-reply-to" in headers or says_so_in_subject
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or says_so_in_subject
        or any(headers.word(name).strip() not in ("", "no", "false", "none") for name in _AUTOMATIC_FIELDS)
        or headers.word("precedence").strip().replace("-", "_") in ("auto_reply", "autoreply", "auto")
        or ("all" in headers.word("x-auto-response-suppress") and answers)
        or "autoresponder" in headers.word("delivered-to").split()
        or _REPORT.search(headers.word("content-type")) is not None
    )


def wants_no_answer(headers: Headers) -> bool:
    """Tell whether the sender wants no answer: an empty return path, or an answer sent with the rank of mass mail."""
    if headers.word("return-path").strip() == "<>":
        return True
    is_bulk = headers.word("precedence").strip() in ("bulk", "junk")
    return is_bulk and "in-reply-to" in headers and "list-id" not in headers and "list-unsubscribe" not in headers


def is_list(headers: Headers) -> bool:
    """Tell whether the mail is one to many: of a mailing list, a newsletter, a mass sending."""
    return any(name in headers for name in _LIST_FIELDS) or headers.word("precedence").strip() in (
        "list",
        "bulk",
        "junk",
    )


def is_loop(headers: Headers, here: Here, authors: tuple[str, ...]) -> bool:
    """Tell whether the mail is our own come back, or has gone round for too long."""
    if any(each.lower() in here.addresses for each in authors):
        return True
    domain = (headers.unfolded("message-id") or "").strip().rstrip(">").rpartition("@")[2].lower()
    if domain and domain in here.message_id_domains:
        return True
    if any(each.lower().strip("<> ") in here.addresses for each in headers.every("x-loop")):
        return True
    return len(headers.every("received")) > _MOST_HOPS
