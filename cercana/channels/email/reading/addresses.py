"""Addresses as mail programs write them: names, groups, comments, and what is broken (RFC 5322, 6532)."""

import re
from typing import Final

from cercana.channels.email.reading.encoded_words import decode_words
from cercana.channels.email.reading.mail import Address

_TOKEN: Final = re.compile(
    r"""
    (?P<local>"(?:\\.|[^"\\])*"@[^\s,;<>()]+)
    |(?P<quoted>"(?:\\.|[^"\\])*")
    |(?P<angle><+[^<>]*>*)
    |(?P<comment>\((?:\\.|[^()\\]|\([^()]{0,80}\)){0,120}+\))
    |(?P<end>[,;])
    |(?P<group>(?<!mailto):)
    |(?P<word>(?:[^"<(,;:]|(?<=mailto):)+|["(])
    """,
    re.DOTALL | re.VERBOSE,
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_BARE: Final = re.compile(r"(?<![^\s@<>,;\"])[^\s@<>,;\"]+@[^\s@<>,;\"]+")
_BLANKS_AROUND_AT: Final = re.compile(r"\s*@\s*")
_ROUTE: Final = re.compile(r"^@[^:]*:")
_MAILTO: Final = re.compile(r"mailto:", re.IGNORECASE)
# Thousands of recipients are read so far.
_LONGEST: Final = 50_000
_NOBODY: Final = frozenset({"undisclosed-recipients", "undisclosed recipients", "recipient list not shown"})


def read_addresses(value: str) -> tuple[Address, ...]:
    """Return the mailboxes of a header field on one line, those of groups included; never raise."""
    found: list[Address] = []
    entry = _Entry()
    for token in _TOKEN.finditer(value[:_LONGEST]):
        kind = token.lastgroup or ""
        if kind == "end" and token[0] == "," and entry.is_half_a_name(value[token.end() : token.end() + 80]):
            entry.words.append(", ")
        elif kind == "end":
            found += entry.addresses()
            entry = _Entry()
        elif kind == "group" and entry.is_name():
            entry = _Entry()
        else:
            entry.add(kind, token[0])
    return tuple(found + entry.addresses())


class _Entry:
    """What stands between two commas."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.comments: list[str] = []
        self.angles: list[str] = []

    def add(self, kind: str, text: str) -> None:
        """Add a token of the field."""
        if kind == "quoted":
            plain = _ESCAPED.sub(r"\1", text[1:-1])
            self.words.append(f'"{plain}"' if "@" in plain else plain)
        elif kind in ("angle", "local"):
            self.angles.append(_MAILTO.sub("", text.strip("<>").strip()))
        elif kind == "comment":
            self.comments.append(_ESCAPED.sub(r"\1", text[1:-1]))
        else:
            self.words.append(text)

    def is_name(self) -> bool:
        """Tell whether there is no address so far."""
        return not self.angles and not any("@" in word for word in self.words)

    def is_half_a_name(self, rest: str) -> bool:
        """Tell whether a comma stands within a name without quotes: «Quispe, Rosa <rosa@example.org>»."""
        before_angle, angle, _ = rest.partition("<")
        return self.is_name() and bool("".join(self.words).strip() and angle) and not re.search(r"[@,;:]", before_angle)

    def addresses(self) -> list[Address]:
        """Return the mailboxes: one as a rule, none if there is nothing, several where commas are missing."""
        words = "".join(self.words).strip()
        comment = decode_words(" ".join(self.comments)).strip()
        if self.angles:
            names = [_name(words) or comment, *([""] * len(self.angles))]
            found = [Address(name, _ROUTE.sub("", each)) for name, each in zip(names, self.angles, strict=False)]
            return [each for each in found if each.name or each.address]
        bare = _BARE.findall(words) or _BARE.findall(words := _BLANKS_AROUND_AT.sub("@", words))
        if len(bare) == 1:
            return [Address(_name(words.replace(bare[0], " ")) or comment, _plain(bare[0]))]
        if bare:
            return [Address("", _plain(each)) for each in bare]
        name = _name(words) or comment
        return [Address(name, "")] if name and name.lower() not in _NOBODY else []


def _plain(bare: str) -> str:
    bare = bare.strip("'")
    return _MAILTO.sub("", bare.strip("[]") if bare.startswith("[") else bare)


def _name(words: str) -> str:
    name = " ".join(decode_words(words).split())
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1].strip()
    return name
