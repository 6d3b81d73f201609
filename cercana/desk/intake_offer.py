"""What the form of attention offers to choose from, read once for a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cercana.organization import queries as organization
from cercana.rules.classification import CaseClass


@dataclass(frozen=True, slots=True)
class Motive:
    """A category of the catalogue, with what it proposes."""

    code: str
    name: str
    words: str
    area: str
    area_name: str
    class_: CaseClass
    legal_nature: str
    default_kind: str
    is_about_staff: bool
    is_restricted: bool
    shows_emergency: bool


@dataclass(frozen=True, slots=True)
class Nature:
    """What a case can be for the law, in plain words."""

    code: str
    name: str
    question: str
    explanation: str
    routed_to: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Motives, natures, areas and sites of one day by code, and the sentence about personal data to read aloud."""

    categories: Mapping[str, Motive]
    natures: Sequence[Nature]
    areas: Mapping[str, str]
    sites: Mapping[str, str]
    privacy: str

    @property
    def by_area(self) -> list[tuple[str, list[Motive]]]:
        """The motives under the name of the area that resolves them, both in alphabetical order."""
        motives = sorted(self.categories.values(), key=lambda motive: (motive.area_name, motive.name))
        return [(area, list(those)) for area, those in groupby(motives, key=lambda motive: motive.area_name)]

    def nature(self, code: str) -> Nature | None:
        """Return the nature with this code, if there is one."""
        return next((nature for nature in self.natures if nature.code == code), None)


def offer_of(day: date) -> Offer:
    """Return what can be chosen on ``day``."""
    return Offer(
        categories={
            each.code: Motive(
                code=each.code,
                name=each.name,
                words=each.citizen_words,
                area=each.area_id,
                area_name=each.area.name,
                class_=CaseClass(each.class_),
                legal_nature=each.legal_nature_id,
                default_kind=each.default_kind,
                is_about_staff=each.is_about_staff,
                is_restricted=each.is_restricted,
                shows_emergency=each.shows_emergency,
            )
            for each in organization.categories()
        },
        natures=[
            Nature(each.code, each.name, each.plain_question, each.explanation, each.routed_to)
            for each in organization.legal_natures(day)
        ],
        areas={each.code: each.name for each in organization.areas(day)},
        sites={each.code: each.name for each in organization.sites()},
        privacy=organization.privacy_notice(day).spoken,
    )
