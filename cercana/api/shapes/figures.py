"""Figures of the service itself: how phrases are used and how well triage proposes; never of people."""

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from cercana.api.shapes.words import Shown
from cercana.conversation.queries import PhraseFigures
from cercana.rules.classification import CriticalReason
from cercana.rules.reply_phrases import PhraseSituation, rating_of
from cercana.rules.triage.agreement import Decision
from cercana.rules.triage.labels import Area
from cercana.rules.triage.quality import Judged, Quality, Tally


class PhraseUseShown(Shown):
    """Cómo se usa una frase, y cómo se calificaron los casos en que se usó."""

    title: str
    situation: PhraseSituation
    category: str = Field(description="El motivo al que se limita; vacío si vale para todos.")
    is_active: bool
    uses: int = Field(description="En cuántos mensajes salió.")
    areas: dict[str, int] = Field(description="Cuántos de cada área, por su código.")
    rated: int = Field(description="Cuántas opiniones hay; 0 si todavía son muy pocas.")
    mean: float | None = Field(description="La nota media, de 1 a 5; nula si las opiniones son muy pocas.")

    @classmethod
    def of(cls, found: PhraseFigures, marks: Mapping[int, int]) -> "PhraseUseShown":
        """Return the figures of a phrase; ``marks`` are those of cases."""
        rating = rating_of(marks[case] for case in found.cases if case in marks)
        return cls(
            title=found.title,
            situation=found.situation,
            category=found.category,
            is_active=found.is_active,
            uses=found.uses,
            areas=dict(found.areas),
            rated=rating.count if rating else 0,
            mean=rating.mean if rating else None,
        )


class PhraseUsesShown(Shown):
    """Las frases de los últimos 90 días, la más usada primero."""

    phrases: list[PhraseUseShown]


class QualityAsked(BaseModel):
    """Which corrections are shown."""

    model_config = ConfigDict(frozen=True)

    decision: Decision | None = Field(default=None, description="Solo las correcciones de esta decisión.")


class TallyShown(Shown):
    """Cuántas propuestas quedaron como estaban, se corrigieron, y esperan a alguien."""

    agreed: int
    corrected: int
    waiting: int
    share: float | None = Field(description="La parte que quedó, de 0 a 1; nula si son pocas para decirlo.")

    @classmethod
    def of(cls, found: Tally) -> "TallyShown":
        """Return how a tally is shown."""
        return cls(agreed=found.agreed, corrected=found.corrected, waiting=found.waiting, share=found.share)


class WeekShown(Shown):
    """Una semana, con sus cuentas por decisión."""

    monday: date
    by_decision: dict[Decision, TallyShown]


class CorrectionShown(Shown):
    """Un caso en que una persona corrigió la propuesta."""

    number: str
    day: date
    decision: Decision


class TriageQualityShown(Shown):
    """Qué tan bien propone el triaje, en los casos que esta cuenta puede ver."""

    total: int
    missed: int = Field(description="Casos con peligro que el triaje no vio.")
    by_decision: dict[Decision, TallyShown]
    by_signal: dict[CriticalReason, TallyShown]
    by_area: dict[Area, TallyShown]
    by_week: list[WeekShown] = Field(description="La más antigua primero.")
    corrections: list[CorrectionShown] = Field(description="Las últimas cincuenta, la más nueva primero.")

    @classmethod
    def of(cls, found: Quality, mended: Iterable[tuple[Judged, Decision]]) -> "TriageQualityShown":
        """Return the figures with what was corrected."""
        return cls(
            total=found.total,
            missed=found.missed,
            by_decision={each: TallyShown.of(tally) for each, tally in found.by_decision.items()},
            by_signal={each: TallyShown.of(tally) for each, tally in found.by_signal.items()},
            by_area={each: TallyShown.of(tally) for each, tally in found.by_area.items()},
            by_week=[
                WeekShown(monday=monday, by_decision={each: TallyShown.of(tally) for each, tally in tallies.items()})
                for monday, tallies in found.by_week.items()
            ],
            corrections=[CorrectionShown(number=case.number, day=case.day, decision=each) for case, each in mended],
        )
