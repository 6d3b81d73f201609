"""Header fields: where they end, and what they are called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cercana.channels.email.reading.encoded_words import decode_words, unfold

_FIELD: Final = re.compile(rb"([!-9;-~]{1,80})[ \t]*:")
_FIELD_BEHIND_WORDS: Final = re.compile(rb"(?:[!-9;-~]{1,40} ){1,3}([!-9;-~]{1,40}-[!-9;-~]{1,40}):")
# Fields that a body does not begin with: «Hola: …» may be a line of the text, «Subject: …» is none.
_KNOWN: Final = frozenset(
    b"from to cc bcc subject date sender received comments keywords encrypted precedence organization approved "
    b"importance priority sensitivity status lines errors-to delivered-to".split()
)
_ENVELOPE: Final = re.compile(rb"(?:\xef\xbb\xbf|\x00|[ \t]*\r*\n|[ \t]+(?=\S)|>?From [^\r\n]*\r*\n?)*")
_LOOK_AHEAD: Final = 3
_MOST_FIELDS: Final = 2_000


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
    found: list[tuple[int, str, list[bytes]]] = []  # where each begins, its name, its lines
    at = start
    for begin, line in _lines(raw, start, end):
        stripped = line.rstrip(b"\r\n")
        is_indented = stripped[:1] in (b" ", b"\t")
        if not stripped or (is_indented and not stripped.strip() and not found):
            return _headers(found), begin + len(line)
        field = None if is_indented and found else _FIELD.match(stripped) or _field_behind_words(stripped)
        if len(found) >= _MOST_FIELDS:
            return _headers(found), begin
        if field:
            found.append((begin, field[1].decode("ascii").lower(), [stripped[field.end() :]]))
        elif found and (is_indented or _goes_on_after(raw, begin + len(line), end)):
            found[-1][2].append(stripped)
        else:
            return _without_blank_line(found, begin)
        at = begin + len(line)
    return _without_blank_line(found, at)


def _headers(found: list[tuple[int, str, list[bytes]]]) -> Headers:
    return Headers(tuple((name, b"\n".join(lines)) for _, name, lines in found))


def skip_envelope(raw: bytes, start: int = 0) -> int:
    """Return where the mail begins: behind blank lines, a byte order mark, and the separator of a mailbox file."""
    found = _ENVELOPE.match(raw, start)
    at = found.end() if found else start
    return at if at > start and _is_known(raw[at : at + 80]) else start


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


def _field_behind_words(line: bytes) -> re.Match[bytes] | None:
    """Return a well-known field before which a program has left a word or two."""
    found = _FIELD_BEHIND_WORDS.match(line[:200])
    return found if found and _is_known(found[1] + b":") else None


def _is_known(line: bytes) -> bool:
    found = _FIELD.match(line)
    if not found:
        return False
    name = found[1].lower()
    return name in _KNOWN or name.startswith(b"x-") or b"-" in name


def _without_blank_line(found: list[tuple[int, str, list[bytes]]], at: int) -> tuple[Headers, int]:
    """Give lines back to the body that only look like fields, when no blank line has told the two apart."""
    while found and not _is_known(found[-1][1].encode() + b":"):
        at = found.pop()[0]
    return _headers(found), at
