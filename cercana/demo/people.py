"""Invented neighbours: enough of them that few meet twice, with contacts that reach nobody."""

from dataclasses import dataclass

from cercana.demo.dice import Dice
from cercana.demo.story import read_town
from cercana.rules.folding import fold

# A reserved top-level domain: mail to it goes nowhere.
MAIL_DOMAIN = "vecinos.example"
# Peru reserves no numbers for fiction; no operator has given out this block, and a demonstration calls nobody.
_FIRST_PHONE = 900_000_000
# RENIEC has issued no number this high: the format is right, the person cannot exist.
_FIRST_DOCUMENT = 99_000_000
_PEOPLE = 900
PHONES = [str(_FIRST_PHONE + position) for position in range(_PEOPLE)]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A person of the demonstration; ``phone`` is theirs alone, ``email`` may be "" for who has none."""

    name: str
    document: str
    phone: str
    email: str
    address: str
    language: str
    is_older: bool
    may_ask_opinion: bool


def invent_neighbours(seed: int) -> list[Neighbour]:
    """Return nine hundred neighbours, always the same for the same ``seed``."""
    dice = Dice(f"{seed}/people")
    names, streets = read_town("people"), read_town("streets")["streets"]
    documents = dice.sample(range(_FIRST_DOCUMENT, _FIRST_DOCUMENT + 1_000_000), _PEOPLE)
    return [_neighbour(dice, position, documents[position], names, streets) for position in range(_PEOPLE)]


def _neighbour(dice: Dice, position: int, document: int, names: dict[str, list[str]], streets: list[str]) -> Neighbour:
    given = dice.pick(names["women"] if dice.chance(0.55) else names["men"])
    father, mother = dice.sample(names["surnames"], 2)
    name = f"{given} {father} {mother}" if dice.chance(0.8) else f"{given} {father}"
    local = ".".join(fold(part).replace(" ", "") for part in (given.split()[0], father))
    is_older = dice.chance(0.18)
    has_mail = dice.chance(0.5 if is_older else 0.93)
    return Neighbour(
        name=name,
        document=str(document) if dice.chance(0.7) else "",
        phone=PHONES[position],
        email=f"{local}{position}@{MAIL_DOMAIN}" if has_mail else "",
        address=_address(dice, dice.pick(streets)),
        language=dice.pick(["es", "qu", "ay"], [97.6, 2, 0.4]),
        is_older=is_older,
        may_ask_opinion=dice.chance(0.62),
    )


def _address(dice: Dice, street: str) -> str:
    house = f"{street} {dice.randrange(110, 1990)}"
    flat = dice.random()
    if flat < 0.55:
        return f"{house}, dpto. {dice.randrange(1, 12)}0{dice.randrange(1, 5)}"
    return f"{house}, int. {dice.pick('ABCD')}" if flat < 0.62 else house
