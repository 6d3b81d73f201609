"""The individually written stories of the demonstration, as they stand in ``stories/``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from cercana.rules.classification import CaseClass, Cause, Channel, ClaimType, RequestKind
from cercana.rules.lifecycle import Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """The three parts of an answer as the staff wrote them."""

    done: str
    next_step: str
    by_when: str


@dataclass(frozen=True, slots=True)
class Story:
    """
    One invented matter from the first words to the opinion; a text that is "" was not said.

    ``hours`` (from, to) and ``weekday`` are given where the text says when it is told.
    """

    id: str
    category: str
    kind: RequestKind
    claim_type: ClaimType | None
    class_: CaseClass
    channels: tuple[Channel, ...]
    about_staff: bool
    is_vulnerable: bool
    title: str
    place: str
    text: str
    note: str
    action: str
    question: str
    reply: str
    answer: Answer
    outcome: Outcome
    cause: Cause
    contest: str
    second: Answer | None
    opinion: int
    opinion_comment: str
    echoes: tuple[str, ...] = ()
    hours: tuple[int, int] | None = None
    weekday: int | None = None


@cache
def load_stories() -> tuple[Story, ...]:
    """Return every story, file by file in the order they are written."""
    echoes = {each["story"]: each["text"] for each in read_town("echoes")["echo"]}
    timed = read_town("timed")
    folder = resources.files("cercana.demo").joinpath("stories")
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    return tuple(
        _story(given, echoes, timed.get(given["id"], {}))
        for file in files
        for given in tomllib.loads(file.read_text(encoding="utf-8"))["story"]
    )


def read_town(name: str) -> dict[str, Any]:
    """Return the table ``town/<name>.toml``."""
    text = resources.files("cercana.demo").joinpath("town", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _story(given: dict[str, Any], echoes: Mapping[str, str], timed: Mapping[str, Any]) -> Story:
    claim_type = given.get("claim_type")
    hours = timed.get("hours")
    second = None
    if "contest" in given:
        second = Answer(given["second_done"], given["second_next"], given["second_when"])
    return Story(
        id=given["id"],
        category=given["category"],
        kind=RequestKind(given["kind"]),
        claim_type=ClaimType(claim_type) if claim_type else None,
        class_=CaseClass(given["class"]),
        channels=tuple(Channel(each) for each in given["channels"]),
        about_staff=given["about_staff"],
        is_vulnerable=given["vulnerable"],
        title=given["title"],
        place=given.get("place", ""),
        text=given["text"],
        note=given["note"],
        action=given["action"],
        question=given.get("question", ""),
        reply=given.get("reply", ""),
        answer=Answer(given["answer_done"], given["answer_next"], given["answer_when"]),
        outcome=Outcome(given["outcome"]),
        cause=Cause(given["cause"]),
        contest=given.get("contest", ""),
        second=second,
        opinion=given["opinion"],
        opinion_comment=given.get("opinion_comment", ""),
        echoes=(echoes[given["id"]],) if given["id"] in echoes else (),
        hours=(hours[0], hours[1]) if hours else None,
        weekday=timed.get("weekday"),
    )
