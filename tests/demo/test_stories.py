"""The demonstration corpus: what every story must hold before the demonstration may play it."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

Story = dict[str, Any]

FOLDER = Path(__file__).parents[2] / "cercana" / "demo" / "stories"
FILES = sorted(FOLDER.glob("*.toml"))

REQUIRED: dict[str, type] = {
    "id": str,
    "category": str,
    "kind": str,
    "class": str,
    "channels": list,
    "about_staff": bool,
    "vulnerable": bool,
    "title": str,
    "text": str,
    "note": str,
    "action": str,
    "answer_done": str,
    "answer_next": str,
    "answer_when": str,
    "outcome": str,
    "cause": str,
    "opinion": int,
}
SECOND_ANSWER = {"contest", "second_done", "second_next", "second_when"}
OPTIONAL = {"claim_type", "place", "question", "reply", "opinion_comment"} | SECOND_ANSWER

CODES = {
    "kind": {"claim", "inquiry"},
    "class": {"simple", "complex", "critical"},
    "outcome": {"solved", "explained", "not_possible", "forwarded"},
    "cause": {
        "maintenance",
        "backlog",
        "information",
        "data_error",
        "system_failure",
        "staff_conduct",
        "contractor",
        "third_party",
        "outside_entity",
        "weather",
        "no_fault",
    },
}
CLAIM_TYPES = {"delay", "error", "poor_service"}
CHANNELS = {"counter", "phone", "email", "app"}

# Areas absent here are checked for everything but the exact names of their categories.
CATEGORIES = {
    "seguridad_ciudadana": {"suspicious_person", "street_disturbance", "patrol_request", "guard_conduct"},
    "fiscalizacion": {
        "noise",
        "works_out_of_hours",
        "street_trade",
        "unlicensed_premises",
        "unlicensed_works",
        "neighbour_damage",
    },
    "parques_jardines": {"tree_risk", "pruning", "park_upkeep", "playground_damage"},
    "limpieza_publica": {"missed_collection", "debris", "recycling_container", "dead_animal"},
    "obras_infraestructura": {
        "pothole",
        "sidewalk",
        "open_manhole",
        "unsigned_works",
        "utility_water",
        "utility_power",
        "utility_telecom",
    },
    "transito_movilidad": {"traffic_signal", "badly_parked", "parking_zones", "bike_lane", "public_transport"},
}

STAFF_TEXTS = ["note", "action", "question", "answer_done", "answer_next", "answer_when"]
STAFF_TEXTS += ["second_done", "second_next", "second_when"]
CITIZEN_TEXTS = ["text", "reply", "contest", "opinion_comment"]
LONGEST_TITLE = 80
LONGEST_SENTENCE_WORDS = 20
# Shorter ones («Buenos días.», «Gracias.») are anybody's.
SHORTEST_OWN_SENTENCE_WORDS = 5
FEWEST_STORIES, FEWEST_INQUIRIES, FEWEST_CRITICAL = 28, 3, 4


def stories_in(path: Path) -> list[Story]:
    """Return the stories of one file, in the order they are written."""
    stories: list[Story] = tomllib.loads(path.read_text(encoding="utf-8"))["story"]
    return stories


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text``; a line break ends one too."""
    return [piece for piece in re.split(r"(?<=[.!?:;…])\s+|\n+", text.strip()) if piece]


def own_sentences(story: Story) -> Iterator[str]:
    """Yield, once each and in lower case, the sentences long enough to belong to this story alone."""
    texts = (story[key] for key in STAFF_TEXTS + CITIZEN_TEXTS if key in story)
    told = {sentence.lower() for text in texts for sentence in sentences(text)}
    return (sentence for sentence in told if len(sentence.split()) >= SHORTEST_OWN_SENTENCE_WORDS)


