"""The number of a case: ``SI-2026-004217-G``, whose last letter catches every slip of one character or swap of two."""

import re
from dataclasses import dataclass
from typing import ClassVar

from cercana.rules.errors import DomainError
from cercana.rules.typed_marks import bare_of_marks

# ISO/IEC 7064, MOD 37-2: the position of a character is its value.
_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
# A star is hard to dictate, and O and I read as digits: their sequence values are skipped.
_NEVER_ISSUED = frozenset("*OI")
_ZERO = ord("0")

# Dashes may be missing but not elsewhere. Past six digits they are required: without them
# a digit typed in place of a dash would be one more digit of the sequence.
# Where digits stand, and at the end, where no O is ever issued, the letter O can but be a zero.
_SHAPE = re.compile(
    r"(?:(?P<prefix>[A-Z]+)-?)?"
    r"(?P<year>[0-9][0-9O]{3})(?:-?(?P<sequence>[0-9O]{6})-?|-(?P<long_sequence>[1-9][0-9O]{6,8})-)(?P<check>[0-9A-Z*])"
)


class NumberUnknown(DomainError):
    """No case can have this number: its check character does not fit."""

    code: ClassVar[str] = "case.number_unknown"
    message: ClassVar[str] = "Ese número no existe; la letra final no coincide."
    status: ClassVar[int] = 404


class NumberMalformed(NumberUnknown):
    """The text does not look like a case number at all."""

    code = "case.number_malformed"
    message = "Ese número no existe; un número de caso se ve así: {example}."


class NumberOfAnotherPrefix(NumberUnknown):
    """The number begins with letters that are not ours."""

    code = "case.number_of_another_prefix"
    message = "Ese número no existe; los nuestros empiezan con {prefix}."


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A number that can be issued; ``str()`` gives its one written form."""

    prefix: str
    year: int
    sequence: int

    def __str__(self) -> str:
        return _written(self.prefix, self.year, self.sequence, check_character(self.year, self.sequence))


def check_character(year: int, sequence: int) -> str:
    """Return the character that makes year, sequence and itself add up to 1 (ISO/IEC 7064, MOD 37-2)."""
    total = 0
    for digit in f"{year:04d}{sequence:06d}".encode():
        total = (total + digit - _ZERO) * 2 % 37
    return _CHARACTERS[(1 - total) % 37]


def issue(prefix: str, year: int, sequence: int) -> str | None:
    """Return the number for this value of the year's sequence, or None if the value must be skipped."""
    check = check_character(year, sequence)
    return None if check in _NEVER_ISSUED else _written(prefix, year, sequence, check)


def parse(text: str, prefix: str) -> CaseNumber:
    """
    Return the number a person typed, forgiving capitals, spaces, dots, dashes of any kind or none, a missing prefix,
    and the letter O for a zero.

    Raise NumberMalformed, NumberOfAnotherPrefix or NumberUnknown, which is the parent of both.
    """
    typed = bare_of_marks(text)
    # isascii: upper() would turn a long s into our S, a dotless i into our I.
    shape = _SHAPE.fullmatch(typed.upper()) if typed.isascii() else None
    if shape is None:
        raise NumberMalformed(example=CaseNumber(prefix, 2026, 4217))
    if shape["prefix"] not in (None, prefix):
        raise NumberOfAnotherPrefix(prefix=prefix)
    year, sequence, check = (
        each.replace("O", "0") for each in (shape["year"], shape["sequence"] or shape["long_sequence"], shape["check"])
    )
    number = CaseNumber(prefix, int(year), int(sequence))
    if check in _NEVER_ISSUED or check != check_character(number.year, number.sequence):
        raise NumberUnknown
    return number


def _written(prefix: str, year: int, sequence: int, check: str) -> str:
    return f"{prefix}-{year:04d}-{sequence:06d}-{check}"
