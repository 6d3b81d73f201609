"""What a case can be about, as the portal offers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cercana.organization import queries as organization
from cercana.portal.suggestions import Candidate, suggest
from cercana.rules.classification import CaseClass
from cercana.ui.bilingual import worded
from cercana.ui.environment import active_language


@dataclass(frozen=True, slots=True)
class Choice:
    """A category in the language that is active: its name, how a person would say it, its area, its proposals."""

    code: str
    name: str
    words: str
    area: str
    class_: CaseClass
    nature: str
    shows_emergency: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that can be chosen, in the order of the municipality."""

    choices: Sequence[Choice]

    @property
    def codes(self) -> frozenset[str]:
        """The codes that exist."""
        return frozenset(each.code for each in self.choices)

    def find(self, code: str) -> Choice | None:
        """Return one choice."""
        return next((each for each in self.choices if each.code == code), None)

    def by_area(self) -> list[tuple[str, list[Choice]]]:
        """Return the choices under the names of their areas."""
        ordered = sorted(self.choices, key=lambda each: each.area)
        return [(area, list(group)) for area, group in groupby(ordered, key=lambda each: each.area)]

    def like(self, text: str) -> list[Choice]:
        """Return what a text may be about, best first."""
        candidates = [Candidate(each.code, f"{each.name} {each.words}") for each in self.choices]
        known = {each.code: each for each in self.choices}
        return [known[code] for code in suggest(text, candidates)]


def catalogue() -> Catalogue:
    """Return what can be chosen today."""
    return Catalogue(
        [
            Choice(
                row.code,
                worded(row, "name", active_language()),
                worded(row, "citizen_words", active_language()),
                worded(row.area, "name", active_language()),
                CaseClass(row.class_),
                row.legal_nature_id,
                row.shows_emergency,
            )
            for row in organization.categories()
        ]
    )
