"""
Train the linear model of triage from the writers of the training part and write ``model.bin``.

Deterministic: the same corpus and lexicon give the same file. Thresholds come from cross-validation grouped by writer.
"""

import json
from array import array
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import click
import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold

from cercana.rules.classification import CaseClass, ClaimType, CriticalReason, RequestKind
from cercana.rules.triage.features import grammar_features, part_features, word_features
from cercana.rules.triage.grammar import read
from cercana.rules.triage.labels import SPANISH, Area
from cercana.rules.triage.weights import NORM
from tools.triage.corpus import Message, read_messages

TARGET = Path("cercana/rules/triage/model.bin")
_FOLDS = 5
_STRENGTH = 10.0
# How much parts of words, words, and findings of the grammar count, and in how many messages each must occur.
_SCALES = (0.5, 1.0, 1.5)
_FEWEST = (3, 2, 2)
_WANTED_RECALL = 0.965
ABOUT_STAFF, CRITICAL = "about_staff", "critical_any"
LABELS = (
    RequestKind.CLAIM.value, *ClaimType, CRITICAL, *CriticalReason, CaseClass.COMPLEX.value, ABOUT_STAFF, *Area,
)  # fmt: skip
Matrix: TypeAlias = sparse.csr_matrix


def main() -> None:
    """Write the model and say what was chosen."""
    messages = [each for each in read_messages() if not each.is_test]
    numbers, values, matrix = _vectors(messages)
    thresholds = _thresholds(matrix, messages)
    weights, intercepts = _fit(matrix, messages)
    _write(numbers, values, weights, intercepts, thresholds)
    click.echo(f"{json.dumps(thresholds, indent=1)} {len(numbers)} features, {TARGET.stat().st_size} bytes")


def _vectors(messages: Sequence[Message]) -> tuple[list[int], np.ndarray, Matrix]:
    """Return the features kept, the value of each, and one normalised row a message."""
    readings = [read(message.text) for message in messages]
    groups = [(part_features(each), word_features(each), grammar_features(each)) for each in readings]
    counts = [Counter(feature for group in groups for feature in group[kind]) for kind in range(len(_SCALES))]
    kind_of = {feature: kind for kind, seen in enumerate(counts) for feature in seen if seen[feature] >= _FEWEST[kind]}
    numbers = sorted(kind_of)
    total = len(messages)
    values = np.array([(np.log((1 + total) / (1 + counts[kind_of[n]][n])) + 1) * _SCALES[kind_of[n]] for n in numbers])
    place = {number: at for at, number in enumerate(numbers)}
    cells = [(at, place[n]) for at, group in enumerate(groups) for n in sorted(set().union(*group)) if n in place]
    rows, columns = zip(*cells, strict=True)
    matrix = Matrix((np.ones(len(cells)), (rows, columns)), shape=(total, len(numbers))) @ sparse.diags(values)
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    return numbers, values, Matrix(sparse.diags(1 / lengths) @ matrix)


def _targets(messages: Sequence[Message]) -> dict[str, np.ndarray]:
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


def _model() -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=500)


def _fit(matrix: Matrix, messages: Sequence[Message]) -> tuple[np.ndarray, np.ndarray]:
    """Return a column of weights and an intercept for each of LABELS."""
    weights, intercepts = np.zeros((matrix.shape[1], len(LABELS))), np.zeros(len(LABELS))
    for label, target in _targets(messages).items():
        rows = _rows_for(label, messages)
        fitted = _model().fit(matrix[rows], target[rows])
        weights[:, LABELS.index(label)], intercepts[LABELS.index(label)] = fitted.coef_[0], fitted.intercept_[0]
    for labels, codes in (
        (ClaimType, [each.labels.claim_type for each in messages]),
        (Area, [each.labels.area for each in messages]),
    ):
        rows = np.array([bool(code) for code in codes])
        fitted = _model().fit(matrix[rows], np.array(codes)[rows])
        for label in labels:
            at = list(fitted.classes_).index(SPANISH[label])
            weights[:, LABELS.index(label)], intercepts[LABELS.index(label)] = fitted.coef_[at], fitted.intercept_[at]
    return weights, intercepts


def _rows_for(label: str, messages: Sequence[Message]) -> np.ndarray:
    """Return which messages teach ``label``: critical ones say nothing about simple and complex."""
    return np.array([label != CaseClass.COMPLEX or not message.labels.critical for message in messages])


def _thresholds(matrix: Matrix, messages: Sequence[Message]) -> dict[str, float]:
    """Return the probabilities from which on a label is given."""
    writers = [message.writer for message in messages]
    targets = _targets(messages)
    chances = {label: np.zeros(len(messages)) for label in targets}
    for known, unknown in GroupKFold(_FOLDS).split(matrix, groups=writers):
        for label, target in targets.items():
            fitted = _model().fit(matrix[known], target[known])
            chances[label][unknown] = fitted.predict_proba(matrix[unknown])[:, 1]
    together = (np.max([chances[reason] for reason in CriticalReason], axis=0) + chances[CRITICAL]) / 2
    precision, recall, at = precision_recall_curve(targets[CRITICAL], together)
    chosen = int(np.flatnonzero(recall[:-1] >= _WANTED_RECALL)[-1])
    click.echo(f"critical: recall {recall[chosen]:.3f}, precision {precision[chosen]:.3f}")
    return {
        CRITICAL: round(float(at[chosen]), 4),
        **{label: _best_f1(targets[label], chances[label]) for label in targets if label != CRITICAL},
    }


def _best_f1(target: np.ndarray, chances: np.ndarray) -> float:
    precision, recall, at = precision_recall_curve(target, chances)
    return round(float(at[int(np.argmax((2 * precision * recall / (precision + recall + 1e-9))[:-1]))]), 4)


def _write(
    numbers: list[int], values: np.ndarray, weights: np.ndarray, intercepts: np.ndarray, thresholds: dict[str, float]
) -> None:
    """Write the weights times the values, and the squares of the values, each column to 8 bits."""
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
    body = array("I", numbers).tobytes() + cells.astype(np.uint8).tobytes()
    TARGET.write_bytes(json.dumps(head).encode() + b"\n" + body)


if __name__ == "__main__":
    main()
