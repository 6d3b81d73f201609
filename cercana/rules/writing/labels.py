"""What the writing assistant can find in a draft, in the codes of the interface, and the manual's line for each."""

from collections.abc import Mapping
from enum import StrEnum


class Fault(StrEnum):
    """Something the manual asks for and the draft lacks, or something it asks to leave out."""

    NO_GREETING = "sin_saludo"
    NO_EMPATHY = "sin_empatia"
    NO_APOLOGY = "sin_disculpa"
    NEEDLESS_APOLOGY = "disculpa_de_mas"
    OFFICE_WORDS = "tecnicismos"
    LONG_SENTENCE = "frase_larga"
    BLAME = "culpa_al_ciudadano"
    BLUNT = "tono_brusco"
    VAGUE_PROMISE = "promesa_sin_plazo"
    NO_NEXT_STEP = "sin_siguiente_paso"
    ASKS_AGAIN = "pide_dato_ya_dado"
    NO_ANSWER = "sin_respuesta"


# Shown when more than one is found at the same place: what opens a letter first.
MANUAL_LINES: Mapping[Fault, str] = {
    Fault.NO_GREETING: "M2.1c",
    Fault.NO_EMPATHY: "M2.1b",
    Fault.NO_APOLOGY: "M3.3c",
    Fault.NEEDLESS_APOLOGY: "M3.3c",
    Fault.OFFICE_WORDS: "M2.1c",
    Fault.LONG_SENTENCE: "M2.1c",
    Fault.BLAME: "M2.1d",
    Fault.BLUNT: "M2.1d",
    Fault.VAGUE_PROMISE: "M2.1d",
    Fault.NO_NEXT_STEP: "M3.3d",
    Fault.ASKS_AGAIN: "M2.1a",
    Fault.NO_ANSWER: "M3.3d",
}
# Why, for the person who writes: usted, at most 20 words.
REASONS: Mapping[Fault, str] = {
    Fault.NO_GREETING: "Falta saludar a la persona.",
    Fault.NO_EMPATHY: "Falta una frase que reconozca lo que vive la persona.",
    Fault.NO_APOLOGY: "Hubo una falla o una demora nuestra, y nadie pide disculpas.",
    Fault.NEEDLESS_APOLOGY: "La disculpa es por algo que no depende de la municipalidad.",
    Fault.OFFICE_WORDS: "Es lenguaje de oficina. Hay una palabra más simple.",
    Fault.LONG_SENTENCE: "La oración pasa de 40 palabras. Pártala en dos.",
    Fault.BLAME: "Suena a que la culpa es de la persona.",
    Fault.BLUNT: "Suena brusco. Diga el límite con respeto y con una alternativa.",
    Fault.VAGUE_PROMISE: "Es una promesa sin fecha. Diga el día o la hora.",
    Fault.NO_NEXT_STEP: "Falta decir qué sigue, quién lo hace y para cuándo.",
    Fault.ASKS_AGAIN: "Ese dato ya lo dio la persona.",
    Fault.NO_ANSWER: "No se responde lo que la persona preguntó.",
}
