"""What every municipality of Peru begins with, as shipped: legal natures, national numbers, a privacy notice."""

import tomllib
from importlib import resources
from typing import Any

from cercana.organization.entries import EmergencyEntry, NatureEntry, NoticeEntry, TermEntry


def legal_natures() -> list[NatureEntry]:
    """Return the legal natures in the order they are asked, with their terms."""
    return [_nature(given) for given in _table("legal_natures")["nature"]]


def emergency_numbers() -> list[EmergencyEntry]:
    """Return the national numbers to call when there is danger."""
    return [EmergencyEntry(**given) for given in _table("emergency_numbers")["number"]]


def privacy_notice() -> NoticeEntry:
    """Return the first version of the privacy notice."""
    given = _table("privacy_notice")
    return NoticeEntry(**{**given, "text": given["text"].strip(), "text_en": given["text_en"].strip()})


def _nature(given: dict[str, Any]) -> NatureEntry:
    terms = tuple(TermEntry(**term) for term in given.pop("term", ()))
    return NatureEntry(**given, terms=terms)


def _table(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
