"""Dates found in what somebody writes, offered as promises with a clock, and the apology for one that was not kept."""

from collections.abc import Iterator
from datetime import datetime

from cercana.cases import queries
from cercana.cases.commands import DatedPromise
from cercana.cases.queries import Case, CasePage, PageTurn
from cercana.desk.requests import StaffRequest, whole_number
from cercana.rules.acts import Act
from cercana.rules.history import EventType
from cercana.rules.projected_clocks import open_promises, promised_rounds
from cercana.rules.promise_offers import Offer, offers_in
from cercana.rules.promises import to_lima
from cercana.rules.time_words import due_words

# The fields in which each verb says what will come; what was done is no promise.
_FIELDS = {"responder": ("next_step", "by_when"), "mensaje": ("text",), "disculpa": ("text",)}
_SAYING = {EventType.WROTE: "mensaje", EventType.ANSWERED: "responder"}
_SETTLING = (EventType.PROMISED, EventType.PROMISE_KEPT)


def offers_of(request: StaffRequest, verb: str) -> list[Offer]:
    """Return the offers for what stands in the form of ``verb``."""
    texts = [request.POST.get(name, "") for name in _FIELDS.get(verb, ())]
    return offers_in(texts, now=request.now, calendar=request.institution.calendar)


def promised_in(request: StaffRequest, verb: str) -> list[DatedPromise]:
    """Return what was ticked as promised among the dates of a form that is sent."""
    ticked = request.POST.getlist("promise")
    offered = offers_of(request, verb) if ticked else []
    return [DatedPromise(text=each.text, due=each.due) for each in offered if each.key in ticked]


def unsettled(page: CasePage, request: StaffRequest) -> tuple[PageTurn, Offer] | None:
    """Return what this person wrote last to the citizen, with its first date, unless something was promised since."""
    newest = page.newest(*_SAYING, *_SETTLING)
    if newest is None or newest.type in _SETTLING or newest.actor != request.actor.signature:
        return None
    offers = _offers_of_turn(newest, request)
    return (newest, offers[0]) if offers and page.may[Act.PROMISE] else None


def initial_of(verb: str, case: Case, request: StaffRequest) -> dict[str, str]:
    """Return what the forms of promises begin with: what was written, or the apology for what was not kept."""
    if verb == "promesa" and (sequence := whole_number(request.GET.get("de", ""))) is not None:
        page = queries.page_of_case(request.actor, case.number)
        offers = [each for turn in page.history if turn.sequence == sequence for each in _offers_of_turn(turn, request)]
        return _as_fields(offers[0]) if offers else {}
    if verb == "disculpa":
        return {"text": _apology(queries.page_of_case(request.actor, case.number), request.now)}
    return {}


def _offers_of_turn(turn: PageTurn, request: StaffRequest) -> list[Offer]:
    names = _FIELDS[_SAYING[turn.type]] if turn.type in _SAYING else ()
    texts = [turn.texts.get(name, "") for name in names]
    return offers_in(texts, now=request.now, calendar=request.institution.calendar)


def _as_fields(offer: Offer) -> dict[str, str]:
    due = offer.due
    fields = {"text": offer.text, "day": due.last_day.isoformat()}
    return fields if due.whole_day else {**fields, "hour": f"{to_lima(due.at):%H:%M}"}


def _apology(page: CasePage, now: datetime) -> str:
    """Return what to write about the promises whose date has passed; the new date is for whoever writes to say."""
    broken = list(_broken(page, now))
    if not broken:
        return ""
    name = page.person.name.split(maxsplit=1)[0] if page.person.name else ""
    greeting = f"Buenos días, {name}." if name else "Buenos días."
    promised = " ".join(f"Le prometimos, {until}: «{text}»." for until, text in broken)
    return f"{greeting} {promised} No cumplimos y le pedimos disculpas. La nueva fecha es: "


def _broken(page: CasePage, now: datetime) -> Iterator[tuple[str, str]]:
    texts = {
        round_: turn.texts.get("text", "")
        for turn in page.history
        if turn.type is EventType.PROMISED
        for round_ in promised_rounds(turn.payload)
    }
    for clock in open_promises(page.state.clocks):
        if not clock.due.is_met_by(now):
            yield due_words(clock.due), texts.get(clock.round, "").rstrip(".")
