"""What the gateway of text messages tells, and what it is told."""

from typing import Annotated

from pydantic import Field, StringConstraints

from cercana.api.shapes.words import Given, Shown, Text


class TextHeard(Given):
    """What somebody answered to one of our texts."""

    phone: Annotated[str, StringConstraints(pattern=r"^[0-9+() .-]{1,30}$"), Field(examples=["+51987654321"])]
    text: Annotated[Text, Field(examples=["BAJA"])]


class TextOrder(Shown):
    """Whether it was one of the words that end or begin texts to a number."""

    understood: bool
