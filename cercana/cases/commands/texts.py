"""The texts that commands take: said, and no longer than anybody can read."""

from cercana.cases.errors import TextMissing, TextTooLong

LONGEST_TEXT = 20_000


def checked(text: str, what: str = "escriba al menos una frase") -> str:
    """Return ``text`` without blanks around it; raise TextMissing, which says ``what`` is wanted, or TextTooLong."""
    tidy = text.strip()
    if not tidy:
        raise TextMissing(what=what)
    if len(tidy) > LONGEST_TEXT:
        raise TextTooLong(limit=LONGEST_TEXT)
    return tidy