def repeated(values: Iterator[str]) -> list[str]:
    """Return the values that come more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


def every_story() -> Iterator[Story]:
    """Yield the stories of all files."""
    return (story for path in FILES for story in stories_in(path))


class TestCorpus:
    def test_exists(self) -> None:
        assert FILES

    def test_names_each_story_once(self) -> None:
        assert repeated(story["id"] for story in every_story()) == []

    def test_tells_no_text_twice(self) -> None:
        assert repeated(story["text"].strip().casefold() for story in every_story()) == []

    def test_reuses_no_sentence_between_stories(self) -> None:
        assert repeated(sentence for story in every_story() for sentence in own_sentences(story)) == []

    def test_gives_each_category_to_one_area(self) -> None:
        pairs = {(path.stem, story["category"]) for path in FILES for story in stories_in(path)}

        assert repeated(category for _, category in pairs) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestStories:
    def test_are_enough_and_varied(self, path: Path) -> None:
        stories = stories_in(path)

        assert len(stories) >= FEWEST_STORIES
        assert sum(story["kind"] == "inquiry" for story in stories) >= FEWEST_INQUIRIES
        assert sum(story["class"] == "critical" for story in stories) >= FEWEST_CRITICAL

    def test_have_the_required_keys_and_no_unknown_ones(self, path: Path) -> None:
        for story in stories_in(path):
            assert REQUIRED.keys() <= story.keys() <= REQUIRED.keys() | OPTIONAL, story["id"]
            assert all(type(story[key]) is kind for key, kind in REQUIRED.items()), story["id"]

    def test_leave_no_key_blank(self, path: Path) -> None:
        for story in stories_in(path):
            assert all(value.strip() for value in story.values() if isinstance(value, str)), story["id"]

    def test_use_only_known_codes(self, path: Path) -> None:
        for story in stories_in(path):
            assert all(story[key] in allowed for key, allowed in CODES.items()), story["id"]
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", story["id"]), story["id"]
            assert story["channels"], story["id"]
            assert set(story["channels"]) <= CHANNELS, story["id"]
            assert 1 <= story["opinion"] <= 5, story["id"]

    def test_use_the_categories_of_their_area(self, path: Path) -> None:
        used = {story["category"] for story in stories_in(path)}

        assert used <= CATEGORIES.get(path.stem, used)
        assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", category) for category in used)

    def test_give_a_type_to_claims_only(self, path: Path) -> None:
        for story in stories_in(path):
            types = CLAIM_TYPES if story["kind"] == "claim" else {None}
            assert story.get("claim_type") in types, story["id"]

    def test_follow_the_labels_of_triage(self, path: Path) -> None:
        for story in stories_in(path):
            assert not story["vulnerable"] or story["class"] == "critical", story["id"]
            assert not story["about_staff"] or story["class"] != "simple", story["id"]

    def test_answer_what_is_asked_and_what_is_contested(self, path: Path) -> None:
        for story in stories_in(path):
            assert ("question" in story) == ("reply" in story), story["id"]
            assert story.keys() & SECOND_ANSWER in (set(), SECOND_ANSWER), story["id"]

    def test_greet_the_person_in_every_answer(self, path: Path) -> None:
        for story in stories_in(path):
            answers = [story[key] for key in ("answer_done", "second_done") if key in story]
            assert all(answer.startswith(("Buenos días", "Buenas tardes")) for answer in answers), story["id"]

    def test_have_a_title_that_fits(self, path: Path) -> None:
        assert [story["id"] for story in stories_in(path) if len(story["title"]) > LONGEST_TITLE] == []

    def test_keep_the_sentences_of_the_staff_short(self, path: Path) -> None:
        for story in stories_in(path):
            told = [sentence for key in STAFF_TEXTS if key in story for sentence in sentences(story[key])]
            assert [s for s in told if len(s.split()) > LONGEST_SENTENCE_WORDS] == [], story["id"]

    def test_hold_no_document_phone_or_address_of_mail(self, path: Path) -> None:
        for story in stories_in(path):
            told = " ".join(story[key] for key in CITIZEN_TEXTS if key in story)
            assert not re.search(r"\d{7,}|\d{3}[ -]\d{3,}|\S@\S", told), story["id"]
