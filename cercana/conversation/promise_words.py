"""The promises of a case in the citizen's words: until when, how much is left, how it was counted, how it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cercana.cases.queries import TrackedCase
from cercana.rules.calendar import Calendar
from cercana.rules.classification import ClockKind
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Closure
from cercana.rules.projected_clocks import ClockState, ClockStatus, outcome_of, promised_rounds
from cercana.rules.promises import Reckoning
from cercana.rules.read_back import reckoning_behind
from cercana.rules.time_words import TimeState, due_words, explain, time_left_for_citizen
from cercana.ui.bilingual import worded
from cercana.ui.environment import active_language

_HOUR = timedelta(hours=1)
_ONE_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PromiseInWords:
    """
    One promise as the page shows it.

    ``headline`` says how it stands, ``until`` its end, ``sum_`` how it was counted or ""; ``share`` is how much of the
    time has passed, 0 to 100, or None when no time runs. ``state``: "running", "late", "waiting", "kept", "broken" or
    "withdrawn".
    """

    label: str
    headline: str
    until: str
    sum_: str
    state: str
    share: int | None


def title_of(case: TrackedCase) -> str:
    """Return what the case is about; a reserved one does not say."""
    return case.title or (_("Tu caso") if case.is_restricted else worded(case, "category", active_language()))


def promises_of(case: TrackedCase, calendar: Calendar | None, now: datetime) -> list[PromiseInWords]:
    """
    Return the promises of ``case``, the resolution first; a legal term comes last.

    Without a ``calendar`` only those that have ended. While somebody looks whether there is danger, ours are left out.
    """
    ours = () if case.is_in_review else (ClockKind.RESOLUTION, ClockKind.FIRST_RESPONSE)
    clocks = [case.clock(kind) for kind in (*ours, ClockKind.STATUTORY)]
    shown = [clock for clock in clocks if clock is not None and (calendar or clock.ended_at)]
    promised = [clock for clock in case.clocks if clock.kind is ClockKind.DATED and (calendar or clock.ended_at)]
    return [_shown(clock, case, calendar, now) for clock in (*shown, *promised)]


def _shown(clock: ClockState, case: TrackedCase, calendar: Calendar | None, now: datetime) -> PromiseInWords:
    language = active_language()
    until = due_words(clock.due, language)
    if calendar is None or clock.ended_at is not None:
        state, headline = _ending(clock, case)
        return PromiseInWords(_label(clock.kind), headline, _sentence(until), "", state, None)
    is_dated = clock.kind is ClockKind.DATED
    sum_ = _words_of(clock, case) if is_dated else explain(_reckoning(clock, case, calendar), language)
    state, headline = _standing(clock, calendar, now)
    share = round(100 * min((now - clock.started_at) / (clock.due_at - clock.started_at), 1))
    return PromiseInWords(_label(clock.kind), headline, _sentence(until), _sentence(sum_) if sum_ else "", state, share)


def _reckoning(clock: ClockState, case: TrackedCase, calendar: Calendar) -> Reckoning:
    days = case.term_days.get(clock.term)
    return reckoning_behind(clock, became_critical_at=case.became_critical_at, calendar=calendar, working_days=days)


def _words_of(clock: ClockState, case: TrackedCase) -> str:
    """Return what we said that we would do by a date."""
    said = (each for each in case.happenings if each.type is EventType.PROMISED)
    return next((each.texts.get("text", "") for each in said if clock.round in promised_rounds(each.facts)), "")


def _ending(clock: ClockState, case: TrackedCase) -> tuple[str, str]:
    """Return how a promise ended, as a state and in words; one that the citizen gave up was not kept by us."""
    withdrawn_at = case.closed_at if case.closure == Closure.WITHDRAWN else None
    if outcome_of(clock, withdrawn_at=withdrawn_at) is ClockStatus.WITHDRAWN:
        return "withdrawn", _("Retirado")
    taken = _length((clock.ended_at or clock.due_at) - clock.started_at)
    if clock.status is ClockStatus.BREACHED:
        return "broken", _("Llegamos tarde: tardamos %(length)s") % {"length": taken}
    return "kept", _("Cumplida en %(length)s") % {"length": taken}


def _standing(clock: ClockState, calendar: Calendar, now: datetime) -> tuple[str, str]:
    """Return how a promise stands, as a state and in words."""
    if clock.status is ClockStatus.SUSPENDED:
        return "waiting", _("En espera de tu confirmación")
    left = time_left_for_citizen(clock.due, now, calendar, active_language())
    return ("late" if left.state is TimeState.OVERDUE else "running"), left.words


def _label(kind: ClockKind) -> str:
    return {
        ClockKind.RESOLUTION: _("Para darte la solución"),
        ClockKind.FIRST_RESPONSE: _("Primera respuesta"),
        ClockKind.STATUTORY: _("Plazo que manda la ley"),
        ClockKind.DATED: _("Lo que te prometimos"),
    }[kind]


def _length(length: timedelta) -> str:
    """Say how long something took, in its two largest units."""
    days, hours, minutes = length // _ONE_DAY, length % _ONE_DAY // _HOUR, length % _HOUR // _MINUTE
    units = (
        (days, ngettext("%(n)d día", "%(n)d días", days)),
        (hours, ngettext("%(n)d hora", "%(n)d horas", hours)),
        (minutes, ngettext("%(n)d minuto", "%(n)d minutos", minutes)),
    )
    said = [text % {"n": amount} for amount, text in units if amount][:2]
    return _(" y ").join(said) or _("menos de un minuto")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"
