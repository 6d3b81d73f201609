"""
Cross-validate triage on the training part, by writer, and print figures and the messages it gets wrong.

The test part is never read, so what is printed here may be learnt from. ``python -m tools.triage.folds [SOURCE…]``.
"""

import sys
from collections.abc import Sequence

import click
import numpy as np
from sklearn.metrics import average_precision_score, precision_recall_curve

from cercana.rules.classification import ClaimType
from cercana.rules.triage.grammar import read
from cercana.rules.triage.labels import SPANISH, Area
from tools.triage.corpus import SOURCES, Message, read_messages
from tools.triage.figures import macro_f1
from tools.triage.train import CRITICAL, Table, out_of_fold, table_of, targets_of, together

_RECALLS = (0.95, 0.97, 0.975, 0.98)
_SHOWN_LETTERS = 400


def main() -> None:
    """Print the figures, and the errors in messages of the sources named."""
    messages = [each for each in read_messages() if not each.is_test]
    table = table_of(messages)
    targets = targets_of(messages)
    chances = {label: out_of_fold(table, messages, target, label) for label, target in targets.items()}
    danger = together(chances)
    for label, target in targets.items():
        click.echo(f"{label}: mean precision {average_precision_score(target, chances[label]):.3f}")
    for source in (*SOURCES, ""):
        rows = np.array([each.id.startswith(source) for each in messages])
        click.echo(f"critical {source or 'all'}: {_trade(targets[CRITICAL][rows], danger[rows])}")
    click.echo(f"kind {_macro(targets['claim'].astype(str), (chances['claim'] >= 0.5).astype(str)):.3f}")
    for name, labels, codes in (
        ("claim type", ClaimType, [each.labels.claim_type for each in messages]),
        ("area", Area, [each.labels.area for each in messages]),
    ):
        click.echo(f"{name} {_alternatives(table, messages, [*labels], np.array(codes)):.3f}")
    _show_errors(messages, danger, targets[CRITICAL], sys.argv[1:])


def _trade(target: np.ndarray, chances: np.ndarray) -> str:
    """Return the precision at each recall wanted."""
    precision, recall, _ = precision_recall_curve(target, chances)
    found = [f"{precision[np.flatnonzero(recall >= each)[-1]]:.3f} at {each}" for each in _RECALLS]
    return f"mean precision {average_precision_score(target, chances):.3f}, " + ", ".join(found)


def _alternatives(
    table: Table, messages: Sequence[Message], labels: Sequence[ClaimType | Area], codes: np.ndarray
) -> float:
    spanish = [SPANISH[label] for label in labels]
    chances = [out_of_fold(table, messages, codes == SPANISH[label], label.value) for label in labels]
    said = np.array(spanish)[np.argmax(chances, axis=0)]
    rows = codes != ""
    return _macro(codes[rows], said[rows])


def _macro(annotated: np.ndarray, said: np.ndarray) -> float:
    return macro_f1(list(zip(annotated.tolist(), said.tolist(), strict=True)))


def _show_errors(messages: Sequence[Message], chances: np.ndarray, target: np.ndarray, sources: Sequence[str]) -> None:
    _, recall, at = precision_recall_curve(target, chances)
    threshold = at[np.flatnonzero(recall[:-1] >= _RECALLS[2])[-1]]
    for row in np.argsort(chances):
        message = messages[row]
        if message.id.startswith(tuple(sources)) and (chances[row] >= threshold) != target[row]:
            heard = sorted(
                {each.signal for each in read(message.text).findings if not each.signal.startswith(("a_", "t_"))}
            )
            truth = " ".join(sorted(message.labels.critical_reasons)) or "none"
            text = " ".join(message.text.split())[:_SHOWN_LETTERS]
            click.echo(f"{chances[row]:.2f} {message.id} [{truth}] {' '.join(heard)} | {text}")


if __name__ == "__main__":
    main()
