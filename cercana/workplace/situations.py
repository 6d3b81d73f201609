"""The situations of the guide: those shipped with the product, and in their place what the trainer wrote."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from cercana.rules.classification import Channel
from cercana.rules.guidance import GuideStep, Mark, Situation, Talk, choose
from cercana.rules.guidance_text import parse_situation
from cercana.workplace.models import GuideText

_FOLDER = "guidance"


@lru_cache(maxsize=1)
def shipped_texts() -> Mapping[str, str]:
    """Return the Markdown of each situation of the product by its key, in order."""
    files = resources.files("cercana.workplace").joinpath(_FOLDER).iterdir()
    found = {each.name.removesuffix(".md"): each.read_text(encoding="utf-8") for each in files if ".md" in each.name}
    return dict(sorted(found.items()))


@lru_cache(maxsize=500)
def read_situation(key: str, text: str) -> Situation:
    """Return a situation, read once for each text; raise GuidanceMalformed as parse_situation does."""
    return parse_situation(key, text)


def situations() -> list[Situation]:
    """Return every situation of the guide as it stands today, by key."""
    return [read_situation(key, text) for key, text in current_texts().items()]


def words_of_limit(channel: Channel) -> Situation | None:
    """Return what to say where a conversation turns abusive (M3.3a); None if whoever teaches left it without words."""
    talk = Talk(channel, frozenset({Mark.ABUSIVE}))
    return next(iter(choose(situations(), talk, most=1)[GuideStep.LIMITS]), None)


def current_texts() -> Mapping[str, str]:
    """Return the Markdown of each situation by key: its last version, or else the one shipped."""
    latest = GuideText.objects.order_by("key", "-version").distinct("key").values_list("key", "text")
    return dict(sorted({**shipped_texts(), **dict(latest)}.items()))
