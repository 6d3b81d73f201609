"""What to say while somebody tells their case: the four principles of the manual (M2.1), with phrases that fit."""

import re
from dataclasses import dataclass

from cercana.rules.classification import CaseClass, Channel, ClaimType
from cercana.rules.similarity import written_words
from cercana.ui.sentences import ended

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_LONGEST_REPEATED = 110
_ENOUGH_WORDS = 4
_GREETINGS = {
    Channel.PHONE: "Gracias por llamar. Cuénteme qué pasó, con calma. Yo voy anotando.",
    Channel.COUNTER: "Tome asiento, por favor. Cuénteme qué pasó, con calma. Yo voy anotando.",
}
_EMPATHY = {
    ClaimType.POOR_SERVICE: "Lamento que le hayan atendido así. Gracias por contárnoslo.",
    ClaimType.DELAY: "Entiendo su molestia. Esperar tanto sin respuesta cansa a cualquiera.",
    ClaimType.ERROR: "Lamento el error y el tiempo que le costó. Vamos a revisarlo.",
}
_EMPATHY_IN_DANGER = "Entiendo su preocupación. Hace bien en avisar, lo atendemos ahora mismo."
_EMPATHY_OTHERWISE = "Entiendo lo que me dice. Hace bien en avisar."

AVOID = ("Cálmese", "Eso no es de mi área", "El sistema no me deja", "Así es el procedimiento")
TONES = {
    Channel.PHONE: "Tono amable y pausado (2.2)",
    Channel.COUNTER: "Mire a la persona, no a la pantalla (2.2)",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What is known so far: the person's words, where, what they ask, and what the case promises in words."""

    words: str = ""
    place: str = ""
    request: str = ""
    claim_type: ClaimType | None = None
    class_: CaseClass | None = None
    promise: str = ""


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One principle: ``state`` is «done», «now» or «ahead»; ``phrase`` is said to the person as it stands."""

    state: str
    title: str
    hint: str
    phrase: str


def guide_for(channel: Channel, telling: Telling) -> list[GuideStep]:
    """Return the four principles in order; the first that is not done is the one for now."""
    steps = [
        (_is_told(telling), "Escucha activa", "Haga preguntas abiertas y no interrumpa.", _greeting(channel)),
        (bool(telling.place.strip()), "Empatía", "Nombre lo que siente, sin juzgar.", _empathy(telling)),
        (bool(telling.request.strip()), "Claridad y cortesía", "Sin tecnicismos. Repita y confirme.", _repeat(telling)),
        (False, "Asertividad", "Prometa solo lo que se puede cumplir.", _promise(telling)),
    ]
    now = next(place for place, (is_done, *_) in enumerate(steps) if not is_done)
    return [
        GuideStep("done" if place < now else "now" if place == now else "ahead", title, hint, phrase)
        for place, (_, title, hint, phrase) in enumerate(steps)
    ]


def _is_told(telling: Telling) -> bool:
    return len(written_words(telling.words)) >= _ENOUGH_WORDS


def _greeting(channel: Channel) -> str:
    return _GREETINGS.get(channel, _GREETINGS[Channel.PHONE])


def _empathy(telling: Telling) -> str:
    if telling.class_ is CaseClass.CRITICAL:
        return _EMPATHY_IN_DANGER
    return _EMPATHY[telling.claim_type] if telling.claim_type else _EMPATHY_OTHERWISE


def _repeat(telling: Telling) -> str:
    """Return the reading back of what was understood, in the person's own words (M2.1a)."""
    told, place = _first_words(telling.words), telling.place.strip().rstrip(".")
    said = f" Me dice: “{told}”." if told else " …"
    return f"Repito para no equivocarme.{said}{f' Es en {place}.' if place else ''} ¿Es correcto?"


def _first_words(text: str) -> str:
    """Return the first sentence that says something, cut between words."""
    sentences = [" ".join(each.split()) for each in _SENTENCE.split(text)]
    first = next((each for each in sentences if len(written_words(each)) > 1), "").rstrip(".… ")
    if len(first) <= _LONGEST_REPEATED:
        return first
    return first[:_LONGEST_REPEATED].rsplit(" ", 1)[0] + "…"


def _promise(telling: Telling) -> str:
    if not telling.promise:
        return "Apenas lo registre le digo hasta cuándo tenemos para resolverlo."
    return ended(f"No puedo darle la hora exacta de la solución. Sí puedo decirle que tenemos plazo {telling.promise}")
