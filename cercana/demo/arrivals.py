"""What reaches the municipality and when: by the hour, the weekday, the weather, the taxes and the holidays."""

import calendar as months
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cercana.demo.dice import Dice
from cercana.demo.people import Neighbour
from cercana.demo.story import Story
from cercana.rules.calendar import Calendar
from cercana.rules.classification import CaseClass, Channel
from cercana.rules.promises import to_lima

HISTORY_DAYS = 92
HISTORY_CASES = 2080
# Nobody who reads along should meet a story again soon.
_MOST_USES = {CaseClass.CRITICAL: 2, CaseClass.SIMPLE: 9, CaseClass.COMPLEX: 9}
_FEWEST_DAYS_BETWEEN = 4
_DAY = timedelta(days=1)

_WEEKDAYS = (1.25, 1.12, 1.05, 1.0, 0.95, 0.55, 0.38)
_HOLIDAY, _AFTER_HOLIDAY, _WET, _TAX_SEASON = 0.4, 1.2, 1.15, 1.2
# Lima has drizzle, most of it in winter.
_WET_SHARE = {6: 0.3, 7: 0.4, 8: 0.4, 9: 0.33, 10: 0.2}
_DRY_SHARE = 0.07
_TAX_MONTHS, _TAX_DAYS = (2, 5, 8, 11), 10

_CLASSES = {CaseClass.CRITICAL: 0.4, CaseClass.SIMPLE: 1.15, CaseClass.COMPLEX: 1.0}
_WHEN_WET = {
    "tree_risk": 2.5, "pothole": 1.8, "sidewalk": 1.4, "open_manhole": 1.5, "traffic_signal": 1.6,
    "utility_power": 2.0, "utility_water": 1.4, "structure_risk": 1.8, "gas_electric_risk": 1.3,
}  # fmt: skip
_IN_TAX_SEASON = {"tax_error": 3.0, "payment_not_recorded": 3.5, "exemption": 2.5}
_ON_WEEKENDS = {
    "noise": 2.5, "street_disturbance": 2.5, "works_out_of_hours": 2.0, "park_upkeep": 1.5, "playground_damage": 1.6,
    "pets": 1.4, "tax_error": 0.15, "payment_not_recorded": 0.2, "exemption": 0.1, "licence_delay": 0.1,
    "requirements_inquiry": 0.15, "poor_attention": 0.2, "file_unanswered": 0.1, "information_access": 0.2,
    "data_rights": 0.2, "preferential_denied": 0.1, "premises_inspection": 0.5, "health_appointment": 0.4,
}  # fmt: skip
# Weight of each hour from 0 to 23, by channel; a counter outside office hours is closed.
_HOURS: Mapping[Channel, Sequence[float]] = {
    Channel.COUNTER: (0,) * 8 + (6, 9, 10, 8, 6, 0, 5, 6, 4) + (0,) * 7,
    Channel.PHONE: (0,) * 8 + (7, 9, 9, 8, 7, 4, 5, 6, 6, 5, 4, 3) + (0,) * 4,
    Channel.EMAIL: (0.3, 0, 0, 0, 0, 0, 0.5, 2, 5, 8, 8, 7, 5, 4, 5, 6, 5, 4, 3, 3, 3, 3, 2, 1),
    Channel.APP: (2, 1, 0.6, 0.4, 0.4, 0.7, 2, 5, 7, 7, 6, 6, 7, 6, 5, 5, 5, 6, 7, 8, 8, 7, 5, 3),
}
_CHANNELS = {Channel.APP: 1.5, Channel.PHONE: 1.2, Channel.COUNTER: 1.0, Channel.EMAIL: 0.9}


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody brings a matter; ``uses`` tells how often its story has been told before."""

    at: datetime
    story: Story
    neighbour: Neighbour
    channel: Channel
    uses: int


class Town:
    """The days of the demonstration: how busy each is, and with what."""

    def __init__(self, seed: int, calendar: Calendar) -> None:
        self._seed = seed
        self._calendar = calendar

    def is_wet(self, day: date) -> bool:
        """Tell whether it drizzles on ``day``."""
        return Dice(f"{self._seed}/weather/{day}").chance(_WET_SHARE.get(day.month, _DRY_SHARE))

    def is_tax_season(self, day: date) -> bool:
        """Tell whether a quarter's taxes are about to fall due."""
        last = months.monthrange(day.year, day.month)[1]
        return day.month in _TAX_MONTHS and day.day > last - _TAX_DAYS

    def is_weekend(self, day: date) -> bool:
        """Tell whether ``day`` is not a working day."""
        return not self._calendar.is_working_day(day)

    def busyness(self, day: date) -> float:
        """Return how many people come on ``day``, as a weight."""
        weight = _WEEKDAYS[day.weekday()]
        if self.is_weekend(day) and day.weekday() < 5:
            weight *= _HOLIDAY
        elif self.is_weekend(day - _DAY) and day.weekday() not in (0, 6):
            weight *= _AFTER_HOLIDAY
        return weight * (_WET if self.is_wet(day) else 1) * (_TAX_SEASON if self.is_tax_season(day) else 1)

    def likelihood(self, story: Story, day: date) -> float:
        """Return how likely ``story`` is to be told on ``day``, as a weight."""
        if story.weekday not in (None, day.weekday()):
            return 0
        weight = _CLASSES[story.class_]
        if self.is_weekend(day):
            weight *= _ON_WEEKENDS.get(story.category, 1)
            if set(story.channels) == {Channel.COUNTER}:
                return 0
        if self.is_wet(day):
            weight *= _WHEN_WET.get(story.category, 1)
        return weight * (_IN_TAX_SEASON.get(story.category, 1) if self.is_tax_season(day) else 1)

    def moment(self, dice: Dice, story: Story, day: date) -> tuple[datetime, Channel]:
        """Return when on ``day`` and on which channel ``story`` is told."""
        open_channels = [each for each in story.channels if each is not Channel.COUNTER or not self.is_weekend(day)]
        channel = dice.pick(open_channels, [_CHANNELS[each] for each in open_channels])
        hours = range(*story.hours) if story.hours else range(24)
        weights = [_HOURS[channel][hour] for hour in hours]
        if not any(weights):
            channel, weights = Channel.APP, [1.0] * len(hours)
        hour = dice.pick(hours, weights)
        clock = time(hour, dice.randrange(60), dice.randrange(60))
        return to_lima(datetime.combine(day, clock)), channel


