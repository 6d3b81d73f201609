"""Which mails are one: what the sender wrote, whatever the servers on its way have added."""

import hashlib
import re

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_OF_THE_SENDER = re.compile(rb"^(message-id|from|date|subject):((?:.*)(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
_STRETCH = 1_000_000


def fingerprint(raw: bytes) -> str:
    """
    Return a digest (SHA-256, in hexadecimal) of Message-ID, sender, date, subject and body.

    Line ends and blanks between the words of a header do not count: every server has its own.
    """
    found = _HEADER_END.search(raw)
    begin = found.end() if found else len(raw)
    headers = raw[: found.start()] if found else raw
    digest = hashlib.sha256()
    named = sorted((name.lower(), b" ".join(value.split())) for name, value in _OF_THE_SENDER.findall(headers))
    for name, value in named if found else [(b"", headers)]:
        digest.update(name + b":" + value + b"\n")
    end = len(raw)
    while end > begin and raw[end - 1] in b"\r\n":
        end -= 1
    for start in range(begin, end, _STRETCH):
        digest.update(raw[start : min(end, start + _STRETCH)].translate(None, b"\r"))
    return digest.hexdigest()
