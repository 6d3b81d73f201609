"""What the desk says of calling back."""

from dataclasses import dataclass

from cercana.rules.callbacks import OUTCOME_LABELS, PREFERRED_WAY_LABELS, Outcome, PreferredWay, Standing


@dataclass(frozen=True, slots=True)
class OutcomeKey:
    """What can come of an attempt, and the key that notes it."""

    outcome: Outcome
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of the list: who stands in it, and what is to be done about them."""

    standing: Standing
    id: str
    title: str
    hint: str


OUTCOMES = tuple(
    OutcomeKey(outcome, OUTCOME_LABELS[outcome], key)
    for outcome, key in (
        (Outcome.SPOKE, "H"),
        (Outcome.NO_ANSWER, "N"),
        (Outcome.BUSY, "O"),
        (Outcome.WRONG_NUMBER, "E"),
    )
)
WAYS = {way: PREFERRED_WAY_LABELS[way] for way in PreferredWay}
LIST_PARTS = (
    ListPart(Standing.TO_SETTLE, "hablado", "Ya se habló, falta cerrar", "Registre el caso, únalo o diga por qué no."),
    ListPart(Standing.TO_CALL, "llamar", "Por llamar", "Primero la promesa que vence antes."),
    ListPart(
        Standing.OTHER_WAY,
        "otra-via",
        "Probar otra vía",
        "Ya no conviene llamar, o no se puede. Nadie sale de aquí sin un caso o un motivo.",
    ),
)
