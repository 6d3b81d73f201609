"""
The linear model of triage, evaluated without any library: shipped weights, one score a label.

``model.bin`` is a line of JSON (labels, scale and intercept of each, thresholds), the numbers of the features
(32 bits each, little end first, the lowest number first) and, in the same order, one byte for each feature and label.
``make triage-model`` writes it. Kept as it is in the file, it takes 2 MB; as a table of Python's it took 20.
"""

import json
import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

_NUMBER = 4
_ZERO = 128
# Of a message, the squared length of its vector; the last lane of each row.
NORM = "norm"


@dataclass(frozen=True, slots=True)
class Model:
    """Labels and their lanes; ``cells`` has a byte a lane for each feature, rows in the order of ``numbers``."""

    lanes: Mapping[str, int]
    scales: tuple[float, ...]
    intercepts: tuple[float, ...]
    thresholds: Mapping[str, float]
    numbers: Sequence[int]
    cells: bytes

    def scores(self, features: Iterable[int]) -> dict[str, float]:
        """Return the log-odds (or, among alternatives, the weight) of each label for a message with ``features``."""
        width, cells = len(self.lanes), self.cells
        rows = [row * width for feature in features if (row := self._row(feature)) is not None]
        # Side by side, so that each lane is summed at the speed of C: twenty times faster than a loop over labels.
        known = b"".join([cells[at : at + width] for at in rows])
        values = [sum(known[lane::width]) - len(rows) * _ZERO for lane in range(width)]
        norm = values[-1] * self.scales[-1]
        length = math.sqrt(norm) if norm > 0 else 1.0
        return {
            label: values[lane] * self.scales[lane] / length + self.intercepts[lane]
            for label, lane in self.lanes.items()
            if label != NORM
        }

    def weight(self, feature: int, label: str) -> float:
        """Return what ``feature`` adds to the score of ``label`` in a message of length 1."""
        row = self._row(feature)
        if row is None:
            return 0.0
        lane = self.lanes[label]
        return (self.cells[row * len(self.lanes) + lane] - _ZERO) * self.scales[lane]

    def _row(self, feature: int) -> int | None:
        at = bisect_left(self.numbers, feature)
        return at if at < len(self.numbers) and self.numbers[at] == feature else None


@cache
def shipped_model() -> Model:
    """Return the shipped model; read when it is first asked for, since much of what runs weighs nothing."""
    content = resources.files("cercana.rules.triage").joinpath("model.bin").read_bytes()
    head, _, body = content.partition(b"\n")
    about = json.loads(head)
    lanes = {label: lane for lane, label in enumerate(about["labels"])}
    count = len(body) // (_NUMBER + len(lanes))
    return Model(
        lanes=lanes,
        scales=tuple(about["scales"]),
        intercepts=tuple(about["intercepts"]),
        thresholds=about["thresholds"],
        numbers=array("I", body[: count * _NUMBER]),
        cells=body[count * _NUMBER :],
    )
