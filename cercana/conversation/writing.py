"""Writing a letter: the words of the day, in the person's language, with what their case gives them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from cercana.cases.queries import Turn
from cercana.citizens import queries as citizens
from cercana.conversation.letters import Block, Kind, compose, fill
from cercana.conversation.models import Delivery
from cercana.conversation.occasions import Occasion, forwarded_to, is_late, moved_clocks
from cercana.conversation.wording import phrase, wording
from cercana.organization import queries as organization
from cercana.rules.case_state import CaseState
from cercana.rules.classification import ClockKind
from cercana.rules.history import Event, EventType, parse_instant, value_ids
from cercana.rules.promises import to_lima
from cercana.rules.time_texts import Language
from cercana.rules.time_words import due_words
from cercana.ui import contacts, moments
from cercana.ui.bilingual import worded

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it will be stored."""

    kind: Kind
    language: Language
    version: int
    subject: str
    blocks: tuple[Block, ...]
    asks_opinion: bool = False


def language_of(state: CaseState) -> Language:
    """Return the language we write to the person in: English if they asked for it, otherwise Spanish."""
    return "en" if state.language == "en" else "es"


def write_letter(turn: Turn, occasion: Occasion, person: citizens.Profile, now: datetime) -> Letter:
    """Return the letter of ``occasion``; it invites to an opinion if the person agreed to be asked, and once."""
    language = language_of(turn.after)
    asks = occasion.asks_opinion and person.may_ask_opinion and not _was_asked(turn)
    values = _common(turn.after, person, language) | _of_case(turn, language, now) | _of_event(turn, language, now)
    return _letter(occasion.kind, language, values, now, asks_opinion=asks)


def _was_asked(turn: Turn) -> bool:
    """Tell whether the person was invited to an opinion on this case before, or gave one: nobody is asked twice."""
    gave = any(each.type is EventType.OPINION_GIVEN for each in turn.history)
    return gave or Delivery.objects.filter(case=turn.case_id, asks_opinion=True).exists()


def write_preview(state: CaseState, kind: Kind, texts: Values, person: citizens.Profile, now: datetime) -> Letter:
    """Return the letter of ``kind`` as ``texts``, by their variables, would be sent at ``now``."""
    language = language_of(state)
    unsaid = dict.fromkeys(("text", "done", "next_step", "by_when", "due", "why", "moved", "entity", "standing"), "")
    values = _common(state, person, language) | unsaid | _days_of(state, language, now) | dict(texts)
    return _letter(kind, language, values, now)


def write_link_letter(state: CaseState, person: citizens.Profile, now: datetime) -> Letter:
    """Return the letter that brings somebody a new link to their case."""
    language = language_of(state)
    return _letter(Kind.TRACKING_LINK, language, _common(state, person, language), now)


def _letter(kind: Kind, language: Language, values: Values, now: datetime, *, asks_opinion: bool = False) -> Letter:
    text = wording(kind, language, now)
    appended = [*([Kind.ASKING] if asks_opinion else []), Kind.SIGNATURE]
    body = "\n\n".join([text.body, *(wording(each, language, now).body for each in appended)])
    subject = " ".join(fill(text.subject, values).split())
    return Letter(kind, language, text.version, subject[:200], compose(body, values), asks_opinion)


def _common(state: CaseState, person: citizens.Profile, language: Language) -> dict[str, str]:
    municipality = organization.municipality()
    first_name = person.name.split()[0] if person.name else ""
    greeting = phrase("hello", language) if first_name else phrase("hello_nobody", language)
    return {
        "greeting": fill(greeting, {"name": first_name}),
        "number": state.number,
        "area": organization.area_names(language).get(state.area, municipality.name),
        "municipality": municipality.name,
        "phone": contacts.phone(municipality.phone),
        "hours": worded(municipality, "opening_hours", language),
        "reply_way": phrase("reply_by_mail" if settings.MAIL_ADDRESS else "reply_on_page", language),
    }


def _of_case(turn: Turn, language: Language, now: datetime) -> dict[str, str]:
    """Return what any letter may say of promises and days."""
    days = _days_of(turn.after, language, now)
    standing = phrase("standing_late" if is_late(turn) else "standing_kept", language)
    return {**days, "standing": fill(standing, {"promise": days["promise"]}), "entity": forwarded_to(turn)}


def _days_of(state: CaseState, language: Language, now: datetime) -> dict[str, str]:
    return {
        "promise": _due(state, ClockKind.RESOLUTION, language),
        "response": _due(state, ClockKind.FIRST_RESPONSE, language),
        "emergency": _emergency(language),
        "closing_day": moments.day(_closing_day(state, now), language, now=now),
        "reopening_day": moments.day(_reopening_day(state, now), language, now=now),
    }


def _emergency(language: Language) -> str:
    return ", ".join(f"{worded(each, 'name', language)} {each.number}" for each in organization.emergency_numbers())


def _of_event(turn: Turn, language: Language, now: datetime) -> dict[str, str]:
    """Return what the event itself says: its texts, a promised date, the reason of a moved promise."""
    told = _last_answer(turn) if turn.event.type is EventType.CLOSED else turn.event
    texts = _texts(told) if told else {}
    due = turn.event.payload.get("due_at")
    return {
        "text": texts.get("text", ""),
        "done": texts.get("done", ""),
        "next_step": texts.get("next_step", ""),
        "by_when": texts.get("by_when", ""),
        "due": moments.moment(parse_instant(due), language, now=now) if due else "",
        "why": _why(turn, language),
        "moved": _moved(turn, language),
    }


def _due(state: CaseState, kind: ClockKind, language: Language) -> str:
    clock = state.clock(kind)
    return due_words(clock.due, language) if clock else ""


def _texts(event: Event) -> dict[str, str]:
    known = citizens.values_of(value_ids(event.payload))
    named = {name: each for name, each in event.payload.items() if isinstance(each, dict) and "hmac" in each}
    return {name: known.get(UUID(str(each["value"]))) or "" for name, each in named.items()}


def _last_answer(turn: Turn) -> Event | None:
    answers = [each for each in turn.history[: turn.event.sequence] if each.type is EventType.ANSWERED]
    return answers[-1] if answers else None


def _why(turn: Turn, language: Language) -> str:
    if turn.event.type in (EventType.RECLASSIFIED, EventType.LOWERING_DECIDED):
        return phrase("reclassified", language)
    why = turn.event.payload.get("why")
    return fill(phrase("calendar", language), {"why": why}) if isinstance(why, str) else ""


def _moved(turn: Turn, language: Language) -> str:
    """Return until when the promise, the legal term or both last that the event moved."""
    names = {ClockKind.RESOLUTION: "moved_promise", ClockKind.STATUTORY: "moved_term"}
    told = [(phrase(names[each.kind], language), due_words(each.due, language)) for each in moved_clocks(turn)]
    return " ".join(fill(words, {"due": due}) for words, due in told)


def _closing_day(state: CaseState, now: datetime) -> date:
    """Return the first day on which silence may close the case: so many working days after the answer."""
    answered = to_lima(state.answered_at or now).date()
    wanted = organization.policy_at(now).confirmation_working_days
    working = (each.day for each in organization.calendar().days_after(answered) if each.counts)
    return next(day for count, day in enumerate(working, 1) if count == wanted)


def _reopening_day(state: CaseState, now: datetime) -> date:
    days = timedelta(days=organization.policy_at(now).reopening_days)
    return to_lima((state.closed_at or now) + days).date()
