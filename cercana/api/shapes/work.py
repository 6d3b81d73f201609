"""What is done with a case inside the institution."""

from pydantic import Field

from cercana.api.shapes.words import Code, Given, OptionalText


class ReferralGiven(Given):
    """A qué área va el caso."""

    area: Code = Field(description="El código del área.", examples=["obras_infraestructura"])
    reason: OptionalText = Field(default="", description="Hace falta si ya estuvo en otra área.")