def arrivals(
    seed: int, first: date, stories: Sequence[Story], neighbours: Sequence[Neighbour], calendar: Calendar
) -> list[Arrival]:
    """Return everything that reaches the municipality in the three months from ``first``, oldest first."""
    dice, town = Dice(f"{seed}/{first}/arrivals"), Town(seed, calendar)
    days = [first + _DAY * offset for offset in range(HISTORY_DAYS)]
    counts = dice.choices(days, [town.busyness(day) for day in days], k=HISTORY_CASES)
    told: dict[str, list[date]] = {story.id: [] for story in stories}
    found = []
    for day, coming in sorted(Counter(counts).items()):
        likely = [town.likelihood(story, day) for story in stories]
        for _ in range(coming):
            weights = [
                weight * _freshness(story, told[story.id], day) for story, weight in zip(stories, likely, strict=True)
            ]
            story = dice.pick(stories, weights)
            moment, channel = town.moment(dice, story, day)
            found.append(Arrival(moment, story, dice.pick(neighbours), channel, len(told[story.id])))
            told[story.id].append(day)
    return sorted(found, key=lambda each: each.at)


def _freshness(story: Story, told: Sequence[date], day: date) -> float:
    """Return how welcome ``story`` is again on ``day`` after it was ``told`` on these days, as a factor."""
    if not told:
        return 1
    if len(told) >= _MOST_USES[story.class_] or (day - told[-1]).days < _FEWEST_DAYS_BETWEEN:
        return 0
    return float((1 + len(told)) ** -1.5)
