"""What supervisors read of critical cases: how the protocol was kept, exercises, and what was found not critical."""

from datetime import timedelta

from pydantic import Field

from cercana.api.shapes.words import Instant, Shown
from cercana.cases.queries import Drill, Rejection
from cercana.rules.classification import CaseClass
from cercana.rules.protocol_timeline import Mark, Standard

_ONE_SECOND = timedelta(seconds=1)


class MarkShown(Shown):
    """Algo que pide el protocolo: desde cuándo corre, hasta cuándo, y si se cumplió."""

    standard: Standard = Field(description="Qué pide.")
    began_at: Instant
    due_at: Instant
    done_at: Instant | None = Field(description="Cuándo se hizo, a tiempo o tarde.")
    over_at: Instant | None = Field(description="Cuándo dejó de hacer falta.")
    is_kept: bool = Field(description="Si se hizo a tiempo.")
    is_missed: bool = Field(description="Si su tiempo pasó.")

    @classmethod
    def of(cls, mark: Mark, now: Instant) -> "MarkShown":
        """Return how a mark stands at ``now``."""
        return cls(
            standard=mark.standard,
            began_at=mark.began_at,
            due_at=mark.due_at,
            done_at=mark.done_at,
            over_at=mark.over_at,
            is_kept=mark.is_kept(),
            is_missed=mark.is_missed(now),
        )


class ProtocolShown(Shown):
    """El protocolo de un caso crítico, en su orden."""

    number: str
    marks: list[MarkShown]


class DrillShown(Shown):
    """Un simulacro."""

    number: str
    area: str
    started_at: Instant
    closed_at: Instant | None
    charge_after: int | None = Field(description="En cuántos segundos alguien se hizo cargo.")
    response_after: int | None = Field(description="En cuántos segundos hubo respuesta.")

    @classmethod
    def of(cls, drill: Drill) -> "DrillShown":
        """Return how an exercise went."""
        return cls(
            number=drill.number,
            area=drill.area,
            started_at=drill.started_at,
            closed_at=drill.closed_at,
            charge_after=_seconds(drill.charge_after),
            response_after=_seconds(drill.response_after),
        )


class DrillsShown(Shown):
    """Los simulacros, el último primero."""

    drills: list[DrillShown]


class RejectionShown(Shown):
    """Un caso que alguien vio que no era crítico."""

    number: str
    at: Instant
    by: str
    reason: str = Field(description="Por qué; vacío si el caso es reservado.")
    class_: CaseClass = Field(serialization_alias="class")
    area: str

    @classmethod
    def of(cls, rejection: Rejection) -> "RejectionShown":
        """Return how a rejection is told."""
        return cls(
            number=rejection.number,
            at=rejection.at,
            by=rejection.by,
            reason=rejection.reason,
            class_=CaseClass(rejection.class_),
            area=rejection.area,
        )


class RejectionsShown(Shown):
    """Los no críticos desde el último día hábil, el último primero."""

    rejections: list[RejectionShown]


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else length // _ONE_SECOND
