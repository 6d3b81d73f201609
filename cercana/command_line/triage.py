"""``cercana triage``: what messages are, and which are about the same matter, for scripts."""

import sys
from collections.abc import Mapping

import click

from cercana.command_line.json_lines import answer_lines, text_in
from cercana.rules.triage.assessment import Assessment, assess
from cercana.rules.triage.duplicates import SAME_FROM, same_matter_score
from cercana.rules.triage.labels import SPANISH

_BY_VALUE = {label.value: spanish for label, spanish in SPANISH.items()}


@click.command()
@click.option("--jsonl", is_flag=True, help="Read one message a line from standard input, write one triage a line.")
@click.option("--duplicates", is_flag=True, help="The lines are pairs: tell whether both are about the same matter.")
@click.option("--export", is_flag=True, help="Write the cases that people sorted as labelled examples, masked.")
def triage(*, jsonl: bool, duplicates: bool, export: bool) -> None:
    """
    Read messages and print what they are: JSON, one a line.

    A line in is {"id", "channel", "text"}; with --duplicates it is {"a", "b"}. A bad line gives {"error"} in its
    place, and exit 1 at the end. With --export nothing is read: the database gives its cases as examples to learn
    from, without names, numbers, contacts and addresses as far as patterns find them. Read them before they leave.
    """
    if export:
        _export()
        return
    if not jsonl:
        raise click.UsageError("Give --jsonl.")
    sys.exit(0 if answer_lines(_compare if duplicates else _describe) else 1)


def _export() -> None:
    """Write the examples; Django and the database are needed here alone."""
    from cercana.command_line.database import database_running, set_up_django

    with database_running():
        set_up_django()
        from cercana.command_line.triage_export import exported_lines

        for line in exported_lines():
            click.echo(line.encode("utf-8", "replace"))


def _describe(fields: Mapping[str, object]) -> dict[str, object]:
    return {"id": fields.get("id"), **in_spanish(assess(text_in(fields, "text")))}


def _compare(fields: Mapping[str, object]) -> dict[str, object]:
    score = same_matter_score(text_in(fields, "a"), text_in(fields, "b"))
    return {"same_matter": score >= SAME_FROM, "score": round(score, 4)}


def in_spanish(found: Assessment) -> dict[str, object]:
    """Return ``found`` in the codes of the interface."""
    return {
        "kind": SPANISH[found.kind],
        "claim_type": None if found.claim_type is None else SPANISH[found.claim_type],
        "critical": found.critical,
        "critical_reasons": [SPANISH[reason] for reason in found.critical_reasons],
        "class": SPANISH[found.class_],
        "area": SPANISH[found.area],
        "about_staff": found.about_staff,
        "confidence": {_BY_VALUE.get(name, name): round(sure, 3) for name, sure in found.confidence.items()},
        "safer_won": found.safer_won,
        "why": [
            {"label": _BY_VALUE.get(each.label, each.label), "words": each.words, "start": each.start, "end": each.end}
            for each in found.why
        ],
    }
