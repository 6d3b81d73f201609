"""
The linear model of triage, evaluated without any library: shipped weights, one score a label.

``model.bin`` is a line of JSON (labels, scale and intercept of each, thresholds), the numbers of the features
(32 bits each, little end first) and, in the same order, one byte for each feature and label. ``make triage-model``
writes it.
"""

import json
import math
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

_LANE = 4
_ZERO = 128
# Of a message, the squared length of its vector; the last lane of each row.
NORM = "norm"


@dataclass(frozen=True, slots=True)
class Model:
    """Labels and their lanes; ``rows`` are the weights of a feature in all lanes at once."""

    lanes: Mapping[str, int]
    scales: tuple[float, ...]
    intercepts: tuple[float, ...]
    thresholds: Mapping[str, float]
    index: Mapping[int, int]
    rows: tuple[int, ...]
    cells: bytes

    def scores(self, features: Iterable[int]) -> dict[str, float]:
        """Return the log-odds (or, among alternatives, the weight) of each label for a message with ``features``."""
        index, rows = self.index, self.rows
        known = [rows[index[feature]] for feature in features if feature in index]
        sums = sum(known).to_bytes(len(self.lanes) * _LANE, "little")
        # Every weight was written with 128 added, so that no lane borrows from its neighbour.
        less = len(known) * _ZERO
        values = [int.from_bytes(sums[at : at + _LANE], "little") - less for at in range(0, len(sums), _LANE)]
        norm = values[-1] * self.scales[-1]
        length = math.sqrt(norm) if norm > 0 else 1.0
        return {
            label: values[lane] * self.scales[lane] / length + self.intercepts[lane]
            for label, lane in self.lanes.items()
            if label != NORM
        }

    def weight(self, feature: int, label: str) -> float:
        """Return what ``feature`` adds to the score of ``label`` in a message of length 1."""
        row = self.index.get(feature)
        if row is None:
            return 0.0
        lane = self.lanes[label]
        return (self.cells[row * len(self.lanes) + lane] - _ZERO) * self.scales[lane]


def read_model() -> Model:
    """Return the shipped model."""
    content = resources.files("cercana.rules.triage").joinpath("model.bin").read_bytes()
    head, _, body = content.partition(b"\n")
    about = json.loads(head)
    lanes = {label: lane for lane, label in enumerate(about["labels"])}
    count = len(body) // (_LANE + len(lanes))
    numbers = array("I", body[: count * _LANE])
    cells = body[count * _LANE :]
    return Model(
        lanes=lanes,
        scales=tuple(about["scales"]),
        intercepts=tuple(about["intercepts"]),
        thresholds=about["thresholds"],
        index=dict(zip(numbers, range(count), strict=True)),
        rows=_rows(cells, len(lanes)),
        cells=cells,
    )


def _rows(cells: bytes, width: int) -> tuple[int, ...]:
    """
    Return the weights of each feature as one big integer, a lane of 32 bits a label.

    One addition of such integers adds all labels at once: in pure Python that is twenty times faster than a loop over
    labels, and a message of 20,000 letters has too few features to overflow a lane.
    """
    spread = bytearray(len(cells) * _LANE)
    spread[::_LANE] = cells
    step = width * _LANE
    return tuple(int.from_bytes(spread[at : at + step], "little") for at in range(0, len(spread), step))
