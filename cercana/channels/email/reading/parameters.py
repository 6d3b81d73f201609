"""Values with parameters: Content-Type, Content-Disposition (RFC 2045, 2231)."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote_to_bytes

from cercana.channels.email.reading.charsets import clean, decode
from cercana.channels.email.reading.encoded_words import decode_words

_PARAMETER: Final = re.compile(
    r"""(?<![^\s=;"])([^\s=;"]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"?|([^;]*))""",
)
_ESCAPED: Final = re.compile(r'\\(["\\])')
_SECTION: Final = re.compile(r"(.+?)\*([0-9]+)?(\*)?\Z")


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """Return the value itself, in lower case, and its parameters by name; what is broken is read as it was meant."""
    head, _, rest = value.partition(";")
    if "=" in head:
        # The semicolon behind the value is missing, or the value itself.
        first, _, more = head.strip().partition(" ")
        head, rest = ("", value) if "=" in first else (first, f"{more};{rest}")
    return head.strip().strip('"').lower(), _joined(_pairs(rest))


def _pairs(rest: str) -> Iterator[tuple[str, str]]:
    for found in _PARAMETER.finditer(rest):
        quoted = found[2]
        yield found[1].lower(), found[3].strip() if quoted is None else _ESCAPED.sub(r"\1", quoted)


def _joined(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    simple: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, value in pairs:
        section = _SECTION.match(name)
        if section:
            number = int(section[2][:6]) if section[2] else 0
            is_coded = section[3] is not None or section[2] is None
            sections.setdefault(section[1], {}).setdefault(number, (value, is_coded))
        else:
            simple.setdefault(name, decode_words(value))
    return simple | {name: _whole(found) for name, found in sections.items()}


def _whole(sections: dict[int, tuple[str, bool]]) -> str:
    """Return the value that RFC 2231 has cut into numbered sections, percent-coded in a charset told in the first."""
    ordered = [sections[number] for number in sorted(sections)]
    charset = ""
    first, is_coded = ordered[0]
    if is_coded and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
        ordered[0] = (first, True)
    content = b"".join(unquote_to_bytes(text) if coded else text.encode("utf-8") for text, coded in ordered)
    return decode_words(clean(decode(content, charset or None)))
