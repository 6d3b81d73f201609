"""What the figures refuse."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class FiguresRefused(DomainError):
    """The figures of the institution are for those who supervise and those who analyse."""

    code: ClassVar[str] = "insights.figures_refused"
    message: ClassVar[str] = "Esas cifras son de la jefatura y de quien analiza. Pídales que las revisen."
    status: ClassVar[int] = 403
