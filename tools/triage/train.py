"""
Train the linear model of triage from the writers of the training part and write ``model.bin``.

Deterministic: the same corpus and lexicon give the same file. Thresholds come from cross-validation grouped by writer;
that of danger from sources left out whole, which is what somebody else's messages are like.
"""

import json
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import click
import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold

from cercana.rules.classification import CaseClass, ClaimType, CriticalReason, RequestKind
from cercana.rules.triage.features import KINDS
from cercana.rules.triage.grammar import read
from cercana.rules.triage.labels import SPANISH, Area
from cercana.rules.triage.weights import NORM
from tools.triage.corpus import UNREAD, Message, read_messages

TARGET = Path("cercana/rules/triage/model.bin")
_FOLDS = 5
_STRENGTH = 20.0
_NAIVE_SHARE = 0.35
# How much the features of each of KINDS count, and in how many messages each must occur.
_SCALES = (0.6, 1.3, 1.2, 0.6, 1.0)
_FEWEST = (3, 2, 2, 2, 2)
# A little more than the 0.97 that people are promised.
_WANTED_RECALL = 0.975
ABOUT_STAFF, CRITICAL = "about_staff", "critical_any"
LABELS = (
    RequestKind.CLAIM.value, *ClaimType, CRITICAL, *CriticalReason, CaseClass.COMPLEX.value, ABOUT_STAFF, *Area,
)  # fmt: skip
_OF_DANGER = frozenset({RequestKind.CLAIM.value, CRITICAL, ABOUT_STAFF, *(each.value for each in CriticalReason)})
# Parts of words and the matter say less of danger than of the area: less of what is peculiar to a writer is learnt.
_SHARES_OF_DANGER = (0.5, 1.0, 1.0, 1.0, 0.5)
_TYPES = frozenset(each.value for each in ClaimType)
Matrix: TypeAlias = sparse.csr_matrix


@dataclass(frozen=True, slots=True)
class Table:
    """The features kept, the value of each, its share in what tells danger, and one normalised row a message."""

    numbers: list[int]
    values: np.ndarray
    danger_shares: np.ndarray
    matrix: Matrix

    def shares_for(self, label: str) -> np.ndarray:
        """Return how much each feature counts for ``label``: all alike, but where danger is judged."""
        return self.danger_shares if label in _OF_DANGER else np.ones(len(self.numbers))


def main() -> None:
    """Write the model and say what was chosen."""
    messages = [each for each in read_messages() if not each.is_test]
    table = table_of(messages)
    thresholds = _thresholds(table, messages)
    weights, intercepts = _fit(table, messages)
    _write(table, weights, intercepts, thresholds)
    click.echo(f"{json.dumps(thresholds, indent=1)} {len(table.numbers)} features, {TARGET.stat().st_size} bytes")


def table_of(messages: Sequence[Message]) -> Table:
    """Return the features of ``messages``, one row a message."""
    readings = [read(message.text) for message in messages]
    groups = [[features(each) for features in KINDS] for each in readings]
    counts = [Counter(feature for group in groups for feature in group[kind]) for kind in range(len(KINDS))]
    kind_of = {feature: kind for kind, seen in enumerate(counts) for feature in seen if seen[feature] >= _FEWEST[kind]}
    numbers = sorted(kind_of)
    total = len(messages)
    values = np.array([(np.log((1 + total) / (1 + counts[kind_of[n]][n])) + 1) * _SCALES[kind_of[n]] for n in numbers])
    place = {number: at for at, number in enumerate(numbers)}
    cells = [(at, place[n]) for at, group in enumerate(groups) for n in sorted(set().union(*group)) if n in place]
    rows, columns = zip(*cells, strict=True)
    matrix = Matrix((np.ones(len(cells)), (rows, columns)), shape=(total, len(numbers))) @ sparse.diags(values)
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    danger_shares = np.array([_SHARES_OF_DANGER[kind_of[number]] for number in numbers])
    return Table(numbers, values, danger_shares, Matrix(sparse.diags(1 / lengths) @ matrix))


