"""
Reply phrases of the municipality: where each fits, how its variables are filled, and whether a sent text keeps it.

A phrase is offered to whoever writes and never sent on its own. ``{name}`` in it is a variable: the case gives it, or
the person who writes is asked for it, so that no brace reaches a citizen. Source: M2.1b-d, M3.3c-d.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from cercana.rules.classification import RequestKind
from cercana.rules.folding import fold


class PhraseSituation(StrEnum):
    """What a phrase does in a conversation."""

    GREETING = "greeting"
    EMPATHY = "empathy"
    APOLOGY = "apology"
    DELAY = "delay"
    CRITICAL = "critical"
    EXPLANATION = "explanation"
    QUESTION = "question"
    ALTERNATIVE = "alternative"
    FORWARDED = "forwarded"
    NEXT_STEP = "next_step"
    ON_THE_SPOT = "on_the_spot"
    CLOSING = "closing"


SITUATION_LABELS: Mapping[PhraseSituation, str] = {
    PhraseSituation.GREETING: "Saludo",
    PhraseSituation.EMPATHY: "Reconocer lo que pasó",
    PhraseSituation.APOLOGY: "Pedir disculpas",
    PhraseSituation.DELAY: "Vamos con demora",
    PhraseSituation.CRITICAL: "Hay peligro",
    PhraseSituation.EXPLANATION: "Explicar qué se hizo",
    PhraseSituation.QUESTION: "Pedir un dato",
    PhraseSituation.ALTERNATIVE: "Decir que no, con otra salida",
    PhraseSituation.FORWARDED: "Lo ve otra entidad",
    PhraseSituation.NEXT_STEP: "Qué sigue y para cuándo",
    PhraseSituation.ON_THE_SPOT: "Resuelto en el momento",
    PhraseSituation.CLOSING: "Despedida",
}

# What the case gives, and what each of them is called where it is missing.
CASE_VARIABLES: Mapping[str, str] = {
    "nombre": "nombre de la persona",
    "número": "número del caso",
    "motivo": "motivo del caso",
    "plazo": "hasta cuándo resolvemos",
    "área": "área que lo ve",
    "sede": "sede donde se atiende",
    "dirección": "dirección de la sede",
    "teléfono": "teléfono de la municipalidad",
    "horario": "horario de atención",
    "municipalidad": "nombre de la municipalidad",
    "firma": "su nombre",
}
# What only the person who writes can say: always asked.
ASKED_VARIABLES: Mapping[str, str] = {
    "fecha": "qué día",
    "hora": "qué hora",
    "hecho": "qué hicimos o haremos",
    "resumen": "qué nos contó",
    "razón": "por qué",
    "dato": "qué dato o documento",
    "lugar": "qué lugar",
    "entidad": "qué entidad",
}
VARIABLES: Mapping[str, str] = {**CASE_VARIABLES, **ASKED_VARIABLES}

# Fewer opinions say more about who gave them than about the phrase (domain.md, Opinion).
FEWEST_OPINIONS = 5

_VARIABLE = re.compile(r"\{([^{}]*)\}")
# With the full stop of its sentence, which «4:45 p. m.» brings along.
_VARIABLE_AND_STOP = re.compile(r"\{([^{}]*)\}(\.?)")
_WORD = re.compile(r"\w+")
# A phrase that was rewritten is no longer that phrase: so much of its words must stand in the text, in runs of so many.
_KEPT_SHARE, _SHORTEST_RUN = 0.5, 3


@dataclass(frozen=True, slots=True)
class Filled:
    """A phrase as it is offered: ``missing`` names, in order, what stands in square brackets and has to be said."""

    text: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides which phrases come first; nothing known by default."""

    kind: RequestKind | None = None
    is_late: bool = False
    is_critical: bool = False
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Rating:
    """What citizens thought of the cases where a phrase was used: how many marks, and their mean from 1 to 5."""

    count: int
    mean: float


def unknown_variables(text: str) -> tuple[str, ...]:
    """Return what stands in braces and is no variable, each once; a brace without its pair counts as itself."""
    names = [name for name in _VARIABLE.findall(text) if name not in VARIABLES]
    lonely = [brace for brace in _VARIABLE.sub("", text) if brace in "{}"]
    return tuple(dict.fromkeys([*names, *lonely]))


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """
    Return ``text`` with its variables replaced by ``values``; what has no value is asked for in square brackets.

    Values are not looked into, so that a name with a brace in it stays what it is. No sentence ends in two stops.
    """
    missing: list[str] = []

    def replaced(found: re.Match[str]) -> str:
        value = values.get(found[1], "").strip()
        if value:
            return value if value.endswith(".") else value + found[2]
        asked = VARIABLES.get(found[1], found[1])
        missing.append(asked)
        return f"[{asked}]{found[2]}"

    filled = _VARIABLE_AND_STOP.sub(replaced, text)
    return Filled(filled, tuple(dict.fromkeys(missing)))


def is_kept(phrase: str, sent: str) -> bool:
    """
    Tell whether ``sent`` still says the ``phrase`` (with its variables in it): at least half of its words, in runs.

    Case, accents and punctuation do not count, nor what stands where a variable was.
    """
    said = _words(_VARIABLE.sub(" ", phrase))
    if not said:
        return False
    shortest = min(_SHORTEST_RUN, len(said))
    runs = SequenceMatcher(None, said, _words(sent), autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs if run.size >= shortest) >= _KEPT_SHARE * len(said)


def situations_first(found: Circumstances) -> tuple[PhraseSituation, ...]:
    """Return every situation: danger first where there is one, then what fits the case, in the order of a message."""
    fitting = {PhraseSituation.GREETING, PhraseSituation.NEXT_STEP}
    fitting |= {PhraseSituation.EMPATHY} if found.kind is not RequestKind.INQUIRY else {PhraseSituation.EXPLANATION}
    fitting |= {PhraseSituation.DELAY, PhraseSituation.APOLOGY} if found.is_late else set()
    fitting |= {PhraseSituation.CLOSING} if found.is_answered else set()
    order = list(PhraseSituation)

    def place(each: PhraseSituation) -> tuple[bool, bool, int]:
        is_danger = found.is_critical and each is PhraseSituation.CRITICAL
        return not is_danger, each not in fitting, order.index(each)

    return tuple(sorted(order, key=place))


def rating_of(marks: Iterable[int]) -> Rating | None:
    """Return the rating that ``marks`` make, None while there are fewer than FEWEST_OPINIONS."""
    given = list(marks)
    return Rating(len(given), sum(given) / len(given)) if len(given) >= FEWEST_OPINIONS else None


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
