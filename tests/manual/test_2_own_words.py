"""The product speaks as the manual asks its staff to: every text a citizen reads goes through the assistant (M2.1c)."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from cercana.rules.writing.cues import has_cue
from cercana.rules.writing.draft import draft_of
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.reading import Reading
from cercana.rules.writing.review import review
from cercana.rules.writing.situation import UNKNOWN
from tools.messages import EXTRACTION, EXTRACTION_OPTIONS, KEYWORDS, PACKAGE

# What only citizens read: pages, refusals, the paper of the receipt.
_PUBLIC = ("portal/", "conversation/", "feedback/")
# What the demonstration's municipality says of itself and of its categories.
_TOWN = (PACKAGE / "demo" / "municipality" / "catalogue.toml", PACKAGE / "demo" / "municipality" / "institution.toml")
_LETTERS = PACKAGE / "conversation" / "texts" / "es.toml"
# The stages of a case are called as in the manual (M3.2, M4.1).
_NAMES_OF_THE_MANUAL = {"Recepción", "Derivación"}
# «Normal», the middle of the five grades of INFLESZ, begins here.
_NORMAL = 55
# A title or a button is no prose: the formula needs some sentences' worth of words.
_FEWEST_WORDS = 12
_HURTS = {Fault.OFFICE_WORDS, Fault.BLAME, Fault.BLUNT, Fault.LONG_SENTENCE}
# A title or a button is no letter: what clauses of letters weigh says nothing of it, cues do.
_SAID = {Fault.BLAME, Fault.BLUNT}
_RECEIPTS = ("receipt", "receipt_proposed", "receipt_critical")
# Numbers and dates are filled in as short as they come: they are no words of ours.
_EXAMPLES = {
    "greeting": "Hola, Rosa:",
    "number": "125",
    "promise": "hasta el viernes 27",
    "response": "antes del lunes a las 12",
    "area": "Obras",
    "emergency": "al 116",
}


def spoken(text: str) -> str:
    """Return a text as somebody reads it: with something in the place of what is filled in."""
    filled = re.sub(r"\{(\w+)\}|%\((\w+)\)[sd]", lambda found: _EXAMPLES.get(found[1] or found[2], "5"), text)
    return re.sub(r"\[([^\]]+)\]\(\w+\)", r"\1.", re.sub(r"<[^>]+>", " ", filled)).strip()


@lru_cache
def letters() -> dict[str, str]:
    """Return the body of each letter by its kind."""
    found = tomllib.loads(_LETTERS.read_text(encoding="utf-8"))
    return {kind: spoken(letter["body"]) for kind, letter in found.items() if "body" in letter}


def strings(found: object) -> Iterator[str]:
    """Yield each text with a blank in it of what a file holds, in Spanish: codes have none."""
    if isinstance(found, str):
        yield from [found] if " " in found else []
    elif isinstance(found, list):
        for each in found:
            yield from strings(each)
    elif isinstance(found, dict):
        for name, value in found.items():
            if not name.endswith("_en"):
                yield from strings(value)


@lru_cache
def of_the_town() -> tuple[str, ...]:
    """Return what citizens read of the demonstration's municipality: categories, areas, sites, hours."""
    return tuple(each for path in _TOWN for each in strings(tomllib.loads(path.read_text(encoding="utf-8"))))


def pages() -> Iterator[str]:
    """Yield each text of the pages, refusals and papers of the public."""
    for name, _, text, _, _ in extract_from_dir(PACKAGE, EXTRACTION, EXTRACTION_OPTIONS, keywords=KEYWORDS):
        if Path(name).as_posix().startswith(_PUBLIC):
            yield from [text] if isinstance(text, str) else text


@lru_cache
def texts() -> tuple[str, ...]:
    """Return every text once: those of pages as they are, those of letters by the paragraph."""
    paragraphs = [part for letter in letters().values() for part in letter.split("\n\n")]
    return tuple(dict.fromkeys(filter(None, map(spoken, [*pages(), *paragraphs, *of_the_town()]))))


def _read(text: str) -> Reading:
    return Reading(draft_of(text))


class TestEveryTextOfThePublic:
    def test_is_found(self) -> None:
        assert len(texts()) > 500
        assert any("Te respondimos" in text for text in texts())
        assert any("Gracias por contárnoslo" in text for text in texts())
        assert "Una fiesta o un local hace demasiado ruido" in texts()

    def test_has_no_office_words_no_blame_no_harshness_and_no_endless_sentence(self) -> None:
        said = [
            (found.fault.value, found.words, text)
            for text in texts()
            if text not in _NAMES_OF_THE_MANUAL
            for found in review(text).findings
            if found.fault in _HURTS and (found.fault not in _SAID or has_cue(found.fault, _read(text), UNKNOWN))
        ]

        assert said == []

    def test_is_read_without_effort(self) -> None:
        prose = {text for text in map(spoken, pages()) if len(text.split()) >= _FEWEST_WORDS}
        hard = [(round(ease), text) for text in prose if (ease := review(text).ease.szigriszt) < _NORMAL]

        assert len(prose) > 50
        assert hard == []

    def test_would_be_noticed_if_it_were_otherwise(self) -> None:
        """The two tests above can fail."""
        text = "Se procederá a derivar su expediente a la unidad orgánica competente conforme a lo dispuesto."

        assert any(each.fault is Fault.OFFICE_WORDS for each in review(text).findings)
        assert review(text).ease.szigriszt < _NORMAL


class TestEveryLetter:
    @pytest.mark.parametrize("kind", sorted(set(letters()) - {"asking", "signature"}))
    def test_greets(self, kind: str) -> None:
        assert Fault.NO_GREETING not in review(letters()[kind]).problems

    @pytest.mark.parametrize("kind", sorted(set(letters()) - {"message"}))
    def test_is_read_without_effort(self, kind: str) -> None:
        """«message» is but the frame around what somebody writes."""
        assert review(letters()[kind]).ease.szigriszt >= _NORMAL

    @pytest.mark.parametrize("kind", _RECEIPTS)
    def test_of_receipt_thanks_and_says_what_comes_next(self, kind: str) -> None:
        problems = review(letters()[kind]).problems

        assert Fault.NO_EMPATHY not in problems
        assert Fault.NO_NEXT_STEP not in problems
        assert Fault.VAGUE_PROMISE not in problems
