"""
Which situations of the guide fit a conversation: what to say, what not to say, when to escalate (M2.1, M2.2, M3.3).

A situation stands for one of four steps. It fits when everything it asks for holds; the one that asks for most comes
first. Nothing here is kept of the citizen: the marks say what the page already knows, or what the agent sees.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cercana.rules.classification import Channel


class GuideStep(StrEnum):
    """The four principles of 2.1 in the order of a conversation; the values are stored and stand in the texts."""

    LISTEN = "escuchar"
    RECOGNISE = "reconocer"
    CLARIFY = "aclarar"
    LIMITS = "limites"


class Mark(StrEnum):
    """Something that holds for this conversation; the values stand in the texts of the situations."""

    INQUIRY = "consulta"
    POOR_SERVICE = "maltrato"
    DELAY = "demora"
    ERROR = "error"
    DANGER = "peligro"
    VULNERABLE = "vulnerable"
    ABOUT_STAFF = "personal"
    QUECHUA = "quechua"
    SIGN_LANGUAGE = "senas"
    OTHER_LANGUAGE = "otra_lengua"
    FOREIGN = "extranjera"
    OLDER = "mayor"
    ANGRY = "molesta"
    CRYING = "llora"
    SILENT = "calla"
    HURRIED = "apurada"
    ABUSIVE = "ofende"
    LATE = "tarde"
    WAITING = "espera"
    REFUSAL = "decir_no"
    FAREWELL = "despedida"


# How much each mark says about the words that are needed: what happens at this moment, before how the person is,
# before what the case is about.
MOMENTS = frozenset({Mark.WAITING, Mark.REFUSAL, Mark.FAREWELL})
_DANGERS = frozenset({Mark.DANGER, Mark.ABUSIVE})
_PEOPLE = frozenset({Mark.ANGRY, Mark.CRYING, Mark.SILENT, Mark.HURRIED, Mark.LATE})
_SUBJECTS = frozenset({Mark.POOR_SERVICE, Mark.DELAY, Mark.ERROR, Mark.INQUIRY})
_OF_A_MOMENT, _OF_DANGER, _OF_A_PERSON, _OF_THEIR_NEEDS, _OF_A_SUBJECT = 16, 12, 8, 7, 5
_OF_A_CATEGORY, _OF_AN_AREA, _OF_A_CHANNEL = 6, 4, 1


@dataclass(frozen=True, slots=True)
class Situation:
    """
    One situation as somebody wrote it: the words to say, those to avoid, when to escalate.

    ``channels``, ``marks``, ``areas`` and ``categories`` are what it asks for: all the marks, and one of the others
    where any is named; a category says more than its area. ``reason`` and ``alternative`` go with a no (M2.1d);
    ``tone`` is one line about voice and posture (M2.2). Each may be "".
    """

    key: str
    title: str
    step: GuideStep
    channels: frozenset[Channel]
    say: tuple[str, ...]
    avoid: tuple[str, ...]
    escalate: str
    marks: frozenset[Mark] = frozenset()
    areas: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    tone: str = ""
    reason: str = ""
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation that goes on; ``areas`` are that of the motive and those above it."""

    channel: Channel
    marks: frozenset[Mark] = frozenset()
    areas: frozenset[str] = frozenset()
    category: str = ""


def choose(situations: Iterable[Situation], talk: Talk, *, most: int = 2) -> Mapping[GuideStep, tuple[Situation, ...]]:
    """Return for each step up to ``most`` situations that fit ``talk``, the most fitting first, then by key."""
    fitting = [each for each in situations if _fits(each, talk)]
    ranked = sorted(fitting, key=lambda each: (-_says(each), each.key))
    return {step: tuple(each for each in ranked if each.step is step)[:most] for step in GuideStep}


def _fits(situation: Situation, talk: Talk) -> bool:
    is_about = (
        talk.category in situation.categories
        if situation.categories
        else not situation.areas or bool(situation.areas & talk.areas)
    )
    return talk.channel in situation.channels and situation.marks <= talk.marks and is_about


def _says(situation: Situation) -> int:
    """Return how much a situation asks for, and so how well it fits where it does."""
    of_subject = _OF_A_CATEGORY if situation.categories else _OF_AN_AREA if situation.areas else 0
    of_channel = _OF_A_CHANNEL if len(situation.channels) == 1 else 0
    return sum(_weight(mark) for mark in situation.marks) + of_subject + of_channel


def _weight(mark: Mark) -> int:
    weights = ((MOMENTS, _OF_A_MOMENT), (_DANGERS, _OF_DANGER), (_PEOPLE, _OF_A_PERSON), (_SUBJECTS, _OF_A_SUBJECT))
    return next((weight for marks, weight in weights if mark in marks), _OF_THEIR_NEEDS)
