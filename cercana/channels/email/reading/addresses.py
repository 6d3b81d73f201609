"""Addresses as mail programs write them: names, groups, comments, and what is broken (RFC 5322, 6532)."""

import re
from typing import Final

from cercana.channels.email.reading.encoded_words import decode_words
from cercana.channels.email.reading.mail import Address

_TOKEN: Final = re.compile(
    r"""(?P<quoted>"(?:\\.|[^"\\])*")|(?P<angle><[^<>]*>?)|(?P<comment>\((?:\\.|[^()\\])*\))|(?P<end>[,;])|(?P<group>:)"""
    r"""|(?P<word>[^"<(,;:]+|["(])""",
    re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_ADDRESS: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_BARE: Final = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
_ROUTE: Final = re.compile(r"@[^:]*:")
_MAILTO: Final = re.compile(r"mailto:", re.IGNORECASE)
# A header of thousands of recipients is read so far.
_LONGEST: Final = 100_000


def read_addresses(value: str) -> tuple[Address, ...]:
    """Return the mailboxes of a header field on one line, those of groups included; never raise."""
    found: list[Address] = []
    entry = _Entry()
    for token in _TOKEN.finditer(value[:_LONGEST]):
        if token.lastgroup == "end":
            found += entry.addresses()
            entry = _Entry()
        elif token.lastgroup == "group" and entry.is_group_name():
            entry = _Entry()
        else:
            entry.add(token.lastgroup or "", token[0])
    return tuple(found + entry.addresses())


class _Entry:
    """What stands between two commas."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.comments: list[str] = []
        self.angles: list[str] = []

    def add(self, kind: str, text: str) -> None:
        if kind == "quoted":
            plain = _ESCAPED.sub(r"\1", text[1:-1])
            self.words.append(f'"{plain}"' if "@" in text else plain)
        elif kind == "angle":
            self.angles.append(_MAILTO.sub("", text.strip("<>").strip()))
        elif kind == "comment":
            self.comments.append(_ESCAPED.sub(r"\1", text[1:-1]))
        else:
            self.words.append(text)

    def is_group_name(self) -> bool:
        return not self.angles and not any("@" in word for word in self.words)

    def addresses(self) -> list[Address]:
        words = "".join(self.words).strip()
        comment = decode_words(" ".join(self.comments)).strip()
        if self.angles:
            name = _name(words) or comment
            return [Address(name if number == 0 else "", _ROUTE.sub("", each, count=1)) for number, each in
                    enumerate(self.angles) if each or (number == 0 and name)]  # fmt: skip
        bare = _BARE.findall(words)
        if len(bare) == 1:
            left = words.replace(bare[0], " ")
            return [Address(_name(left) or comment, _MAILTO.sub("", bare[0].strip("[]'")))]
        if bare:
            return [Address("", _MAILTO.sub("", each)) for each in bare]
        name = _name(words) or comment
        return [Address(name, "")] if name and name != "undisclosed-recipients" else []


def _name(words: str) -> str:
    name = " ".join(decode_words(words).split())
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1].strip()
    return name
