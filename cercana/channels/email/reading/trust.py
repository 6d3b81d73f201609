"""What the servers before us have found out about a mail: whether it is spam, whether its sender is who it says."""

import re
from typing import Final

from cercana.channels.email.reading.headers import Headers
from cercana.channels.email.reading.mail import Authenticity, Here, Spam

_SCORE: Final = re.compile(r"(?:score|hits)\s*[=:]?\s*\[?(-?\d+(?:\.\d+)?)|\[(-?\d+(?:\.\d+)?) /", re.IGNORECASE)
_RESULT: Final = re.compile(r"\s*(dmarc|spf|dkim)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_HEADER_FROM: Final = re.compile(r"\bheader\.from\s*=\s*([^\s;]+)", re.IGNORECASE)
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')
_DEEPEST_COMMENT: Final = 4
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


def read_authenticity(headers: Headers, here: Here, domains: frozenset[str]) -> Authenticity:
    """
    Return the results of the topmost header of a relay we trust; of all others nothing is believed.

    ``domains`` are those of the senders the mail names, in lower case: what was proven of another domain, or of one of
    several, proves nobody.
    """
    for value in headers.every("authentication-results"):
        authserv_id, _, results = value.partition(";")
        name = (authserv_id.split() or [""])[0].lower()
        if name in here.authserv_ids:
            found = _results(results, domains)
            return Authenticity(found.get("dmarc"), found.get("spf"), found.get("dkim"), name)
    return Authenticity()


def _results(told: str, domains: frozenset[str]) -> dict[str, str]:
    """Return the first result of each method; of several signatures one that holds is enough."""
    found: dict[str, str] = {}
    # Comments and quoted words are what anybody wrote into the envelope: «smtp.mailfrom="dmarc=pass"@…».
    for _ in range(_DEEPEST_COMMENT):
        told = _QUOTED.sub("", told)
    for each in told.split(";"):
        result = _RESULT.match(each)
        if result is None:
            continue
        method, value = result[1].lower(), result[2].lower()
        if method == "dmarc" and value == "pass" and not _is_about(each, domains):
            value = "none"
        if method not in found or (method == "dkim" and value == "pass"):
            found[method] = value
    return found


def _is_about(result: str, domains: frozenset[str]) -> bool:
    """Tell whether a result of DMARC is about the only sender that the mail names."""
    about = _HEADER_FROM.search(result)
    return len(domains) == 1 and (about is None or about[1].lower().rpartition("@")[2] in domains)
