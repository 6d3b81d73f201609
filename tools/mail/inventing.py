"""Mails made up of parts at random, with words that must come out of them again."""

import base64
import quopri
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final

_CHARSETS: Final = (
    "utf-8",
    "iso-8859-1",
    "windows-1252",
    "us-ascii",
    "iso-8859-15",
    "utf-7",
    "",
    "x-inventado",
    "koi8-r",
)
_WORDS: Final = (
    "vecina", "parque", "basura", "semáforo", "niños", "camión", "«poste»", "jirón", "Ñaña", "recibo", "desagüe",
    "buenas tardes", "por favor", "gracias",
)  # fmt: skip
_MIXED: Final = ("mixed", "related", "report", "signed", "digest", "parallel", "x-otro")
_DEEPEST: Final = 4


@dataclass
class Invented:
    """A mail and the words of its text parts: each is one of a kind, and ASCII, so that no charset hides it."""

    raw: bytes
    words: list[str] = field(default_factory=list)


def invent(random: Random) -> Invented:
    """Return a mail as a program might write it that follows most rules."""
    words: list[str] = []
    body = _part(random, words, 0)
    eol = random.choice(("\n", "\r\n"))
    headers = [header(random) for header in _HEADERS if random.random() < 0.8]
    random.shuffle(headers)
    head = "".join(f"{line}\n" for line in headers).encode("utf-8" if random.random() < 0.9 else "latin-1", "replace")
    raw = head + body
    return Invented(raw.replace(b"\r\n", b"\n").replace(b"\n", eol.encode()), words)


def _subject(random: Random) -> str:
    text = " ".join(random.choices(_WORDS, k=3))
    coded = base64.b64encode(text.encode()).decode()
    return random.choice(
        (f"Subject: {text}", f"Subject: =?utf-8?B?{coded}?=",
         f"Subject: =?utf-8?B?{coded[:9]}?=\n =?utf-8?B?{coded[9:]}?=",
         f"Subject: Re: {text}\n y sigue", "Subject:", f"Subject: RV: =?iso-8859-1?Q?a=F1o_{text}")
    )  # fmt: skip


_HEADERS: Final[tuple[Callable[[Random], str], ...]] = (
    _subject,
    lambda random: random.choice(
        (
            "From: Ana Ñ <ana@example.org>",
            'From: "Quispe, Rosa" <r@example.org>',
            "From: r@example.org (Rosa)",
            "From: ",
        )
    ),
    lambda random: random.choice(("To: mesa@example.net", "To: Vecinos: a@example.org, b@example.org;", "To: <>")),
    lambda random: random.choice(("Date: Fri, 27 Nov 2026 09:00:00 -0500", "Date: ayer", "Date: 32 Foo 20 25:61:99")),
    lambda random: random.choice(("Message-ID: <a@example.org>", "Message-ID: a b", "In-Reply-To: <b@example.org>")),
    lambda random: random.choice(("MIME-Version: 1.0", "X-Spam-Flag: YES", "Auto-Submitted: no", "Precedence: normal")),
)


def _part(random: Random, words: list[str], depth: int) -> bytes:
    """Return a part: its headers, a blank line, its body."""
    kind = random.random()
    if depth >= _DEEPEST or kind < 0.55:
        return _text(random, words)
    if kind < 0.65:
        return _file(random)
    if kind < 0.72:
        return b"Content-Type: message/rfc822\n\nSubject: dentro\n" + _part(random, words, depth + 1)
    return _several(random, words, depth)


def _text(random: Random, words: list[str]) -> bytes:
    new = [f"clave{random.randrange(10**8)}z" for _ in range(random.randrange(1, 4))]
    words += new
    lines = [" ".join((*random.choices(_WORDS, k=random.randrange(6)), word)) for word in new]
    is_html = random.random() < 0.3
    text = _page(random, lines) if is_html else "\n".join(lines) + "\n"
    charset = random.choice(_CHARSETS)
    codec = "utf-8" if charset in ("", "x-inventado") else charset
    content = text.encode(codec, "replace")
    options = f"; charset={charset}" if charset else ""
    if not is_html and random.random() < 0.2:
        options += "; format=flowed"
    head = f"Content-Type: text/{'html' if is_html else 'plain'}{options}\n"
    if random.random() < 0.1:
        head += "Content-Disposition: inline\n"
    return _encoded(random, head, content)


def _page(random: Random, lines: list[str]) -> str:
    tag = random.choice(("p", "div", "td", "li", "blockquote", "b"))
    page = "".join(f"<{tag}>{line}</{tag}>\n" for line in lines)
    return random.choice((page, f"<html><head><title>x</title><style>p {{}}</style></head><body>{page}</body></html>"))


def _file(random: Random) -> bytes:
    name = random.choice(("foto.jpg", "recibo ñ.pdf", "../../etc/clave", "", 'a"b.pdf'))
    head = f'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="{name}"\n'
    return _encoded(random, head, random.randbytes(random.randrange(200)))


def _encoded(random: Random, head: str, content: bytes) -> bytes:
    encoding = random.choice(("base64", "quoted-printable", "8bit"))
    if encoding == "base64":
        body = base64.encodebytes(content)
    elif encoding == "quoted-printable":
        body = quopri.encodestring(content)
    else:
        body = content
    return f"{head}Content-Transfer-Encoding: {encoding}\n\n".encode() + body


def _several(random: Random, words: list[str], depth: int) -> bytes:
    boundary = random.choice(("limite", "----=_Part_1", "a'()+_,-./:=?b", "x" * 60)) + str(random.randrange(10**6))
    parts = [_part(random, words, depth + 1) for _ in range(random.randrange(1, 4))]
    head = f'Content-Type: multipart/{random.choice(_MIXED)}; boundary="{boundary}"\n\n'
    body = b"".join(f"--{boundary}\n".encode() + part + b"\n" for part in parts)
    return head.encode() + body + f"--{boundary}--\n".encode()
