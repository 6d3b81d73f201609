"""The situations of the guide as their trainer writes them, in plain Markdown with a few lines in front."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import ClassVar, TypeVar

from cercana.rules.classification import Channel
from cercana.rules.errors import DomainError
from cercana.rules.guidance import GuideStep, Mark, Situation

LONGEST_TEXT = 4_000
LONGEST_SENTENCE = 20
_FENCE = "---"
_CHANNELS = {
    "telefono": frozenset({Channel.PHONE}),
    "ventanilla": frozenset({Channel.COUNTER}),
    "ambos": frozenset({Channel.PHONE, Channel.COUNTER}),
}
_LINES = ("titulo", "paso", "canal", "cuando", "areas", "motivos", "tono")
SAY, AVOID, ESCALATE, REASON, ALTERNATIVE = (
    "Diga",
    "Mejor no diga",
    "Cuándo escalar",
    "La razón del no",
    "La alternativa",
)
_SECTIONS = (SAY, AVOID, ESCALATE, REASON, ALTERNATIVE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_E = TypeVar("_E", bound=StrEnum)


class GuidanceMalformed(DomainError):
    """A situation is shown only if each of its parts can be told."""

    code: ClassVar[str] = "guidance.malformed"
    message: ClassVar[str] = "Falta algo en la situación: {problem}."
    status: ClassVar[int] = 422


def parse_situation(key: str, text: str) -> Situation:
    """Return the situation that ``text`` describes; raise GuidanceMalformed with what is wrong, in Spanish."""
    if len(text) > LONGEST_TEXT:
        raise GuidanceMalformed(problem=f"el texto pasa de {LONGEST_TEXT} letras")
    front, body = _parted(text)
    sections = _sections(body)
    marks = frozenset(_enum(Mark, each, "cuando") for each in _listed(front, "cuando"))
    reason, alternative = (" ".join(sections.get(name, [])) for name in (REASON, ALTERNATIVE))
    if Mark.REFUSAL in marks and not (reason and alternative):
        raise GuidanceMalformed(problem=f"quien dice que no da «{REASON}» y «{ALTERNATIVE}»")
    return Situation(
        key=key,
        title=_required(front, "titulo"),
        step=_enum(GuideStep, _required(front, "paso"), "paso"),
        channels=_channels(front),
        say=_items(sections, SAY),
        avoid=_items(sections, AVOID),
        escalate=" ".join(_items(sections, ESCALATE)),
        marks=marks,
        areas=frozenset(_listed(front, "areas")),
        categories=frozenset(_listed(front, "motivos")),
        tone=front.get("tono", ""),
        reason=reason,
        alternative=alternative,
    )


def sentences_of(situation: Situation) -> list[str]:
    """Return each sentence of a situation that is said or read."""
    told = (*situation.say, *situation.avoid, situation.escalate, situation.tone, situation.reason)
    return [each for text in (*told, situation.alternative) for each in _SENTENCE_END.split(text) if each]


def long_sentences(situation: Situation) -> list[str]:
    """Return the sentences that are too long to be said at ease, for advice to whoever writes them."""
    return [each for each in sentences_of(situation) if len(each.split()) > LONGEST_SENTENCE]


def _parted(text: str) -> tuple[Mapping[str, str], list[str]]:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    if not lines or lines[0] != _FENCE or _FENCE not in lines[1:]:
        raise GuidanceMalformed(problem="las primeras líneas van entre «---» y «---»")
    end = lines.index(_FENCE, 1)
    front = {}
    for line in filter(None, lines[1:end]):
        name, _, value = line.partition(":")
        if name.strip() not in _LINES:
            raise GuidanceMalformed(problem=f"no se conoce la línea «{name.strip()}»")
        front[name.strip()] = value.strip()
    return front, lines[end + 1 :]


def _sections(lines: Iterable[str]) -> Mapping[str, list[str]]:
    """Return what stands under each heading, without the marks of a list."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in filter(None, lines):
        if line.startswith("## "):
            name = line[3:].strip()
            if name not in _SECTIONS:
                raise GuidanceMalformed(problem=f"no se conoce el título «{name}»")
        elif not name:
            raise GuidanceMalformed(problem=f"el texto empieza con «## {SAY}»")
        else:
            found.setdefault(name, []).append(line.removeprefix("- ").strip())
    return found


def _required(front: Mapping[str, str], name: str) -> str:
    if not front.get(name):
        raise GuidanceMalformed(problem=f"escriba «{name}:» en las primeras líneas")
    return front[name]


def _listed(front: Mapping[str, str], name: str) -> list[str]:
    return [each.strip() for each in front.get(name, "").split(",") if each.strip()]


def _items(sections: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    if not sections.get(name):
        raise GuidanceMalformed(problem=f"escriba qué va en «{name}»")
    return tuple(sections[name])


def _channels(front: Mapping[str, str]) -> frozenset[Channel]:
    return _known(_CHANNELS.__getitem__, _required(front, "canal"), "canal", _CHANNELS)


def _enum(kind: type[_E], value: str, name: str) -> _E:
    return _known(kind, value, name, [each.value for each in kind])


_T = TypeVar("_T")


def _known(read: Callable[[str], _T], value: str, name: str, offered: Iterable[str]) -> _T:
    try:
        return read(value)
    except (KeyError, ValueError):
        options = ", ".join(offered)
        raise GuidanceMalformed(problem=f"«{value}» no vale en «{name}»; elija entre {options}") from None
