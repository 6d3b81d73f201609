"""The texts of the letters: those the municipality changed, and those shipped in ``texts/``."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from cercana.conversation.letters import Kind
from cercana.conversation.models import Template
from cercana.rules.time_texts import Language

_FOLDER = Path(__file__).parent / "texts"
_PHRASES = "phrases"
_PUSHES = "pushes"


@dataclass(frozen=True, slots=True)
class Wording:
    """One text as it is written; version 0 is the shipped one."""

    subject: str
    body: str
    version: int = 0


def wording(kind: Kind, language: Language, now: datetime) -> Wording:
    """Return the text of ``kind`` that is valid at ``now``."""
    changed = Template.objects.filter(code=kind, language=language, valid_from__lte=now).order_by("-version").first()
    if changed is None:
        return shipped(kind, language)
    return Wording(changed.subject, changed.body, changed.version)


@cache
def shipped(kind: Kind, language: Language) -> Wording:
    """Return the text of ``kind`` that comes with the product."""
    entry = _read(language)[kind]
    return Wording(entry["subject"], entry["body"])


def phrase(name: str, language: Language) -> str:
    """Return a phrase that stands inside texts; its variables are still in it."""
    return _read(language)[_PHRASES][name]


def push_words(kind: Kind, language: Language, number: str) -> tuple[str, str]:
    """
    Return title and sentence of what a phone shows about a letter of ``kind``, on a screen that anybody may see.

    Nobody's name, and nothing of what the case is about.
    """
    said = _read(language)[_PUSHES]
    return said["title"].format(number=number), said[kind]


@cache
def _read(language: Language) -> dict[str, dict[str, str]]:
    tables = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return {name: {key: str(text) for key, text in table.items()} for name, table in tables.items()}
