"""Invitations as text, for mails that bring nothing else to read (RFC 5545)."""

import re
from typing import Final

from cercana.channels.email.reading.structure import Part

_FOLDED: Final = re.compile(r"\n[ \t]")
_LINE: Final = re.compile(
    r"^(SUMMARY|DTSTART|DTEND|LOCATION|DESCRIPTION|ORGANIZER)((?:;[^:\n]*)?):(.*)$", re.MULTILINE | re.IGNORECASE
)
_METHOD: Final = re.compile(rb"^METHOD:\s*\w", re.MULTILINE | re.IGNORECASE)
_INSTANT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2})?(Z?)")
_ESCAPED: Final = re.compile(r"\\([nN,;\\])")
_LABELS: Final = {
    "SUMMARY": "Invitación", "DTSTART": "Desde", "DTEND": "Hasta", "LOCATION": "Lugar", "ORGANIZER": "Organiza",
    "DESCRIPTION": "Detalle",
}  # fmt: skip


def is_invitation(part: Part) -> bool:
    """Tell whether ``part`` invites, or answers an invitation: a calendar sent as a mere file does neither."""
    if part.content_type != "text/calendar" or part.disposition[0] == "attachment":
        return False
    return bool(part.parameters.get("method")) or _METHOD.search(part.content()) is not None


def text_of_calendar(source: str) -> str:
    """Return what the first event of ``source`` says, a line for each of its facts; "" if there is none."""
    _, begin, rest = _FOLDED.sub("", source).partition("BEGIN:VEVENT")
    if not begin:
        return ""
    event = rest.partition("END:VEVENT")[0]
    found = {name.upper(): _readable(name.upper(), value) for name, _, value in reversed(_LINE.findall(event))}
    return "\n".join(f"{label}: {found[name]}" for name, label in _LABELS.items() if found.get(name))


def _readable(name: str, value: str) -> str:
    if name in ("DTSTART", "DTEND"):
        return _INSTANT.sub(_as_spoken, value.strip())
    if name == "ORGANIZER":
        return re.sub(r"^mailto:", "", value.strip(), flags=re.IGNORECASE)
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def _as_spoken(found: re.Match[str]) -> str:
    year, month, day, hour, minute, zone = found.groups()
    clock = f" {hour}:{minute}" if hour else ""
    return f"{day}/{month}/{year}{clock}{' UTC' if zone and hour else ''}"
