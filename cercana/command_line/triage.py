"""``cercana triage``: what messages are, and which are about the same matter, for scripts."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import ClassVar

import click

from cercana.rules.errors import DomainError
from cercana.rules.triage.assessment import Assessment, assess
from cercana.rules.triage.duplicates import SAME_FROM, same_matter_score
from cercana.rules.triage.labels import SPANISH

_BY_VALUE = {label.value: spanish for label, spanish in SPANISH.items()}


class BadMessage(DomainError):
    """What was given is no message, or no pair; ``reason`` says what is wrong, in Spanish."""

    code: ClassVar[str] = "command_line.bad_message"
    message: ClassVar[str] = "{reason}"
    status: ClassVar[int] = 400


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
    sys.exit(0 if _answer_lines(_compare if duplicates else _describe) else 1)


def _export() -> None:
    """Write the examples; Django and the database are needed here alone."""
    from cercana.command_line.database import database_running, set_up_django

    with database_running():
        set_up_django()
        from cercana.command_line.triage_export import exported_lines

        for line in exported_lines():
            click.echo(line.encode("utf-8", "replace"))


def _answer_lines(answer_to: Callable[[Mapping[str, object]], dict[str, object]]) -> bool:
    """Answer each line of standard input in its place; tell whether all were good."""
    all_good = True
    for line in sys.stdin.buffer:
        try:
            answer = answer_to(_parse_line(line))
        except DomainError as refusal:
            answer, all_good = {"error": str(refusal)}, False
        # Half an emoji cannot be written as UTF-8.
        click.echo(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return all_good


def _parse_line(line: bytes) -> Mapping[str, object]:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadMessage(reason="La línea no es JSON.") from error
    if not isinstance(fields, dict):
        raise BadMessage(reason="La línea no es un objeto JSON.")
    return fields


def _text(fields: Mapping[str, object], name: str) -> str:
    text = fields.get(name)
    if not isinstance(text, str):
        raise BadMessage(reason=f"«{name}» debe ser un texto.")
    return text


def _describe(fields: Mapping[str, object]) -> dict[str, object]:
    return {"id": fields.get("id"), **in_spanish(assess(_text(fields, "text")))}


def _compare(fields: Mapping[str, object]) -> dict[str, object]:
    score = same_matter_score(_text(fields, "a"), _text(fields, "b"))
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
