"""From the areas that triage knows to those of a municipality, and to the motives of its catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from cercana.rules.similarity import Match, proposals
from cercana.rules.triage.assessment import assess
from cercana.rules.triage.labels import SPANISH, Area

_BY_CODE = {SPANISH[area]: area for area in Area}
# A motive of the area that triage expects needs half the words of another.
_WEIGHT_OF_AREA = 2
# One that shares far fewer words than the best only distracts.
_WORTH_OFFERING = 0.4
_MOST = 3


@dataclass(frozen=True, slots=True)
class MotiveWords:
    """A motive of the catalogue: its name and how people say it, and the code and name of its area."""

    words: str
    area: str
    area_name: str


@lru_cache(maxsize=500)
def area_of(code: str, name: str) -> Area:
    """Return which of the areas of triage an area of a municipality is: by its code, or else by what its name says."""
    return _BY_CODE.get(code) or assess(name).area


def motives_for(text: str, area: Area, catalogue: Mapping[str, MotiveWords]) -> list[Match]:
    """Return up to three motives whose words stand in ``text``, best first; those of ``area`` count double."""
    words = {code: each.words for code, each in catalogue.items()}
    found = [
        replace(match, score=match.score * _WEIGHT_OF_AREA) if _is_of(area, catalogue[match.code]) else match
        for match in proposals(text, words, limit=len(words))
    ]
    best = max((match.score for match in found), default=0.0)
    worthy = [match for match in found if match.score >= best * _WORTH_OFFERING]
    return sorted(worthy, key=lambda match: -match.score)[:_MOST]


def _is_of(area: Area, motive: MotiveWords) -> bool:
    return area_of(motive.area, motive.area_name) is area
