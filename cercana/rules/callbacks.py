"""
Calling back whoever called and spoke with nobody: until when, when again, and what follows when nobody answers.

The manual and domain.md name no hour for it. Ours is two hours in which the area that takes cases in works: it is the
shortest first answer that the manual promises anybody (M5.2c), and who has not been heard yet may be in danger. Nights
and weekends stand still, as for every notice that is not of a critical case (domain.md, Clocks). An attempt counts if
it is two hours apart from the one counted before it, as the critical protocol asks of attempts by voice.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from cercana.rules.calendar import Calendar
from cercana.rules.office_hours import OfficeHours, Slot
from cercana.rules.promises import LIMA, to_lima

MOST_ATTEMPTS = 3
_PROMISED_WITHIN = timedelta(hours=2)
_APART = timedelta(hours=2)
# A busy line is free soon, and its owner is at home.
_BUSY_FOR = timedelta(minutes=10)
# Somebody who named an hour waits by the telephone: longer than this is another hour.
_AROUND_PREFERENCE = timedelta(minutes=30)
# Whoever took a call-back and went away does not keep it from the others.
TAKEN_FOR = timedelta(minutes=20)
_UNDONE_WITHIN = timedelta(minutes=30)
# Numbers are compared by their last digits: an exchange shows them with or without the code of the country.
_COMPARED_DIGITS = 9
_FEWEST_DIGITS = 6


class Outcome(StrEnum):
    """What came of an attempt to call somebody back."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    SPOKE = "spoke"
    WRONG_NUMBER = "wrong_number"


class PreferredWay(StrEnum):
    """How somebody wants to be reached."""

    CALL = "call"
    SMS = "sms"
    MAIL = "mail"
    LETTER = "letter"


class Standing(StrEnum):
    """Where a call-back stands: to be called, spoken with and to be settled, or to be reached by another way."""

    TO_CALL = "to_call"
    TO_SETTLE = "to_settle"
    OTHER_WAY = "other_way"


OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.NO_ANSWER: "No contestó",
    Outcome.BUSY: "Ocupado",
    Outcome.SPOKE: "Habló",
    Outcome.WRONG_NUMBER: "Número equivocado",
}
PREFERRED_WAY_LABELS: Mapping[PreferredWay, str] = {
    PreferredWay.CALL: "Llamada",
    PreferredWay.SMS: "SMS",
    PreferredWay.MAIL: "Correo",
    PreferredWay.LETTER: "Carta",
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to call somebody back."""

    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackFacts:
    """
    What is known of a call-back: the number, when the first call came, until when it was promised, and the attempts.

    Attempts are oldest first.
    ``preferred_at`` is the hour the person asked for, if any, ``preferred_way`` the way.
    """

    phone: str
    received_at: datetime
    promised_at: datetime
    attempts: Sequence[Attempt] = ()
    preferred_at: datetime | None = None
    preferred_way: PreferredWay | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is next: ``from_`` is when an attempt makes sense, ``until`` by when it is promised."""

    standing: Standing
    from_: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """When people answer: the hours of the area that takes cases in, on working days."""

    hours: OfficeHours
    calendar: Calendar

    def after(self, start: datetime, length: timedelta) -> datetime:
        """Return when ``length`` (more than nothing) of working time has gone since ``start``; in Lima time."""
        local = to_lima(start)
        day, since, left = local.date(), local.time(), length
        while True:
            for slot in self._slots(day.weekday()) if self.calendar.is_working_day(day) else ():
                opens = max(slot.opens, since)
                begins = datetime.combine(day, opens, tzinfo=LIMA)
                open_for = datetime.combine(day, slot.closes, tzinfo=LIMA) - begins
                if open_for >= left:
                    return begins + left
                left -= max(open_for, timedelta())
            day, since = self.calendar.next_working_day(day), time.min

    def _slots(self, weekday: int) -> list[Slot]:
        return sorted(self.hours.slots.get(weekday, ()), key=lambda slot: slot.opens)


def promised_moment(received_at: datetime, service: ServiceTime) -> datetime:
    """Return until when somebody who called at ``received_at`` is called back; in Lima time."""
    return service.after(received_at, _PROMISED_WITHIN)


def outlook_of(facts: CallBackFacts, service: ServiceTime) -> Outlook:
    """Return where a call-back stands, and by when the next step is due."""
    standing = _standing(facts)
    last = facts.attempts[-1] if facts.attempts else None
    preferred = facts.preferred_at
    if standing is Standing.TO_CALL and preferred and (last is None or last.at < preferred):
        return Outlook(standing, preferred, preferred + _AROUND_PREFERENCE)
    if last is None:
        # Whoever is there may call at once, be it in a break: nobody has tried yet.
        return Outlook(standing, facts.received_at, facts.promised_at)
    pause = {Outcome.NO_ANSWER: _APART, Outcome.BUSY: _BUSY_FOR}.get(last.outcome, timedelta())
    from_ = last.at + (pause if standing is Standing.TO_CALL else timedelta())
    return Outlook(standing, from_, service.after(from_, _PROMISED_WITHIN))


def counted_attempts(attempts: Sequence[Attempt]) -> int:
    """Return how many of ``attempts``, oldest first, count: each two hours after the one counted before it."""
    counted: list[Attempt] = []
    for each in attempts:
        if not counted or each.at - counted[-1].at >= _APART:
            counted.append(each)
    return len(counted)


def may_be_undone(at: datetime, now: datetime) -> bool:
    """Tell whether an attempt noted at ``at`` was so lately that it may be a slip."""
    return now - at <= _UNDONE_WITHIN


def is_taken(taken_at: datetime | None, now: datetime) -> bool:
    """Tell whether whoever took a call-back at ``taken_at`` still has it."""
    return taken_at is not None and now - taken_at < TAKEN_FOR


def compared_number(phone: str) -> str:
    """Return the digits by which two numbers are the same; "" if it is none that can be called."""
    digits = re.sub(r"[^0-9]", "", phone)
    return digits[-_COMPARED_DIGITS:] if len(digits) >= _FEWEST_DIGITS else ""


def offered_ways(facts: CallBackFacts, *, sends_texts: bool) -> list[PreferredWay]:
    """Return by what other way to reach somebody, the one they asked for first; texts only if any are sent."""
    ways = [PreferredWay.SMS] if sends_texts and is_mobile(facts.phone) else []
    ways += [PreferredWay.MAIL, PreferredWay.LETTER]
    return sorted(ways, key=lambda way: way is not facts.preferred_way)


def is_mobile(phone: str) -> bool:
    """Tell whether ``phone`` is a mobile number of Peru: nine digits that begin with 9."""
    number = compared_number(phone)
    return len(number) == _COMPARED_DIGITS and number.startswith("9")


def _standing(facts: CallBackFacts) -> Standing:
    outcomes: Collection[Outcome] = [each.outcome for each in facts.attempts]
    if Outcome.SPOKE in outcomes:
        return Standing.TO_SETTLE
    asks_otherwise = facts.preferred_way not in (None, PreferredWay.CALL)
    if not compared_number(facts.phone) or Outcome.WRONG_NUMBER in outcomes or asks_otherwise:
        return Standing.OTHER_WAY
    is_over = counted_attempts(facts.attempts) >= MOST_ATTEMPTS
    return Standing.OTHER_WAY if is_over else Standing.TO_CALL
