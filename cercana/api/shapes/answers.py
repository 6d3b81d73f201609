"""What the staff says to the person of a case, and what it promises."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from pydantic import ConfigDict, Field

from cercana.api.errors import DayUnnamed
from cercana.api.shapes.words import NUMBER, Day, Given, Line, Moment, OptionalLine, Ordinal, Text
from cercana.cases.commands import Answer, DatedPromise
from cercana.rules.classification import Cause, Means
from cercana.rules.lifecycle import Outcome
from cercana.rules.named_times import names_a_time
from cercana.rules.promises import Due, to_lima

# Far enough for any promise, and no further than the calendar reaches.
_EARLIEST, _LATEST = date(2020, 1, 1), date(2099, 12, 31)


class PromiseGiven(Given):
    """Una fecha que se promete; se vigila hasta que se cumpla."""

    text: Line = Field(description="Qué se promete.")
    day: Day = Field(description="Para qué día.")
    hour: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = Field(
        default=None, description="Hasta qué hora de ese día; sin ella vale el día entero.", examples=["16:00"]
    )

    def promise(self) -> DatedPromise:
        """Return what the command takes; raise DayUnnamed for a day that no calendar knows."""
        if not _EARLIEST <= self.day <= _LATEST:
            raise DayUnnamed
        if self.hour is None:
            midnight = datetime.combine(self.day + timedelta(days=1), time.min)
            return DatedPromise(text=self.text, due=Due(to_lima(midnight), inclusive=False, whole_day=True))
        until = datetime.combine(self.day, time.fromisoformat(self.hour))
        return DatedPromise(text=self.text, due=Due(to_lima(until), inclusive=True))


_Promises = Annotated[list[PromiseGiven], Field(max_length=10)]
_Phrases = Annotated[list[Ordinal], Field(max_length=40)]
_PHRASES_USED = "Las frases de la municipalidad que se usaron, por su «id»; cuentan las que siguen en el texto."


class WrittenGiven(Given):
    """Un mensaje a la persona: novedades o una pregunta. Todavía no es la respuesta."""

    text: Text = Field(description="El mensaje.", examples=["Buenos días. La cuadrilla irá el jueves."])
    promises: _Promises = Field(default=[], description="Las fechas que el mensaje promete.")
    phrases: _Phrases = Field(default=[], description=_PHRASES_USED)


class SpokenGiven(Given):
    """Una conversación con la persona."""

    text: Text = Field(description="Qué se dijo.")
    means: Means = Field(description="Cómo hablaron.")
    occurred_at: Moment | None = Field(default=None, description="Cuándo, si fue antes.")
    source: OptionalLine = Field(default="", description="De dónde sale; hace falta si fue hace más de 15 minutos.")


class KeptGiven(Given):
    """Una promesa que se cumplió."""

    round: Annotated[int, Field(ge=1, le=32_767), NUMBER] = Field(
        description="Cuál, por el orden en que se prometieron."
    )
    text: Text = Field(description="Qué se hizo. Lo lee la persona.")


class AttemptGiven(Given):
    """Un intento de preguntar si quedó resuelto."""

    means: Means = Field(description="Cómo se preguntó.")
    result: Text = Field(description="Qué pasó.")


class AnswerGiven(Given):
    """Una respuesta: qué hicimos, qué sigue y para cuándo (manual 3.3)."""

    done: Text = Field(description="Qué se hizo.")
    next_step: Text = Field(description="Qué sigue, o por qué no hace falta nada más.")
    by_when: Line = Field(description="Para cuándo: una fecha clara.")
    outcome: Outcome = Field(description="Cómo terminó.")
    cause: Cause = Field(description="Por qué ocurrió.")
    promises: _Promises = Field(default=[], description="Las fechas que la respuesta promete.")
    phrases: _Phrases = Field(default=[], description=_PHRASES_USED)

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "done": "Buenos días, señora Rosa. Tapamos el hueco de la cuadra 9.",
                    "next_step": "Un técnico revisará el parche.",
                    "by_when": "El viernes 27 de noviembre.",
                    "outcome": "solved",
                    "cause": "maintenance",
                }
            ]
        },
    )

    def texts(self) -> dict[str, str]:
        """Return everything the person reads of it, part by part."""
        return {"done": self.done, "next_step": self.next_step, "by_when": self.by_when}

    def answer(self) -> Answer:
        """Return what the command takes; raise DayUnnamed if nobody could tell until when to wait."""
        if not names_a_time(self.by_when):
            raise DayUnnamed
        return Answer(
            done=self.done, next_step=self.next_step, by_when=self.by_when, outcome=self.outcome, cause=self.cause
        )
