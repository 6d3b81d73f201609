"""Answering each line of standard input in its place, for scripts."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import ClassVar

import click

from cercana.rules.errors import DomainError


class BadMessage(DomainError):
    """What was given is no message, or no pair; ``reason`` says what is wrong, in Spanish."""

    code: ClassVar[str] = "command_line.bad_message"
    message: ClassVar[str] = "{reason}"
    status: ClassVar[int] = 400


def answer_lines(answer_to: Callable[[Mapping[str, object]], dict[str, object]]) -> bool:
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


def text_in(fields: Mapping[str, object], name: str) -> str:
    """Return the text in a field; raise BadMessage if there is none."""
    text = fields.get(name)
    if not isinstance(text, str):
        raise BadMessage(reason=f"«{name}» debe ser un texto.")
    return text


def _parse_line(line: bytes) -> Mapping[str, object]:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadMessage(reason="La línea no es JSON.") from error
    if not isinstance(fields, dict):
        raise BadMessage(reason="La línea no es un objeto JSON.")
    return fields
