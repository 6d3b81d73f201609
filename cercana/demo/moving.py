"""Scripts told at another time and pace: written as of a quiet office morning, and moved to when somebody looks."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from cercana.demo.arrivals import Arrival
from cercana.demo.cues import Script
from cercana.demo.dice import Dice
from cercana.demo.offices import Offices
from cercana.demo.people import Neighbour
from cercana.demo.story import Story, load_stories
from cercana.rules.classification import Channel
from cercana.rules.promises import to_lima

_USUAL_TIME = time(9, 30)


def usual_moment(today: date, offices: Offices) -> datetime:
    """Return a moment in the office hours of the last working day before ``today``: nobody is on duty then."""
    day = today - timedelta(days=1)
    while not offices.calendar.is_working_day(day):
        day -= timedelta(days=1)
    return to_lima(datetime.combine(day, _USUAL_TIME))


def varied_stories(dice: Dice, offices: Offices) -> list[Story]:
    """Return the stories that fit any hour and are about nobody of the staff, in an order in which areas take turns."""
    fit = [each for each in load_stories() if not each.about_staff and not each.hours and each.weekday is None]
    dice.shuffle(fit)
    turns: dict[str, int] = {}
    order = []
    for story in fit:
        area = offices.area_of(story.category)
        turns[area] = turns.get(area, 0) + 1
        order.append((turns[area], story))
    return [story for _, story in sorted(order, key=lambda each: each[0])]


def usual_arrival(dice: Dice, story: Story, neighbour: Neighbour, at: datetime) -> Arrival:
    """Return the arrival of ``story`` on a channel that is registered at once."""
    channels = [each for each in story.channels if each is not Channel.EMAIL] or [Channel.APP]
    return Arrival(at, story, neighbour, dice.pick(channels), 0)


def at_pace(script: Script, received_at: datetime, pace: float) -> Script:
    """Return ``script`` as if it began at ``received_at`` and its time took ``pace`` times as long."""
    first = script.arrival.at
    cues = tuple(replace(cue, at=received_at + (cue.at - first) * pace) for cue in script.cues)
    return replace(script, arrival=replace(script.arrival, at=received_at), cues=cues)
