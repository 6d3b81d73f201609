"""What the servers before us have found out about a mail: whether it is spam, whether its sender is who it says."""

import re
from typing import Final

from cercana.channels.email.reading.headers import Headers
from cercana.channels.email.reading.mail import Authenticity, Here, Spam

_SCORE: Final = re.compile(r"(?:score|hits)\s*[=:]?\s*\[?(-?\d+(?:\.\d+)?)|\[(-?\d+(?:\.\d+)?) /", re.IGNORECASE)
_RESULT: Final = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*([a-z]+)", re.IGNORECASE)
# Microsoft's confidence level: 5 and more go to the junk folder.
_JUNK_LEVEL: Final = 5


def read_spam(headers: Headers) -> Spam:
    """Return what the filters say; the first that says yes counts."""
    score = _score(headers)
    for name, yes in _SIGNS:
        value = headers.word(name).strip()
        if value and yes.match(value):
            return Spam(True, score, name)
    for name in ("x-ms-exchange-organization-scl", "x-exchange-antispam-scl"):
        level = headers.word(name).strip()
        if level.isdecimal() and int(level[:3]) >= _JUNK_LEVEL:
            return Spam(True, float(level[:3]), name)
    source = next((name for name, _ in _SIGNS if name in headers), None)
    return Spam(False, score, source)


_SIGNS: Final = (
    ("x-spam-flag", re.compile("yes|true")),
    ("x-spam-status", re.compile("yes")),
    ("x-spam", re.compile("yes|true|spam")),
    ("x-rspamd-action", re.compile("reject|add header|rewrite subject|quarantine")),
    ("x-spamd-result", re.compile("default: true")),
    ("x-spam-action", re.compile("reject|add header|rewrite subject")),
    ("x-barracuda-spam-status", re.compile("yes")),
    ("x-barracuda-spam-flag", re.compile("yes")),
    ("x-forefront-antispam-report", re.compile(r".*\bsfv:(?:spm|sks|skb)\b")),
    ("x-bogosity", re.compile("spam|yes")),
    ("x-dspam-result", re.compile("spam|blacklisted")),
    ("x-ovh-spam-reason", re.compile(r"vr: spam")),
)


def _score(headers: Headers) -> float | None:
    for name in ("x-spam-status", "x-spamd-result", "x-spam-score", "x-rspamd-score"):
        value = headers.word(name)
        found = _SCORE.search(value) or re.match(r"\s*()(-?\d+(?:\.\d+)?)", value)
        if found:
            return float((found[1] or found[2])[:20])
    return None


def read_authenticity(headers: Headers, here: Here) -> Authenticity:
    """Return the results of the topmost header of a relay we trust; of all others nothing is believed."""
    for value in headers.every("authentication-results"):
        authserv_id, _, results = value.partition(";")
        name = (authserv_id.split() or [""])[0].lower()
        if name not in here.authserv_ids:
            continue
        found: dict[str, str] = {}
        for method, result in _RESULT.findall(results):
            kind = method.lower()
            # Several signatures: one that holds is enough.
            if kind not in found or result.lower() == "pass":
                found[kind] = result.lower()
        return Authenticity(found.get("dmarc"), found.get("spf"), found.get("dkim"), name)
    return Authenticity()
