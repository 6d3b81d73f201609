"""Print where the assistant and the corpus differ, of the tuning part only: the test part is never read."""

import sys

import click

from cercana.rules.writing.labels import Fault
from tools.writing.corpus import read_drafts
from tools.writing.judging import IN_THE_TEXT, Judged, false_per_good, judge, macro_f1, micro_f1, share_of


def main() -> None:
    """Print the figures, and the errors of the labels named as arguments."""
    judged = judge(each for each in read_drafts() if not each.is_test)
    for fault in Fault:
        got = share_of(judged, fault)
        click.echo(f"{fault:22} P {got.precision:.2f} R {got.recall:.2f} F1 {got.f1:.2f}  n {got.count}")
    micro, macro = micro_f1(judged, IN_THE_TEXT), macro_f1(judged, IN_THE_TEXT)
    click.echo(f"ten: micro {micro:.3f} macro {macro:.3f}; false per good draft {false_per_good(judged):.2f}")
    for label in sys.argv[1:]:
        _show(judged, Fault(label))


def _show(judged: list[Judged], fault: Fault) -> None:
    for each in judged:
        marked, said = fault in each.draft.faults, fault in each.found.problems
        if marked == said:
            continue
        words = [one.words for one in each.draft.marked if one.fault is fault]
        found = [one.words for one in each.found.findings if one.fault is fault]
        sign, shown = ("-", words) if marked else ("+", found)
        click.echo(f"{sign} {each.draft.id} {shown}\n    {each.draft.text!r}")


if __name__ == "__main__":
    main()
