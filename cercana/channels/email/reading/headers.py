"""Header fields: where they end, and what they are called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cercana.channels.email.reading.encoded_words import decode_words, unfold

_FIELD: Final = re.compile(rb"([!-9;-~]{1,80})[ \t]*:")
# Fields that a body does not begin with: «Hola: …» may be a line of the text, «Subject: …» is none.
_KNOWN: Final = frozenset(
    b"from to cc bcc subject date sender received comments keywords encrypted precedence organization approved "
    b"importance priority sensitivity status lines errors-to delivered-to".split()
)
_MBOX: Final = re.compile(rb">?From [^\r\n]*\r?\n")
_BLANK_LINES: Final = re.compile(rb"(?:[ \t]*\r*\n)+")
_LOOK_AHEAD: Final = 3


@dataclass(frozen=True)
class Headers:
    """The fields of a part, in their order: names in lower case, values as bytes."""

    fields: tuple[tuple[str, bytes], ...]

    @cached_property
    def _by_name(self) -> dict[str, list[bytes]]:
        found: dict[str, list[bytes]] = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        return found

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def unfolded(self, name: str) -> str | None:
        """Return the first such field on one line, encoded words as they are; None if there is none."""
        values = self._by_name.get(name)
        return unfold(values[0]) if values else None

    def every(self, name: str) -> list[str]:
        """Return all such fields, each on one line, encoded words as they are."""
        return [unfold(value) for value in self._by_name.get(name, ())]

    def text(self, name: str) -> str:
        """Return the first such field as people read it, "" if there is none."""
        return decode_words(self.unfolded(name) or "")

    def word(self, name: str) -> str:
        """Return the first such field in lower case, for comparing; "" if there is none."""
        return (self.unfolded(name) or "").lower()


def read_headers(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """Return the fields that begin at ``start`` and where the body begins; without a blank line, where they stop."""
    fields: list[tuple[str, bytes]] = []
    starts: list[int] = []
    at = start
    for begin, line in _lines(raw, start, end):
        at = begin + len(line)
        stripped = line.rstrip(b"\r\n")
        if not stripped or (not stripped.strip() and not fields):
            return Headers(tuple(fields)), at
        found = _FIELD.match(stripped)
        if found and not (fields and stripped[:1] in b" \t"):
            fields.append((found[1].decode("ascii").lower(), stripped[found.end() :]))
            starts.append(begin)
        elif fields and (stripped[:1] in b" \t" or _goes_on_after(raw, at, end)):
            name, value = fields[-1]
            fields[-1] = (name, value + b"\n" + stripped)
        else:
            return _without_blank_line(fields, starts, begin)
    return _without_blank_line(fields, starts, at) if fields else (Headers(()), at)


def skip_envelope(raw: bytes) -> int:
    """Return where the mail begins: behind blank lines, a byte order mark, and the separator of a mailbox file."""
    at = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    blank = _BLANK_LINES.match(raw, at)
    if blank and _is_known(raw[blank.end() : blank.end() + 80]):
        at = blank.end()
    envelope = _MBOX.match(raw, at)
    return envelope.end() if envelope and _FIELD.match(raw, envelope.end()) else at


def _lines(raw: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    at = start
    while at < end:
        stop = raw.find(b"\n", at, end)
        stop = end if stop < 0 else stop + 1
        yield at, raw[at:stop]
        at = stop


def _goes_on_after(raw: bytes, at: int, end: int) -> bool:
    """Tell whether a line that is no field stands among fields: cut by a program, and not indented."""
    for number, (_, line) in enumerate(_lines(raw, at, end)):
        if number >= _LOOK_AHEAD or not line.strip():
            return False
        if _is_known(line):
            return True
    return False


def _is_known(line: bytes) -> bool:
    found = _FIELD.match(line)
    if not found:
        return False
    name = found[1].lower()
    return name in _KNOWN or name.startswith(b"x-") or b"-" in name


def _without_blank_line(fields: list[tuple[str, bytes]], starts: list[int], at: int) -> tuple[Headers, int]:
    """Give lines back to the body that only look like fields, when no blank line has told the two apart."""
    while fields and not _is_known(fields[-1][0].encode() + b":"):
        at = starts.pop()
        fields.pop()
    return Headers(tuple(fields)), at
