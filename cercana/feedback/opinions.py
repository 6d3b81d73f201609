"""The opinion a person gives: one mark, six aspects of the State's norm on quality of service, one line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LOWEST_MARK = 1
HIGHEST_MARK = 5
LOW_MARK = 2
LONGEST_LINE = 140


class Aspect(StrEnum):
    """What may weigh on an opinion (DS 007-2020-PCM art. 4.2)."""

    TREATMENT = "treatment"
    INFORMATION = "information"
    TIME = "time"
    ACCESS = "access"
    RESULT = "result"
    TRUST = "trust"


@dataclass(frozen=True, slots=True)
class GivenOpinion:
    """What somebody answered; only the mark, from 1 to 5, is required."""

    mark: int
    aspects: Mapping[Aspect, bool] = field(default_factory=dict)
    line: str = ""

    @property
    def is_low(self) -> bool:
        """Whether a supervisor should look into it."""
        return self.mark <= LOW_MARK
