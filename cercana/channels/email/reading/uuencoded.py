"""Files that stand in the text itself, as programs wrote them before MIME (uuencode)."""

import binascii
import re
from typing import Final

_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} +([^\r\n]{1,200}?)[ \t]*\r?\n", re.MULTILINE)


def take_out(content: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Return ``content`` without the files in it, and the files as name and bytes; what is no such file stays."""
    files: list[tuple[bytes, bytes]] = []
    kept: list[bytes] = []
    at = 0
    while begin := _BEGIN.search(content, at):
        end, decoded = _lines(content, begin.end())
        if end == begin.end():
            kept.append(content[at:end])
        else:
            kept.append(content[at : begin.start()])
            files.append((begin[1], decoded))
        at = end
    return b"".join((*kept, content[at:])), files


def _lines(content: bytes, start: int) -> tuple[int, bytes]:
    """Return where the file that begins at ``start`` ends, and its bytes; ``start`` if a line of it is none."""
    decoded: list[bytes] = []
    at = start
    while at < len(content):
        stop = content.find(b"\n", at)
        stop = len(content) if stop < 0 else stop + 1
        line = content[at:stop].rstrip(b"\r\n")
        at = stop
        if line == b"end":
            return at, b"".join(decoded)
        piece = _decoded(line)
        if piece is None:
            return start, b""
        decoded.append(piece)
    return (at, b"".join(decoded)) if decoded else (start, b"")


def _decoded(line: bytes) -> bytes | None:
    if line in (b"", b"`", b" "):
        return b""
    length = (line[0] - 32) & 63
    needed = 1 + (length * 4 + 2) // 3
    if not 32 <= line[0] <= 96 or len(line) > needed + 4 or len(line) < needed - 3:
        return None
    try:
        return binascii.a2b_uu(line[: 1 + -(-length // 3) * 4])
    except binascii.Error:
        return None
