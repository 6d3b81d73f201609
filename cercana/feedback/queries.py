"""How opinions are read: whether one may be given, one by one, and as figures that point at nobody."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Avg, Count

from cercana.cases import queries as case_queries
from cercana.cases.queries import Ending
from cercana.citizens import queries as citizens
from cercana.conversation.queries import Access, Purpose, token_for
from cercana.feedback.models import Opinion
from cercana.feedback.opinions import FEWEST_SHOWN, LONGEST_LINE, Aspect

__all__ = [
    "LONGEST_LINE",
    "AgentFigures",
    "Aspect",
    "Figures",
    "OpinionRead",
    "figures",
    "figures_by_agent",
    "has_opinion",
    "opinion_of",
    "opinion_token",
]


@dataclass(frozen=True, slots=True)
class OpinionRead:
    """One opinion with its line, "" if there is none or it was erased; not for the eyes of who attended the case."""

    mark: int
    aspects: dict[Aspect, bool]
    line: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """Opinions of a period: how many of those who could be asked answered, and what they gave on average."""

    count: int
    asked: int
    average: float | None

    @property
    def response_rate(self) -> float | None:
        """The share of those asked who answered, None if nobody was."""
        return self.count / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class AgentFigures:
    """The same for one member of staff; average and rate are None below five opinions."""

    agent: int
    count: int
    average: float | None
    response_rate: float | None


def opinion_token(key: UUID, generation: int) -> str:
    """Return the token with which the citizen of a case gives their opinion (url feedback:give)."""
    return token_for(Purpose.OPINION, Access(key, generation))


def has_opinion(number: str) -> bool:
    """Tell whether there is an opinion on the case."""
    return Opinion.objects.filter(case__number=number).exists()


def opinion_of(case_id: int) -> OpinionRead | None:
    """Return the opinion on a case, None if there is none."""
    row = Opinion.objects.filter(case=case_id).first()
    if row is None:
        return None
    line = citizens.values_of([row.line]).get(row.line) if row.line else None
    aspects = {Aspect(name): bool(is_good) for name, is_good in row.aspects.items()}
    return OpinionRead(row.mark, aspects, line or "", row.given_at)


def figures(since: datetime, until: datetime) -> Figures:
    """Return the figures of the cases closed in between."""
    asked = _asked(since, until)
    found = Opinion.objects.filter(case_id__in=[each.case_id for each in asked])
    totals = found.aggregate(count=Count("id"), average=Avg("mark"))
    return Figures(totals["count"], len(asked), totals["average"])


def figures_by_agent(since: datetime, until: datetime) -> list[AgentFigures]:
    """Return the figures of each member of staff whose cases were closed in between, most opinions first."""
    asked: dict[int, int] = defaultdict(int)
    endings = _asked(since, until)
    for each in endings:
        if each.agent is not None:
            asked[each.agent] += 1
    found = Opinion.objects.filter(case_id__in=[each.case_id for each in endings], agent__isnull=False)
    rows = found.values_list("agent").annotate(count=Count("id"), average=Avg("mark")).order_by("-count", "agent")
    return [_agent_figures(agent, count, average, asked[agent]) for agent, count, average in rows]


def _agent_figures(agent: int, count: int, average: float, asked: int) -> AgentFigures:
    if count < FEWEST_SHOWN:
        return AgentFigures(agent, count, None, None)
    return AgentFigures(agent, count, average, count / asked if asked else None)


def _asked(since: datetime, until: datetime) -> list[Ending]:
    """Return the cases closed in between whose person agreed to be asked, or answered unasked."""
    endings = case_queries.endings_between(since, until)
    agreed = citizens.agreed_to_opinion(each.citizen for each in endings)
    answered = _answered(each.case_id for each in endings)
    return [each for each in endings if each.citizen in agreed or each.case_id in answered]


def _answered(case_ids: Iterable[int]) -> set[int]:
    return set(Opinion.objects.filter(case_id__in=list(case_ids)).values_list("case_id", flat=True))
