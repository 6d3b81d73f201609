"""What the staff says to the person of a case."""

from pydantic import ConfigDict, Field

from cercana.api.shapes.words import Given, Line, Text
from cercana.cases.commands import Answer
from cercana.rules.classification import Cause
from cercana.rules.lifecycle import Outcome


class AnswerGiven(Given):
    """Una respuesta: qué hicimos, qué sigue y para cuándo (manual 3.3)."""

    done: Text = Field(description="Qué se hizo.")
    next_step: Text = Field(description="Qué sigue, o por qué no hace falta nada más.")
    by_when: Line = Field(description="Para cuándo: una fecha clara.")
    outcome: Outcome = Field(description="Cómo terminó.")
    cause: Cause = Field(description="Por qué ocurrió.")

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

    def answer(self) -> Answer:
        """Return what the command takes."""
        return Answer(
            done=self.done, next_step=self.next_step, by_when=self.by_when, outcome=self.outcome, cause=self.cause
        )