def targets_of(messages: Sequence[Message]) -> dict[str, np.ndarray]:
    """Return, for each two-sided label, whether each message has it."""
    labels = [message.labels for message in messages]
    targets = {
        RequestKind.CLAIM.value: [each.kind == SPANISH[RequestKind.CLAIM] for each in labels],
        CRITICAL: [each.critical for each in labels],
        ABOUT_STAFF: [each.about_staff for each in labels],
        CaseClass.COMPLEX.value: [each.class_ == SPANISH[CaseClass.COMPLEX] for each in labels],
    }
    for reason in CriticalReason:
        targets[reason.value] = [SPANISH[reason] in each.critical_reasons for each in labels]
    return {label: np.array(target) for label, target in targets.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A linear model of a label."""

    weights: np.ndarray
    intercept: float

    def chances(self, matrix: Matrix) -> np.ndarray:
        """Return a probability for each row."""
        return 1 / (1 + np.exp(-(matrix @ self.weights + self.intercept)))


def _learn(label: str, table: Table, target: np.ndarray, rows: np.ndarray) -> Line:
    """Return a model of ``label`` from the messages ``rows``; alternatives are learnt one against the others."""
    matrix, told = table.matrix[rows], target[rows]
    model = LogisticRegression(
        C=_STRENGTH, class_weight="balanced", solver="liblinear", dual=True, tol=1e-3, max_iter=2000, random_state=0
    )
    emphasis = _emphasis(matrix, told) * table.shares_for(label)
    fitted = model.fit(matrix @ sparse.diags(emphasis), told)
    return Line(fitted.coef_[0] * emphasis, float(fitted.intercept_[0]))


def _emphasis(matrix: Matrix, target: np.ndarray) -> np.ndarray:
    """Return how much more to heed features that part the classes by themselves (Wang and Manning 2012, NB-SVM)."""
    present = (matrix > 0).astype(float)
    with_, without = 1 + present[target].sum(axis=0).A1, 1 + present[~target].sum(axis=0).A1
    ratio = np.abs(np.log((with_ / with_.sum()) / (without / without.sum())))
    return _NAIVE_SHARE * ratio + (1 - _NAIVE_SHARE)


def _fit(table: Table, messages: Sequence[Message]) -> tuple[np.ndarray, np.ndarray]:
    """Return a column of weights and an intercept for each of LABELS."""
    weights, intercepts = np.zeros((len(table.numbers), len(LABELS))), np.zeros(len(LABELS))
    lessons = dict(targets_of(messages))
    for labels, codes in (
        (ClaimType, [each.labels.claim_type for each in messages]),
        (Area, [each.labels.area for each in messages]),
    ):
        lessons |= {label.value: np.array([code == SPANISH[label] for code in codes]) for label in labels}
    for label, target in lessons.items():
        line = _learn(label, table, target, _rows_for(label, messages))
        at = LABELS.index(label)
        weights[:, at], intercepts[at] = line.weights, line.intercept
    return weights, intercepts


def _rows_for(label: str, messages: Sequence[Message]) -> np.ndarray:
    """Return which messages teach ``label``: critical ones tell nothing of complexity, inquiries none of a type."""
    labels = [message.labels for message in messages]
    if label == CaseClass.COMPLEX:
        return np.flatnonzero([not each.critical for each in labels])
    if label in _TYPES:
        return np.flatnonzero([bool(each.claim_type) for each in labels])
    return np.arange(len(messages))


def out_of_fold(table: Table, messages: Sequence[Message], target: np.ndarray, label: str) -> np.ndarray:
    """Return the probability of ``label`` for each message, by models that never saw its writer."""
    chances = np.zeros(len(messages))
    allowed = _rows_for(label, messages)
    for known, unknown in GroupKFold(_FOLDS).split(table.matrix, groups=[message.writer for message in messages]):
        line = _learn(label, table, target, np.intersect1d(known, allowed))
        chances[unknown] = line.chances(table.matrix[unknown])
    return chances


def _thresholds(table: Table, messages: Sequence[Message]) -> dict[str, float]:
    """Return the probabilities from which on a label is given."""
    targets = targets_of(messages)
    chances = {
        label: out_of_fold(table, messages, targets[label], label)
        for label in (ABOUT_STAFF, CaseClass.COMPLEX.value, *(each.value for each in CriticalReason))
    }
    return {
        CRITICAL: _threshold_of_danger(table, messages, targets),
        RequestKind.CLAIM.value: 0.5,  # both kinds count alike
        **{label: _best_f1(targets[label], found) for label, found in chances.items()},
    }


def _threshold_of_danger(table: Table, messages: Sequence[Message], targets: dict[str, np.ndarray]) -> float:
    """Return the probability at which the wanted share is found in sources that neither model nor lexicon knew."""
    sources = np.array([message.source for message in messages])
    chances = np.full(len(messages), np.nan)
    for source in UNREAD:
        known, unknown = np.flatnonzero(sources != source), np.flatnonzero(sources == source)
        lines = {label: _learn(label, table, targets[label], known) for label in (CRITICAL, *map(str, CriticalReason))}
        found = {label: line.chances(table.matrix[unknown]) for label, line in lines.items()}
        chances[unknown] = together(found)
    judged = ~np.isnan(chances)
    precision, recall, at = precision_recall_curve(targets[CRITICAL][judged], chances[judged])
    chosen = int(np.flatnonzero(recall[:-1] >= _WANTED_RECALL)[-1])
    click.echo(f"critical: recall {recall[chosen]:.3f}, precision {precision[chosen]:.3f}")
    return round(float(at[chosen]), 4)


def together(chances: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return how likely danger is, from the chances of each reason and of any: what ``criticality`` does for one."""
    return np.asarray((np.max([chances[reason] for reason in CriticalReason], axis=0) + chances[CRITICAL]) / 2)


def _best_f1(target: np.ndarray, chances: np.ndarray) -> float:
    precision, recall, at = precision_recall_curve(target, chances)
    return round(float(at[int(np.argmax((2 * precision * recall / (precision + recall + 1e-9))[:-1]))]), 4)


def _write(table: Table, weights: np.ndarray, intercepts: np.ndarray, thresholds: dict[str, float]) -> None:
    """Write the weights times the values, and the squares of the values, each column to 8 bits."""
    values = table.values
    columns = np.column_stack([weights * values[:, None], values**2])
    scales = np.abs(columns).max(axis=0) / 127
    scales[-1] = columns[:, -1].max() / 127
    cells = np.rint(columns / scales).astype(int) + 128
    head = {
        "labels": [*map(str, LABELS), NORM],
        "scales": [float(f"{scale:.8g}") for scale in scales],
        "intercepts": [round(float(each), 6) for each in intercepts] + [0.0],
        "thresholds": thresholds,
    }
    body = array("I", table.numbers).tobytes() + cells.astype(np.uint8).tobytes()
    TARGET.write_bytes(json.dumps(head).encode() + b"\n" + body)


if __name__ == "__main__":
    main()
