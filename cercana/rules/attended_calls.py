"""A call that is attended: how long it took, why it may be no case, and when the caller proved who they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# After so many wrong answers nobody goes on guessing in the same call.
MOST_CHECKS = 5
# Beyond this an exchange has lost the end of a call: nobody speaks for so long.
LONGEST_CALL = timedelta(hours=4)


class NoCase(StrEnum):
    """Why a call that was attended is no case: nobody asked or claimed anything (M4.1a)."""

    CUT_OFF = "cut_off"
    WRONG_NUMBER = "wrong_number"
    SILENT = "silent"
    PRANK = "prank"
    INTERNAL = "internal"

    @property
    def is_to_be_called_back(self) -> bool:
        """Whether the caller may have wanted something that nobody heard."""
        return self is NoCase.CUT_OFF


NO_CASE_LABELS: Mapping[NoCase, str] = {
    NoCase.CUT_OFF: "Se cortó antes de saber qué pasó",
    NoCase.WRONG_NUMBER: "Número equivocado",
    NoCase.SILENT: "Nadie habló",
    NoCase.PRANK: "Broma o insulto, sin pedido",
    NoCase.INTERNAL: "Llamada de la propia institución",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfThemselves:
    """
    What a caller told to prove who they are.

    ``knows_code``: number and tracking code of a case of theirs. ``knows_document``: the document that somebody saw
    once. ``calls_from_own_number``: the exchange shows a number that this person left with us.
    """

    knows_code: bool = False
    knows_document: bool = False
    calls_from_own_number: bool = False


def proves_identity(told: ToldOfThemselves) -> bool:
    """
    Tell whether a caller has proved enough to hear about their cases.

    The code opens a case from outside, too. A document is known to many, and the number shown can be forged: only both
    together are enough (domain.md, People and data: an unverified document opens nobody's history).
    """
    return told.knows_code or (told.knows_document and told.calls_from_own_number)


def seconds_of(answered_at: datetime | None, ended_at: datetime | None) -> int | None:
    """Return for how many whole seconds they spoke; None if that was not measured."""
    if answered_at is None or ended_at is None or ended_at - answered_at > LONGEST_CALL:
        return None
    return max(0, int((ended_at - answered_at).total_seconds()))


def length_words(seconds: int | None) -> str:
    """Return a length as it is said: «3 min 12 s»; "" if nobody measured it."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
