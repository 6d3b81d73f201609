"""The Date of a mail, in the many ways programs write it."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final

_COMMENT: Final = re.compile(r"\([^()]*\)?")
_ISO: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}")
_ZONE_WORD: Final = re.compile(r"\b(?:GMT|UTC|Z)\s*([+-]\d{1,2}):?(\d{2})?\b", re.IGNORECASE)
_COLON_ZONE: Final = re.compile(r"([+-]\d{2}):(\d{2})\b")
_NOON: Final = re.compile(r"(\d{1,2})((?::\d{2}){1,2})\s*([ap])\.?\s?m\.?", re.IGNORECASE)
# Months and days in Spanish, for programs that forget that mail is written in English.
_SPANISH: Final = {
    "ene": "Jan", "abr": "Apr", "ago": "Aug", "set": "Sep", "dic": "Dec", "lun": "Mon", "mar": "Mar", "mie": "Wed",
    "jue": "Thu", "vie": "Fri", "sab": "Sat", "dom": "Sun",
}  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ]{3,}\.?")
_DAY_WORD: Final = re.compile(r"^[A-Za-zÀ-ÿ]{2,10}\.?,?\s+(?=\d)")
_ACCENTS: Final = str.maketrans("áéíóú", "aeiou")
_FARTHEST_ZONE: Final = 24 * 3600


def read_date(value: str | None) -> datetime | None:
    """Return the instant that ``value`` tells, aware, in the sender's offset or UTC; None if it tells none."""
    if not value:
        return None
    text = _COMMENT.sub(" ", value[:200]).strip()
    if _ISO.match(text):
        return _iso(text)
    plain = _ZONE_WORD.sub(lambda zone: f"{_signed(zone[1])}{zone[2] or '00'}", text)
    plain = _COLON_ZONE.sub(r"\1\2", _NOON.sub(_of_day, plain))
    return _rfc(plain) or _rfc(_in_english(plain))


def _signed(hours: str) -> str:
    return f"{hours[0]}{hours[1:]:0>2}"


def _of_day(found: re.Match[str]) -> str:
    hour = int(found[1]) % 12 + (12 if found[3] in "pP" else 0)
    return f"{hour:02}{found[2]} "


def _in_english(text: str) -> str:
    text = _DAY_WORD.sub("", text).replace(" de ", " ")
    return _WORD.sub(lambda word: _SPANISH.get(word[0].lower().translate(_ACCENTS)[:3], word[0][:3]), text)


def _iso(text: str) -> datetime | None:
    found = re.match(
        r"(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?", text
    )
    if not found:
        return None
    year, month, day, clock, zone = found.groups()
    zone = "+00:00" if zone in (None, "Z", "z") else zone
    try:
        return datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{clock:0>5}{zone}")
    except ValueError:
        return None


def _rfc(text: str) -> datetime | None:
    try:
        parts = parsedate_tz(text)
    except (ValueError, IndexError, TypeError):
        return None
    if parts is None:
        return None
    offset = parts[9] or 0
    zone = timezone(timedelta(seconds=offset)) if 0 < abs(offset) < _FARTHEST_ZONE else UTC
    try:
        return datetime(*parts[:5], min(parts[5], 59), tzinfo=zone)
    except (ValueError, OverflowError):
        return None
