"""What to say while somebody tells their case: the four principles of the manual (M2.1), with words that fit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from cercana.rules.guidance import MOMENTS, GuideStep, Mark, Situation, Talk, choose
from cercana.rules.matter import matter_of
from cercana.rules.similarity import written_words
from cercana.rules.triage.proposal import Span
from cercana.ui.sentences import ended

_ENOUGH_WORDS = 4
_MOST_AVOIDED = 4
TITLES = {
    GuideStep.LISTEN: ("Escucha activa", "Haga preguntas abiertas y no interrumpa."),
    GuideStep.RECOGNISE: ("Empatía", "Nombre lo que siente, sin juzgar."),
    GuideStep.CLARIFY: ("Claridad y cortesía", "Sin tecnicismos. Repita y confirme."),
    GuideStep.LIMITS: ("Asertividad", "Prometa solo lo que se puede cumplir."),
}
# What has to be said at such a moment comes before the promise of the case.
_BEFORE_THE_PROMISE = frozenset({Mark.WAITING, Mark.REFUSAL, Mark.FAREWELL, Mark.ABUSIVE, Mark.LATE})


@dataclass(frozen=True, slots=True)
class Telling:
    """
    What is known so far: the person's words, where, what they ask, and what the case promises in words.

    ``spans`` are the words by which triage knows the matter.
    """

    words: str = ""
    place: str = ""
    request: str = ""
    promise: str = ""
    spans: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Which step the agent went to, "" for none, and of which steps they said the words."""

    at: str = ""
    used: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GuideLine:
    """
    One step: ``state`` is «done», «now» or «ahead»; ``phrase`` is said to the person as it stands.

    ``others`` are further phrases; ``situations`` are those they come from, the most fitting first.
    """

    step: GuideStep
    state: str
    title: str
    hint: str
    phrase: str
    others: Sequence[str]
    situations: Sequence[Situation]
    is_used: bool

    @property
    def is_over(self) -> bool:
        """Whether its words need no more room; the reading back stays until it was done (M2.1a)."""
        return self.is_used if self.step is GuideStep.CLARIFY else self.state == "done"


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide beside a conversation: its steps, and for the one that is now what to avoid and how to stand (M2.2)."""

    lines: Sequence[GuideLine]
    tone: str
    avoid: Sequence[str]
    escalate: str


def guide_for(talk: Talk, telling: Telling, situations: Iterable[Situation], progress: Progress) -> Guide:
    """
    Return the four steps in order; now is the first that is not done, or a later one the agent went to.

    What the agent says comes now, such as a pause or a no, has its words at once, whatever was told before.
    """
    chosen = choose(situations, talk)
    steps = list(GuideStep)
    gone_to = steps.index(GuideStep(progress.at)) if progress.at in steps else 0
    now = max(_reached(telling), gone_to, _of_the_moment(chosen, talk))
    lines = [_line(step, place - now, chosen[step], talk, telling, progress) for place, step in enumerate(steps)]
    current = lines[now].situations
    first = current[0] if current else None
    return Guide(
        lines=lines,
        tone=next((each.tone for each in current if each.tone), ""),
        avoid=[text for each in current for text in each.avoid][:_MOST_AVOIDED],
        escalate=first.escalate if first else "",
    )


def _reached(telling: Telling) -> int:
    done = (
        len(written_words(telling.words)) >= _ENOUGH_WORDS,
        bool(telling.place.strip()),
        bool(telling.request.strip()),
        False,
    )
    return done.index(False)


def _of_the_moment(chosen: Mapping[GuideStep, Sequence[Situation]], talk: Talk) -> int:
    """Return the place of the step that has words for what comes now, 0 if nothing out of the order comes."""
    moment = talk.marks & MOMENTS
    having = (place for place, found in enumerate(chosen.values()) if any(each.marks & moment for each in found))
    return next(having, 0)


def _line(
    step: GuideStep, ahead: int, situations: Sequence[Situation], talk: Talk, telling: Telling, progress: Progress
) -> GuideLine:
    title, hint = TITLES[step]
    # The first words of each situation come before the second words of any.
    rounds = zip_longest(*(each.say for each in situations))
    phrases = [text for texts in rounds for text in texts if text]
    if generated := _generated(step, talk, telling):
        phrases.insert(0, generated)
    state = "now" if ahead == 0 else "ahead" if ahead > 0 else "done"
    phrase, others = (phrases[0], phrases[1:]) if phrases else ("", [])
    return GuideLine(step, state, title, hint, phrase, others, situations, is_used=step in progress.used)


def _generated(step: GuideStep, talk: Talk, telling: Telling) -> str:
    """Return the phrase that this case gives by itself, or "": the reading back, and what may be promised."""
    if step is GuideStep.CLARIFY and (matter := matter_of(telling.words, telling.spans)):
        return _read_back(matter, telling.place.strip().rstrip("."))
    if step is GuideStep.LIMITS and telling.promise and not talk.marks & _BEFORE_THE_PROMISE:
        return ended(
            f"No puedo darle la hora exacta de la solución. Sí puedo decirle que tenemos plazo {telling.promise}"
        )
    return ""


def _read_back(matter: str, place: str) -> str:
    """Return the reading back of what was understood, in the person's own words (M2.1a)."""
    return f"Repito para no equivocarme. Me dice: “{matter}”.{f' Es en {place}.' if place else ''} ¿Es correcto?"
