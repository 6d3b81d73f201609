"""``cercana promise``: when a case received at some instant is due, for people and for scripts."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

import click

from cercana.rules.calendar import CalendarGap
from cercana.rules.classification import CaseClass
from cercana.rules.errors import DomainError
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import Policy, promise_for, reckon_resolution, to_lima
from cercana.rules.time_words import due_words, explain

_POLICY = Policy(version=1)
_CALENDAR = peru_calendar()


class BadCase(DomainError):
    """What was given does not describe a case; ``reason`` says what is wrong, in Spanish."""

    code: ClassVar[str] = "command_line.bad_case"
    message: ClassVar[str] = "{reason}"
    status: ClassVar[int] = 400


@dataclass(frozen=True, slots=True)
class _Case:
    """What the promise depends on; ``class_`` is the one the case had before it became critical."""

    received_at: datetime
    class_: CaseClass
    became_critical_at: datetime | None


@click.command()
@click.option("--received", metavar="INSTANT", help="When it reached any channel: 2026-11-20T16:40 is Lima time.")
@click.option(
    "--class",
    "class_",
    type=click.Choice([each.value for each in CaseClass]),
    help="Its class, before it became critical.",
)
@click.option("--became-critical", metavar="INSTANT", help="When it became critical, if that was later.")
@click.option("--jsonl", is_flag=True, help="Read one case a line from standard input, write one promise a line.")
def promise(received: str | None, class_: str | None, became_critical: str | None, *, jsonl: bool) -> None:
    """
    Print when a case is due: JSON, instants in ISO 8601.

    With --jsonl a line in is {"received", "class", "became_critical"?} and a line out its promise;
    a bad line gives {"error"} in its place, and exit 1 at the end.
    """
    if jsonl:
        sys.exit(0 if _answer_lines() else 1)
    if received is None or class_ is None:
        raise click.UsageError("Give --received and --class, or --jsonl.")
    try:
        case = _parse_case({"received": received, "class": class_, "became_critical": became_critical})
        click.echo(json.dumps(_promise_of(case)))
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if sys.stdout.isatty():
        click.echo(_said(case), err=True)


def _answer_lines() -> bool:
    """Answer each line of standard input in its place; tell whether all were good."""
    all_good = True
    for line in sys.stdin.buffer:
        try:
            answer = _promise_of(_parse_line(line))
        except DomainError as refusal:
            answer, all_good = {"error": str(refusal)}, False
        click.echo(json.dumps(answer, ensure_ascii=False).encode())
    return all_good


def _parse_line(line: bytes) -> _Case:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadCase(reason="La línea no es JSON.") from error
    if not isinstance(fields, dict):
        raise BadCase(reason="La línea no es un objeto JSON.")
    return _parse_case(fields)


def _parse_case(fields: Mapping[str, object]) -> _Case:
    """Return the case that ``fields`` describe; raise BadCase, or CalendarGap for an instant too far away."""
    class_ = fields.get("class")
    if not isinstance(class_, str) or class_ not in list(CaseClass):
        raise BadCase(reason=f"«class» debe ser una de estas: {', '.join(CaseClass)}.")
    became_critical = fields.get("became_critical")
    return _Case(
        received_at=_parse_instant("received", fields.get("received")),
        class_=CaseClass(class_),
        became_critical_at=None if became_critical is None else _parse_instant("became_critical", became_critical),
    )


def _parse_instant(name: str, value: object) -> datetime:
    malformed = BadCase(reason=f"«{name}» debe ser un instante ISO 8601 con hora, por ejemplo 2026-11-20T16:40.")
    if not isinstance(value, str) or _is_bare_date(value):
        raise malformed
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise malformed from error
    # Before to_lima: the first and last years of the type have no Lima time. Hours alone
    # would need no calendar, but a promise for 1926 is a slip of the keyboard.
    if not _CALENDAR.knows(instant.year):
        raise CalendarGap(year=instant.year, first_year=_CALENDAR.first_year, last_year=_CALENDAR.last_year)
    return to_lima(instant)


def _is_bare_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _promise_of(case: _Case) -> dict[str, str | None]:
    due = promise_for(case.received_at, case.class_, _POLICY, _CALENDAR, became_critical_at=case.became_critical_at)
    response = due.first_response
    return {
        "first_response_due": None if response is None else response.printed(),
        "resolution_due": due.resolution.printed(),
    }


def _said(case: _Case) -> str:
    """Return the resolution in words, with its sum."""
    reckoning = reckon_resolution(
        case.received_at, case.class_, _POLICY, _CALENDAR, became_critical_at=case.became_critical_at
    )
    return f"Resolución {due_words(reckoning.due)} ({explain(reckoning)})."
