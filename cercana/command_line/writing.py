"""``cercana writing``: what the manual asks of drafts, for scripts."""

import sys
from collections.abc import Mapping

import click

from cercana.command_line.json_lines import answer_lines, text_in
from cercana.command_line.situations import situation_of
from cercana.rules.writing.review import Review, review


@click.group()
def writing() -> None:
    """Read drafts of replies as the manual does."""


@writing.command()
@click.option("--jsonl", is_flag=True, help="Read one draft a line from standard input, write one review a line.")
def check(*, jsonl: bool) -> None:
    """
    Read drafts and print what is missing or hurts: JSON, one a line.

    A line in is {"id", "text"}, and {"context"} if anything is known of the case. A bad line gives {"error"} in its
    place, and exit 1 at the end.
    """
    if not jsonl:
        raise click.UsageError("Give --jsonl.")
    sys.exit(0 if answer_lines(_check) else 1)


def _check(fields: Mapping[str, object]) -> dict[str, object]:
    text = text_in(fields, "text")
    return {"id": fields.get("id"), **in_spanish(review(text, situation_of(fields.get("context"))))}


def in_spanish(found: Review) -> dict[str, object]:
    """Return ``found`` in the codes of the interface."""
    return {
        "ok": found.is_good,
        "problems": [str(each) for each in found.problems],
        "reading_ease": found.ease.szigriszt,
        "findings": [
            {
                "label": str(each.fault),
                "start": each.start,
                "end": each.end,
                "words": each.words,
                "proposal": each.proposal,
                "rule": each.rule,
            }
            for each in found.findings
        ],
    }
