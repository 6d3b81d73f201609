"""
The tree of parts of a mail, as places in its bytes.

The parser of the standard library holds a mail several times over (as text, as lines, as parts); here nothing is
copied before somebody wants a part, so that 25 MB are read in little more than what they decode to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cercana.channels.email.reading.headers import Headers, read_headers, skip_envelope
from cercana.channels.email.reading.parameters import parameters
from cercana.channels.email.reading.transfer import plain_bytes, plain_pieces

_TYPE: Final = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+")
_BOUNDARY_LINE: Final = re.compile(rb"--([^\s][^\r\n]{0,119}?)[ \t]*\r*\n(?=content-)", re.IGNORECASE)
# Deeper nesting is kept as it is, as a file: nobody writes such mail to be read.
_DEEPEST: Final = 40
# Where the first boundary is looked for when the declared one is nowhere.
_LOOK_FOR_BOUNDARY: Final = 5_000
# So many parts are looked at; behind them everything is one.
_MOST_PARTS: Final = 5_000


@dataclass(frozen=True)
class Part:
    """A part of a mail: its headers, its type in lower case, and where its body stands in ``raw``."""

    raw: bytes
    headers: Headers
    content_type: str
    parameters: dict[str, str]
    start: int
    end: int
    children: tuple["Part", ...]
    # Text beside the parts of a multipart, which programs do not show and some people write.
    beside: tuple[tuple[int, int], ...] = ()

    @property
    def maintype(self) -> str:
        """Return "text", "multipart", "image" and so on."""
        return self.content_type.partition("/")[0]

    @property
    def size_as_sent(self) -> int:
        """Return how many bytes the body takes in the mail, transfer encoding included."""
        return self.end - self.start

    @cached_property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """Return "inline", "attachment" or "", and what is said with it."""
        return parameters(self.headers.unfolded("content-disposition") or "")

    @property
    def filename(self) -> str | None:
        """Return what the sender calls the part, None if nothing."""
        name = self.disposition[1].get("filename") or self.parameters.get("name") or ""
        return name.strip("'“”\" ") or None

    def content(self) -> bytes:
        """Return the body without its transfer encoding."""
        return plain_bytes(*self._encoded, is_text=self.maintype == "text")

    def pieces(self) -> Iterator[bytes]:
        """Yield the body without its transfer encoding, a large one in stretches."""
        return plain_pieces(*self._encoded, is_text=self.maintype == "text")

    @property
    def _encoded(self) -> tuple[memoryview, str]:
        return memoryview(self.raw)[self.start : self.end], self.headers.word("content-transfer-encoding")

    def walk(self) -> Iterator["Part"]:
        """Yield this part and all below it, in their order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def own(self) -> Iterator["Part"]:
        """Yield this part and those below it, but not those of mails within: what others wrote is not said here."""
        yield self
        for child in self.children if self.maintype == "multipart" else ():
            yield from child.own()


