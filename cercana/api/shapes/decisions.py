"""What the person of a case says about it."""

from typing import Annotated

from pydantic import Field

from cercana.api.shapes.words import NUMBER, NUMBER_PATTERN, Day, Given, OptionalText, Shown, Text, Truth
from cercana.feedback.commands import Aspect, GivenOpinion
from cercana.rules.classification import Channel


class YesGiven(Given):
    """La persona confirma que su caso quedó resuelto."""

    words: OptionalText = Field(
        default="", description="Lo que dijo, con sus palabras.", examples=["Sí, ya lo taparon."]
    )


class Contested(Given):
    """La persona dice que su caso no quedó resuelto."""

    why: Text = Field(description="Qué falta, con sus palabras.", examples=["El hueco sigue ahí."])


class Why(Given):
    """Por qué se reabre un caso."""

    why: Text = Field(description="Qué volvió a pasar.", examples=["El hueco se abrió otra vez."])


class WordsGiven(Given):
    """La persona retira su caso."""

    words: OptionalText = Field(
        default="", description="Lo que dijo, con sus palabras.", examples=["Ya no hace falta."]
    )


class MessageGiven(Given):
    """Lo que la persona escribe en su caso."""

    text: Text = Field(description="El mensaje.", examples=["Les mando la foto que faltaba."])


class NewLinkGiven(Given):
    """De qué caso se perdió el código."""

    number: str = Field(pattern=NUMBER_PATTERN)


class OpinionGiven(Given):
    """La opinión sobre la atención, cuando el caso ya cerró."""

    mark: Annotated[int, Field(ge=1, le=5), NUMBER] = Field(description="De 1 a 5.", examples=[4])
    aspects: dict[Aspect, Truth] = Field(default={}, description="Qué estuvo bien y qué no.")
    line: OptionalText = Field(default="", description="Una línea con sus palabras.")

    def opinion(self) -> GivenOpinion:
        """Return what the command takes."""
        return GivenOpinion(self.mark, aspects=self.aspects, line=self.line)


class PlatformCodeGiven(Given):
    """El código que dio el Libro de Reclamaciones del Estado."""

    code: str = Field(pattern=r"^[A-Za-z0-9/. -]{1,60}$", examples=["0001234-2026"])


class CodeShown(Shown):
    """El código nuevo; el anterior y sus enlaces dejan de servir."""

    number: str
    code: str


class ReceivedGiven(Given):
    """Lo que la persona dijo de más, por donde haya sido."""

    text: Text = Field(description="Lo que dijo, con sus palabras.")
    channel: Channel = Field(description="Por dónde lo dijo.")


class StatePlatformGiven(PlatformCodeGiven):
    """El código del Libro de Reclamaciones del Estado y su fecha."""

    day: Day = Field(description="La fecha del registro.")
