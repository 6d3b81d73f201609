"""The places of a text at which certain words stand, with a little around them: «…un [buzón sin tapa] desde el…»."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cercana.rules.triage.proposal import Span

_AROUND = 28
_LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; ``is_marked`` if it is one of the words looked for."""

    text: str
    is_marked: bool = False


def excerpts(text: str, spans: Iterable[Span]) -> list[Piece]:
    """Return ``text`` around ``spans``, in pieces; what is left out in between is «…»."""
    marks = _marks(text, spans)
    windows = _merged([(_begin(text, start), _end(text, end)) for start, end in marks])
    pieces: list[Piece] = []
    for begin, end in windows:
        if begin:
            pieces.append(Piece(_LEFT_OUT if not pieces else f"{_LEFT_OUT} "))
        pieces += _cut(text, begin, end, marks)
    if windows and windows[-1][1] < len(text):
        pieces.append(Piece(_LEFT_OUT))
    return [each for each in pieces if each.text]


def marked(text: str, spans: Iterable[Span]) -> list[Piece]:
    """Return the whole of ``text`` in pieces."""
    return [each for each in _cut(text, 0, len(text), _marks(text, spans)) if each.text]


def _marks(text: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    return _merged(sorted((each.start, min(each.end, len(text))) for each in spans if each.start < len(text)))


def _cut(text: str, begin: int, end: int, marks: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], begin
    for start, stop in marks:
        if begin <= start < end:
            pieces += [Piece(text[at:start]), Piece(text[start:stop], is_marked=True)]
            at = stop
    return [*pieces, Piece(text[at:end])]


def _merged(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ``places``, in order, with those that touch or overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _begin(text: str, start: int) -> int:
    """Return where the words around ``start`` begin, never in the middle of one."""
    if start <= _AROUND:
        return 0
    space = text.find(" ", start - _AROUND, start)
    return start if space < 0 else space + 1


def _end(text: str, end: int) -> int:
    if end + _AROUND >= len(text):
        return len(text)
    space = text.rfind(" ", end, end + _AROUND)
    return end if space < 0 else space
