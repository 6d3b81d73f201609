"""The municipality's reply phrases, as they are offered beside a case."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from cercana.api.shapes.words import Shown
from cercana.conversation.queries import OfferedPhrase
from cercana.rules.reply_phrases import PhraseSituation


class PhraseShown(Shown):
    """Una frase con los datos del caso puestos."""

    id: int = Field(description="Va en «phrases» del mensaje en que se usa.")
    situation: PhraseSituation = Field(description="Para qué sirve.")
    title: str
    text: str
    missing: list[str] = Field(description="Lo que falta poner, entre corchetes en el texto.")
    is_for_category: bool = Field(description="Si es solo para el motivo de este caso.")


class PhrasesShown(Shown):
    """Las frases para este caso, primero las que más le convienen."""

    phrases: list[PhraseShown]

    @classmethod
    def of(cls, found: Mapping[PhraseSituation, Sequence[OfferedPhrase]]) -> "PhrasesShown":
        """Return the phrases in the order they were found."""
        return cls(
            phrases=[
                PhraseShown(
                    id=each.id,
                    situation=situation,
                    title=each.title,
                    text=each.filled.text,
                    missing=list(each.filled.missing),
                    is_for_category=each.is_for_category,
                )
                for situation, offered in found.items()
                for each in offered
            ]
        )