def read_structure(raw: bytes) -> Part:
    """Return the tree of ``raw``; never raise."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.decode("utf-16", "replace").encode()
    start = skip_envelope(raw)
    if raw.find(b"\r", start, start + 2000) >= 0 and raw.find(b"\n", start) < 0:
        raw = raw.replace(b"\r", b"\n")
        start = skip_envelope(raw)
    return _part(raw, start, len(raw), default="text/plain", depth=0)


def _part(raw: bytes, start: int, end: int, *, default: str, depth: int) -> Part:
    headers, body = read_headers(raw, start, end)
    content_type, options = parameters(headers.unfolded("content-type") or default)
    content_type = _repaired(content_type, options, default)
    if content_type.startswith("multipart/") and depth < _DEEPEST:
        return _multipart(raw, headers, (content_type, options), (body, end), depth)
    if content_type in ("message/rfc822", "message/global", "message/news") and depth < _DEEPEST:
        return _message(raw, headers, (content_type, options), (body, end), depth)
    return Part(raw, headers, content_type, options, body, end, ())


def _repaired(content_type: str, options: dict[str, str], default: str) -> str:
    found = _TYPE.match(content_type)
    if found:
        return found[0]
    if content_type in ("text", "html", "plain", "multipart", "text/"):
        return {"html": "text/html", "multipart": "multipart/mixed"}.get(content_type, "text/plain")
    return "multipart/mixed" if options.get("boundary") else default


def _message(raw: bytes, headers: Headers, kind: tuple[str, dict[str, str]], body: tuple[int, int], depth: int) -> Part:
    """Return a mail within a mail; one that is transfer-encoded, which is forbidden and happens, is decoded first."""
    start, end = body
    whole = Part(raw, headers, *kind, start, end, ())
    if headers.word("content-transfer-encoding").startswith(("base64", "quoted")):
        content = whole.content()
        inner = _part(content, skip_envelope(content), len(content), default="text/plain", depth=depth + 1)
    else:
        inner = _part(raw, min(skip_envelope(raw, start), end), end, default="text/plain", depth=depth + 1)
    return Part(raw, headers, *kind, start, end, (inner,))


def _multipart(
    raw: bytes, headers: Headers, kind: tuple[str, dict[str, str]], body: tuple[int, int], depth: int
) -> Part:
    start, end = body
    content_type, options = kind
    places = _boundaries(raw, options.get("boundary", ""), start, end)
    if not places:
        return _decoded_multipart(raw, headers, kind, body, depth)
    default = "message/rfc822" if content_type == "multipart/digest" else "text/plain"
    stops = [place[0] for place in places[1:]] + [end]
    children, beside = [], [(start, places[0][0])]
    for (_, begin, is_last), stop in zip(places, stops, strict=True):
        if is_last and not raw[begin : min(stop, begin + 200)].lstrip()[:8].lower().startswith(b"content-"):
            beside.append((begin, stop))
        else:
            children.append(
                _part(raw, begin, max(begin, _before_line_end(raw, stop)), default=default, depth=depth + 1)
            )
    return Part(raw, headers, content_type, options, start, end, tuple(children), tuple(beside))


def _decoded_multipart(
    raw: bytes, headers: Headers, kind: tuple[str, dict[str, str]], body: tuple[int, int], depth: int
) -> Part:
    """Return a multipart whose boundary is nowhere: transfer-encoded as a whole, which is forbidden, or plain text."""
    whole = Part(raw, headers, *kind, *body, ())
    if headers.word("content-transfer-encoding").startswith(("base64", "quoted")):
        content = whole.content()
        if _boundaries(content, kind[1].get("boundary", ""), 0, len(content)):
            return _multipart(content, Headers(()), kind, (0, len(content)), depth + 1)
    looks_like_html = re.match(rb"\s*<(?:!doctype|html|body|div|p)\b", raw[body[0] : body[0] + 200], re.IGNORECASE)
    return Part(raw, headers, "text/html" if looks_like_html else "text/plain", {}, *body, ())


def _boundaries(raw: bytes, declared: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Return the lines between the parts: those declared, or else those that look like it."""
    boundary = declared.encode("utf-8", "replace").strip()
    guessed = _BOUNDARY_LINE.search(raw, start, min(end, start + _LOOK_FOR_BOUNDARY))
    for each in dict.fromkeys((boundary, boundary.strip(b"\"'"), guessed[1] if guessed else b"")):
        places = _delimiters(raw, each, start, end) if each else []
        if places:
            return places
    return []


def _delimiters(raw: bytes, boundary: bytes, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Return for each line that is ``boundary``: where it begins, where the next begins, whether it is the last one."""
    places: list[tuple[int, int, bool]] = []
    mark = b"--" + boundary
    at = raw.find(mark, start, end)
    while at >= 0 and len(places) < _MOST_PARTS:
        behind = at + len(mark)
        if _begins_line(raw, at, start):
            stop = raw.find(b"\n", behind, end)
            stop = end if stop < 0 else stop + 1
            rest = raw[behind : min(stop, behind + 200)].strip()
            if rest in (b"", b"--"):
                places.append((at, stop, rest == b"--"))
        at = raw.find(mark, behind, end)
    return places


def _begins_line(raw: bytes, at: int, start: int) -> bool:
    while at > start and raw[at - 1 : at] == b"\x00":
        at -= 1
    return at == start or raw[at - 1 : at] in (b"\n", b"\r")


def _before_line_end(raw: bytes, at: int) -> int:
    """Return the place before the line break that belongs to the boundary behind it."""
    if raw[at - 1 : at] != b"\n":
        return at
    return at - 2 if raw[at - 2 : at - 1] == b"\r" else at - 1
