"""What of a case anybody may read who asks for reports (Open311): nothing, that it exists, or also its words."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from cercana.rules.classification import CaseClass
from cercana.rules.folding import fold
from cercana.rules.points import without_point

# A thing in the street that anybody sees. Whoever reports a neighbour, claims formally or asks for their own data
# has the law keep it to themselves.
OPEN_NATURES = frozenset({"incident"})
# About a hundred metres: enough for a map of the district, too coarse for a door.
_DECIMALS = 3
_HIDDEN = "[dato personal]"
_SHORTEST_NAME = 3
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
# A telephone or a document, however it is grouped; a year or the number of a house is shorter.
_LONG_NUMBER = re.compile(r"\+?\d(?:[\s().-]*\d){6,}")
# Not the number that is a name: «Av. 28 de Julio».
_HOUSE = re.compile(r"\W*\b(\d{1,5})\b(?!\s+de\b).*", re.DOTALL)
_BLOCK = re.compile(r"\b(?:cuadras?|cdras?)\W*\d{1,2}\b", re.IGNORECASE)
_METRES_OF_BLOCK = 100


class Openness(StrEnum):
    """How much of a case is public."""

    HIDDEN = "hidden"
    BARE = "bare"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What decides how much of a case is public; ``is_open_report`` says that it was sent to the public interface."""

    is_category_open: bool
    legal_nature: str
    is_restricted: bool
    is_about_staff: bool
    is_drill: bool
    is_erased: bool
    is_in_review: bool
    was_dangerous: bool
    is_preferential: bool
    is_of_minor: bool
    is_open_report: bool


def is_category_open(*, is_restricted: bool, is_about_staff: bool, class_: CaseClass, legal_nature: str) -> bool:
    """Tell whether cases of a category may be public at all."""
    is_harmless = not is_restricted and not is_about_staff and class_ is not CaseClass.CRITICAL
    return is_harmless and legal_nature in OPEN_NATURES


def openness(facts: ReportFacts) -> Openness:
    """
    Return how much of a case anybody may read.

    Bare is what, when and how it stands: without words and without a place. Words are public only of what its sender
    sent to the public interface, and never where somebody may be in danger, vulnerable or a minor.
    """
    is_private = facts.is_restricted or facts.is_about_staff or facts.legal_nature not in OPEN_NATURES
    is_none = facts.is_drill or facts.is_erased or facts.is_in_review
    if not facts.is_category_open or is_private or is_none:
        return Openness.HIDDEN
    needs_care = facts.was_dangerous or facts.is_preferential or facts.is_of_minor
    return Openness.WHOLE if facts.is_open_report and not needs_care else Openness.BARE


def public_words(text: str, names: Collection[str] = ()) -> str:
    """Return ``text`` without mail addresses, long numbers (telephones, documents) and the words of ``names``."""
    hidden = _LONG_NUMBER.sub(_HIDDEN, _MAIL.sub(_HIDDEN, text))
    own = {fold(word) for name in names for word in name.split() if len(word) >= _SHORTEST_NAME}
    if not own:
        return hidden
    return re.sub(r"\w+", lambda found: _HIDDEN if fold(found[0]) in own else found[0], hidden)


def public_address(place: str, names: Collection[str] = ()) -> str:
    """Return a place by its block: the number of a house, and whatever follows it, is somebody's home."""
    place = without_point(place)
    if block := _BLOCK.search(place):
        return public_words(place[: block.end()], names)
    house = _HOUSE.search(place)
    if house is None:
        return public_words(place, names)
    street = place[: house.start()].strip()
    return f"{public_words(street, names)}, cuadra {int(house[1]) // _METRES_OF_BLOCK}" if street else ""


def public_coordinate(degrees: float) -> float:
    """Return a latitude or longitude (degrees, WGS84) as coarse as it may be known."""
    return round(degrees, _DECIMALS)
