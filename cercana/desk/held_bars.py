"""Who held the time of a case, as bars: hours in all and within office hours, for each area, nobody and the person."""

from dataclasses import dataclass
from datetime import datetime

from cercana.cases.queries import CasePage
from cercana.organization.queries import Outline
from cercana.rules.held_time import Happened, Held, HolderKind, time_held
from cercana.rules.time_words import length_words

_ALL = 100
_OTHERS = {HolderKind.NOBODY: "Sin área todavía", HolderKind.CITIZEN: "Con la persona"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One holder: name, length in words, its part within office hours, and its share of all the time, 0 to 100."""

    name: str
    words: str
    working: str
    share: int


def held_bars(page: CasePage, institution: Outline, now: datetime) -> list[Bar]:
    """Return who held the case until ``now``, who held it first before the others; none if nobody did for a minute."""
    hours = institution.hours
    told = time_held(
        (Happened(turn.type, turn.occurred_at, turn.payload) for turn in page.history),
        now=now,
        hours_of=lambda area: hours.get(area) or hours.get(""),
        calendar=institution.calendar,
    )
    whole = sum(each.elapsed.total_seconds() for each in told)
    return [_bar(each, institution, whole) for each in told if whole]


def _bar(held: Held, institution: Outline, whole: float) -> Bar:
    area = held.holder.area
    name = _OTHERS.get(held.holder.kind) or institution.area_names.get(area, area)
    share = round(_ALL * held.elapsed.total_seconds() / whole)
    return Bar(name, length_words(held.elapsed), length_words(held.working), share)
