"""
Learn the weights of clauses and of signs from corpora/writing: ``rules/writing/weights`` and ``verdicts.txt``.

Deterministic: the same corpus gives the same files. Of what may stand anywhere (a next step, empathy) writers mark only
that it is missing: each round takes the clause of a draft that seems most like it. The signs are learnt from drafts
that no cue was written from, their clauses weighed by what other writers teach.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from cercana.rules.writing.cues import has_cue
from cercana.rules.writing.draft import draft_of
from cercana.rules.writing.reading import Reading
from cercana.rules.writing.signs import ALWAYS, own_signs, signs_of, total
from cercana.rules.writing.situation import UNKNOWN
from cercana.rules.writing.weighing import Scale, written
from tools.writing.corpus import Labelled, is_unread, read_drafts
from tools.writing.topics import TOPICS, MarkedClause, Topic, draft_clauses, single_clauses

LISTS = Path("cercana/rules/writing/weights")
VERDICTS = Path("cercana/rules/writing/verdicts.txt")
_FOLDS = 5
_ROUNDS = 3
_SURE = 1.0
_STRENGTH, _STRENGTH_OF_SIGNS = 0.3, 0.1
_FEWEST = 2
# A lighter key changes no verdict.
_LIGHTEST = 0.03
_SEED = 0


def learn_scale(clauses: Sequence[MarkedClause]) -> Scale:
    """Return the list of a topic."""
    vectors = CountVectorizer(analyzer=list, binary=True, min_df=_FEWEST)
    rows = vectors.fit_transform([each.keys for each in clauses])
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", solver="liblinear", random_state=_SEED)
    model.fit(rows, [each.has_topic for each in clauses])
    names, weights = vectors.get_feature_names_out(), model.coef_[0]
    heavy = {name: float(weight) for name, weight in zip(names, weights, strict=True) if abs(weight) >= _LIGHTEST}
    return Scale(heavy, float(model.intercept_[0]))


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a topic is learnt from: single sentences, and for each draft its clauses and whether it has the fault."""

    topic: Topic
    singles: Sequence[MarkedClause]
    drafts: Sequence[Sequence[MarkedClause]]
    has_fault: Sequence[bool]

    def scale(self, chosen: Sequence[int]) -> Scale:
        """Return the list that the single sentences and the ``chosen`` drafts teach."""
        scale = learn_scale(self.singles)
        for _ in range(_ROUNDS if self.topic.is_wanted else 1):
            scale = learn_scale([*self.singles, *(each for one in chosen for each in self._clauses(one, scale))])
        return scale

    def _clauses(self, number: int, scale: Scale) -> Iterator[MarkedClause]:
        clauses = self.drafts[number]
        if not self.topic.is_wanted or self.has_fault[number]:
            yield from clauses
            return
        weights = [scale.weigh(each.keys) for each in clauses]
        for clause, weight in zip(clauses, weights, strict=True):
            if weight == max(weights) or abs(weight) > _SURE:
                yield MarkedClause(clause.keys, weight == max(weights) or weight > 0)

    def unseen_weights(self, writers: Sequence[str]) -> list[list[float]]:
        """Return the weights of each draft's clauses by what the other writers teach."""
        weights: list[list[float]] = [[] for _ in self.drafts]
        for seen, unseen in GroupKFold(_FOLDS).split(self.drafts, groups=writers):
            scale = self.scale(seen.tolist())
            for number in unseen:
                weights[number] = [scale.weigh(each.keys) for each in self.drafts[number]]
        return weights


def lesson_of(topic: Topic, drafts: Sequence[Labelled]) -> Lesson:
    """Return what there is to learn a topic from."""
    clauses = [draft_clauses(each, topic.fault) for each in drafts]
    return Lesson(topic, list(single_clauses(topic)), clauses, [topic.fault in each.faults for each in drafts])


def learn_verdict(signs: Sequence[Mapping[str, float]], has_fault: Sequence[bool]) -> dict[str, float]:
    """Return how much each sign says for the fault: weights of the signs as they are, not as they were scaled."""
    vectors = DictVectorizer(sparse=False)
    scaler = StandardScaler()
    rows = scaler.fit_transform(vectors.fit_transform(signs))
    model = LogisticRegression(C=_STRENGTH_OF_SIGNS, class_weight="balanced", random_state=_SEED).fit(rows, has_fault)
    weights = model.coef_[0] / scaler.scale_
    verdict = dict(zip(vectors.get_feature_names_out(), weights.tolist(), strict=True))
    verdict[ALWAYS] = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return verdict


def signs_of_all(topic: Topic, drafts: Sequence[Labelled], weights: Sequence[list[float]]) -> list[dict[str, float]]:
    """Return the signs of each draft, first with what is known of its case, then with nothing known."""
    return [
        signs_of(reading, situation) | own_signs(heavy, has_cue(topic.fault, reading, situation))
        for known in (True, False)
        for draft, heavy in zip(drafts, weights, strict=True)
        for reading in [Reading(draft_of(draft.text))]
        for situation in [draft.situation if known else UNKNOWN]
    ]


def best_threshold(totals: Sequence[float], has_fault: Sequence[bool]) -> float:
    """Return above which total F1 is highest."""
    precision, recall, thresholds = precision_recall_curve(has_fault, totals)
    sums = precision + recall
    f1 = np.divide(2 * precision * recall, sums, out=np.zeros_like(sums), where=sums > 0)[:-1]
    best = int(f1.argmax())
    lower = thresholds[best - 1] if best else thresholds[best]
    return float((lower + thresholds[best]) / 2)


def verdict_of(
    signs: Sequence[dict[str, float]], has_fault: Sequence[bool], writers: Sequence[str]
) -> dict[str, float]:
    """Return the verdict whose totals are above 0 where F1 is highest for writers it did not learn from."""
    totals = np.zeros(len(signs))
    for seen, unseen in GroupKFold(_FOLDS).split(signs, groups=writers):
        verdict = learn_verdict([signs[one] for one in seen], [has_fault[one] for one in seen])
        totals[unseen] = [total(verdict, signs[one]) for one in unseen]
    verdict = learn_verdict(signs, has_fault)
    verdict[ALWAYS] -= best_threshold(totals.tolist(), has_fault)
    return verdict


def main() -> None:
    """Write the lists and the verdicts."""
    drafts = [each for each in read_drafts() if not each.is_test]
    unread = [number for number, each in enumerate(drafts) if is_unread(each)]
    judged = [drafts[number] for number in unread]
    lines = []
    for topic in TOPICS:
        lesson = lesson_of(topic, drafts)
        scale = lesson.scale(range(len(drafts)))
        LISTS.joinpath(f"{topic.name}.txt").write_text(written(scale), encoding="utf-8")
        weights = lesson.unseen_weights([each.writer for each in drafts])
        signs = signs_of_all(topic, judged, [weights[number] for number in unread])
        has_fault = [topic.fault in each.faults for each in judged] * 2
        verdict = verdict_of(signs, has_fault, [each.writer for each in judged] * 2)
        lines += [f"{topic.fault.value}\t{sign}\t{weight:.3f}" for sign, weight in verdict.items()]
        click.echo(f"{topic.name}: {len(scale.weights)} keys")
    VERDICTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
