"""What is done to many cases at once, and cases that end as they begin."""

from typing import Annotated

from pydantic import Field

from cercana.api.shapes.answers import AnswerGiven
from cercana.api.shapes.registration import StaffCaseGiven
from cercana.api.shapes.words import NUMBER_PATTERN, Code, Given, Line, OptionalText, Shown, StaffId, Text

_Numbers = Annotated[list[Annotated[str, Field(pattern=NUMBER_PATTERN)]], Field(min_length=1, max_length=100)]


class ReferManyGiven(Given):
    """Casos que van a un área."""

    numbers: _Numbers
    area: Code
    reason: OptionalText = ""


class AssignManyGiven(Given):
    """Casos que van a una persona."""

    numbers: _Numbers
    owner: StaffId


class RefusedShown(Shown):
    """Un caso que no se pudo."""

    number: str
    reason: str


class ManyDone(Shown):
    """Lo que se hizo, caso por caso."""

    done: list[str]
    refused: list[RefusedShown]


class SolvedGiven(Given):
    """Un caso que se resuelve mientras la persona espera."""

    case: StaffCaseGiven
    answer: AnswerGiven
    spoken_yes: Text = Field(description="Lo que dijo la persona al preguntarle si quedó resuelto.")


class DrillGiven(Given):
    """Un simulacro del protocolo crítico."""

    category: Code
    story: Text = Field(description="Qué se hace de cuenta que pasó.")
    place: Line
