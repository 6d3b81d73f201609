"""Damage as it happens to mail on its way."""

import re
from collections.abc import Callable
from random import Random
from typing import Final

_RUBBISH: Final = (
    b"\x00", b"\r", b"\n", b"\r\n\r\n", b"--", b"=?utf-8?B?", b"?=", b"=", b"\xff\xfe", b"\xc3", b"\x1b$B",
    b"%", b"'",
    b"Content-Type: multipart/mixed\n", b"Content-Type: message/rfc822\n\n", b"<!--", b"<script>", b"boundary=",
    b";", b'"',
    b"begin 644 a\n", b"\xef\xbb\xbf", b"charset=utf-16", b"charset=utf-7\n", b"Content-Transfer-Encoding: base64\n",
    b"(", b"<", b"> ", b"&#xD800;",
)  # fmt: skip


def damage(random: Random, raw: bytes) -> bytes:
    """Return ``raw`` with bytes lost, doubled, changed or put in: anything may be left of it."""
    for _ in range(random.randrange(1, 8)):
        at = random.randrange(len(raw) + 1)
        length = random.choice((1, 1, 2, 8, 50, 400))
        kind = random.randrange(5)
        if kind == 0:
            raw = raw[:at] + raw[at + length :]
        elif kind == 1:
            raw = raw[:at] + random.choice(_RUBBISH) + raw[at:]
        elif kind == 2:
            raw = raw[:at] + random.randbytes(min(length, 8)) + raw[at + min(length, 8) :]
        elif kind == 3:
            raw = raw[:at] + raw[at : at + length] * random.randrange(2, 4) + raw[at + length :]
        else:
            raw = raw[:at]
    return raw


def hurt(random: Random, raw: bytes) -> bytes:
    """Return ``raw`` with damage that leaves every word of its texts where it can be found."""
    for way in random.sample(_WAYS, random.randrange(4)):
        raw = way(random, raw)
    return raw


def _without_last_boundary(_: Random, raw: bytes) -> bytes:
    at = raw.rstrip().rfind(b"\n--")
    return raw[: at + 1] if at > 0 and raw.rstrip().endswith(b"--") else raw


def _with_blank_start(_: Random, raw: bytes) -> bytes:
    return _line_end(raw) * 2 + raw


def _line_end(raw: bytes) -> bytes:
    return b"\n" if b"\n" in raw else b"\r"


def _from_a_mailbox(_: Random, raw: bytes) -> bytes:
    return b"From ana@example.org Fri Nov 27 09:00:00 2026" + _line_end(raw) + raw


def _with_a_mark(_: Random, raw: bytes) -> bytes:
    return b"\xef\xbb\xbf" + raw


def _in_capitals(_: Random, raw: bytes) -> bytes:
    return raw.replace(b"Content-Type", b"CONTENT-TYPE").replace(b"charset=", b"CHARSET=")


def _without_version(_: Random, raw: bytes) -> bytes:
    return raw.replace(b"MIME-Version: 1.0\n", b"")


def _without_quotes(_: Random, raw: bytes) -> bytes:
    return (
        raw.replace(b'boundary="', b"boundary=").replace(b'"\r\n\r\n--', b"\r\n\r\n--").replace(b'"\n\n--', b"\n\n--")
    )


def _with_old_line_ends(_: Random, raw: bytes) -> bytes:
    return re.sub(rb"\r*\n", b"\r", raw)


def _with_doubled_returns(_: Random, raw: bytes) -> bytes:
    return re.sub(rb"\r*\n", b"\r\r\n", raw)


def _with_zeros(random: Random, raw: bytes) -> bytes:
    at = raw.find(b"\n\n")
    return raw[: at + 2] + b"\x00" * random.randrange(1, 4) + raw[at + 2 :] if at > 0 else raw


def _without_blank_line(_: Random, raw: bytes) -> bytes:
    at = raw.find(b"\nContent-Transfer-Encoding: 8bit\n\n")
    return raw[: at + 33] + raw[at + 34 :] if at >= 0 else raw


def _with_a_cut_subject(_: Random, raw: bytes) -> bytes:
    return raw.replace(b"\n y sigue", b"\ny sigue")


_WAYS: Final[tuple[Callable[[Random, bytes], bytes], ...]] = (
    _without_last_boundary, _with_blank_start, _from_a_mailbox, _with_a_mark, _in_capitals, _without_version,
    _without_quotes, _with_old_line_ends, _with_doubled_returns, _with_zeros, _without_blank_line, _with_a_cut_subject,
)  # fmt: skip
