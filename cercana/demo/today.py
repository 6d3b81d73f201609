"""What stands on the desk when somebody first looks: a few cases in every stage, told as if just now."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from cercana.demo.arrivals import HISTORY_DAYS
from cercana.demo.contacts import note_contacts
from cercana.demo.cues import Script, Verb
from cercana.demo.dice import Dice
from cercana.demo.moving import at_pace, usual_arrival, usual_moment, varied_stories
from cercana.demo.offices import Offices, read_offices
from cercana.demo.people import invent_neighbours
from cercana.demo.performance import Cast, perform
from cercana.demo.scenes import find_first_day, scene_of, set_past_numbers_aside
from cercana.demo.script import script_key, write_script
from cercana.rules.classification import CaseClass
from cercana.rules.promises import to_lima

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How many cases are to stand where, after their last cue of ``verbs``, received how long ago."""

    count: int
    verbs: frozenset[Verb]
    least: timedelta
    most: timedelta


_WANTED = (
    _Wanted(6, frozenset({Verb.REGISTER}), 0.1 * _HOUR, 3 * _HOUR),
    _Wanted(4, frozenset({Verb.REFER}), 1 * _HOUR, 6 * _HOUR),
    _Wanted(4, frozenset({Verb.NOTE}), 3 * _HOUR, 20 * _HOUR),
    _Wanted(4, frozenset({Verb.ACT}), 6 * _HOUR, 34 * _HOUR),
    _Wanted(4, frozenset({Verb.ANSWER}), 6 * _HOUR, 40 * _HOUR),
    _Wanted(7, frozenset({Verb.CONFIRM, Verb.NOTIFICATION_ARRIVED}), 20 * _HOUR, 46 * _HOUR),
)
# A critical case is open here, and its two hours are not over.
_CRITICAL_POSITIONS = (1, 8, 11)
_CRITICAL_MOST = 1.6 * _HOUR


def play_today(*, seed: int, now: datetime) -> int:
    """
    Register the cases of today and bring each to its stage, once; return how many are new.

    These are told to their citizens as any other, so that the mailbox of the demonstration has something in it.
    """
    today = to_lima(now).date()
    if find_first_day(seed, today) is not None:
        return 0
    set_past_numbers_aside(today - timedelta(days=HISTORY_DAYS), today)
    offices = read_offices(today)
    scripts = write_today(seed, now, offices)
    cast = Cast(now, offices)
    note_contacts(seed=seed, now=now)
    # The first one marks the day; it comes last, so that being cut off leaves nothing half done.
    for script in sorted(scripts, key=lambda each: each is scripts[0]):
        with transaction.atomic():
            perform(script, cast, until=now)
    return len(scripts)


def write_today(seed: int, now: datetime, offices: Offices) -> list[Script]:
    """Return a script for each case wanted, moved so that it has come to its stage by ``now``."""
    today = to_lima(now).date()
    dice = Dice(f"{seed}/{scene_of(today)}")
    stories, neighbours = varied_stories(dice, offices), invent_neighbours(seed)
    usual = usual_moment(today, offices)
    scripts = []
    for position, wanted in enumerate(each for each in _WANTED for _ in range(each.count)):
        is_critical = position in _CRITICAL_POSITIONS
        most = _CRITICAL_MOST if is_critical else wanted.most
        story = next(each for each in stories if (each.class_ is CaseClass.CRITICAL) is is_critical)
        stories.remove(story)
        arrival = usual_arrival(dice, story, dice.pick(neighbours), usual)
        key = script_key(seed, scene_of(today), position)
        script = _cut(write_script(dice, offices, arrival, key=key, plain=True), wanted.verbs)
        scripts.append(_moved(script, now - dice.between(min(wanted.least, most / 2), most), now))
    return scripts


def _cut(script: Script, verbs: frozenset[Verb]) -> Script:
    """Return ``script`` up to the last cue it is wanted to reach; one that never does ends with its answer."""
    reached = [position for position, cue in enumerate(script.cues) if cue.verb in verbs]
    answered = [position for position, cue in enumerate(script.cues) if cue.verb is Verb.ANSWER]
    last = (reached or answered)[-1]
    return replace(script, cues=script.cues[: last + 1])


def _moved(script: Script, received_at: datetime, now: datetime) -> Script:
    """Return ``script`` with its time run so that it begins at ``received_at`` and its last cue is just over."""
    length = max(script.cues[-1].at - script.arrival.at, timedelta(minutes=1))
    return at_pace(script, received_at, (now - received_at) * 0.95 / length)
