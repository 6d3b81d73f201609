"""How a case ends once it is answered: a yes, a no and a second answer, a notification, silence, an opinion."""

from datetime import datetime, time, timedelta

from cercana.demo.arrivals import Arrival
from cercana.demo.cues import CITIZEN, SYSTEM, Cue, Verb
from cercana.demo.dice import Dice
from cercana.demo.offices import Offices
from cercana.feedback.commands import Aspect
from cercana.rules.classification import CaseClass, Means
from cercana.rules.promises import to_lima

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_CONTESTED, _REOPENED = 0.36, 0.2
_CONFIRMED, _CONFIRMED_BY_PHONE, _CONFIRMED_BEFORE_NOTICE = 0.58, 0.66, 0.3
_NOTIFICATION_FAILS = 0.04
_OPINES = 0.55
# How often people name no aspect that weighed on their opinion, or one, or two.
_NAMED_ASPECTS = (0.35, 0.4, 0.25)
_SILENT_WORKING_DAYS = 3
_CLOSING_TIME = time(18, 10)
# People answer messages when they are awake.
_WAKES, _SLEEPS = 7, 23


class Ending:
    """The end of one script; ``at`` is when it was answered."""

    def __init__(
        self, dice: Dice, offices: Offices, arrival: Arrival, owner: str, area: str, answered_at: datetime
    ) -> None:
        self.dice = dice
        self.offices = offices
        self.arrival = arrival
        self.story = arrival.story
        self.owner = owner
        self.area = area
        self.work = offices.work(area)
        self.at = self.answered_at = answered_at
        self.written: list[Cue] = []

    def cues(self) -> list[Cue]:
        """Return what happens from the answer on."""
        has_more_to_say = self.story.second is not None
        is_contested = has_more_to_say and self.dice.chance(_CONTESTED)
        if is_contested:
            self._contest(Verb.CONTEST)
        self._close()
        if has_more_to_say and not is_contested and self.dice.chance(_REOPENED):
            self._contest(Verb.REOPEN)
            self._close()
        if self.arrival.neighbour.may_ask_opinion and self.dice.chance(_OPINES):
            self.at = self._awake(self.at + self.dice.minutes(700, spread=1.0))
            self._say(Verb.GIVE_OPINION, CITIZEN, self.story.opinion_comment, self._aspects())
        return self.written

    def _say(self, verb: Verb, who: str, text: str = "", target: str = "") -> None:
        self.written.append(Cue(self.at, verb, who, text, target))

    def _aspects(self) -> str:
        """Return what weighed on the opinion, of which people name one or two if any."""
        named = self.dice.pick((0, 1, 2), _NAMED_ASPECTS)
        return " ".join(self.dice.sample(list(Aspect), named))

    def _contest(self, verb: Verb) -> None:
        wait = 600 if verb is Verb.CONTEST else 6000
        self.at = self._awake(self.at + self.dice.minutes(wait))
        self._say(verb, CITIZEN, self.story.contest)
        self.at = self.work.after(self.at, self.dice.minutes(260))
        self.answered_at = self.at
        self._say(Verb.ANSWER_AGAIN, self.offices.answers(self.story.category, self.owner))

    def _close(self) -> None:
        if self.offices.must_notify(self.story.category):
            self._notify()
        elif self.story.class_ is CaseClass.CRITICAL:
            self._agree()
        else:
            self._confirm_or_not()

    def _notify(self) -> None:
        if self.dice.chance(_CONFIRMED_BEFORE_NOTICE) and self.story.class_ is not CaseClass.CRITICAL:
            self.at = self.at + self.dice.minutes(20)
            self._say(Verb.NOTIFY, self.owner, Means.EMAIL)
            self.at = self._awake(self.at + self.dice.minutes(50))
            self._say(Verb.CONFIRM, CITIZEN)
            return
        self.at += self.dice.minutes(20)
        self._say(Verb.NOTIFY, self.owner, Means.EMAIL)
        if self.dice.chance(_NOTIFICATION_FAILS):
            self.at += 2 * _DAY
            self._say(Verb.NOTIFICATION_FAILED, SYSTEM)
            self.at = self.work.after(self.at, self.dice.minutes(300))
            self._say(Verb.NOTIFY, self.owner, Means.LETTER)
        self.at += self.dice.minutes(70)
        self._say(Verb.NOTIFICATION_ARRIVED, SYSTEM)

    def _agree(self) -> None:
        self.at = self._awake(self.at + self.dice.minutes(90))
        self._say(Verb.CONFIRM, CITIZEN)
        self.at = self.work.after(self.at, self.dice.minutes(45))
        self._say(Verb.AGREE, self.offices.crew.head(self.area))

    def _confirm_or_not(self) -> None:
        throw = self.dice.random()
        if throw < _CONFIRMED:
            self.at = self._awake(self.at + self.dice.minutes(420, spread=1.1))
            self._say(Verb.CONFIRM, CITIZEN)
            return
        self._attempt()
        asker = self._who_may_write_it_down()
        if throw < _CONFIRMED_BY_PHONE and asker:
            self.at += self.dice.minutes(200)
            self._say(Verb.CONFIRM, asker, self.dice.pick(self.offices.phrases["confirmed"]))
            return
        self._attempt()
        self._close_silently()

    def _who_may_write_it_down(self) -> str:
        """Return who did not attend the case and may take down the person's words, "" if nobody is left."""
        head, superior = self.offices.crew.head(self.area), self.offices.crew.substitute(self.area)
        return next((each for each in (head, superior) if each != self.owner), "")

    def _attempt(self) -> None:
        day = to_lima(self.at).date() + _DAY
        opens = self.work.next_moment(to_lima(datetime.combine(day, time(8))))
        self.at = self.work.after(opens, self.dice.minutes(130))
        self._say(Verb.ATTEMPT, self.owner, self.dice.pick(self.offices.phrases["attempts"]))

    def _close_silently(self) -> None:
        day = to_lima(self.answered_at).date()
        for _ in range(_SILENT_WORKING_DAYS):
            day = self.offices.calendar.next_working_day(day)
        closing = to_lima(datetime.combine(max(day, to_lima(self.at).date()), _CLOSING_TIME))
        self.at = closing if closing > self.at else closing + _DAY
        self._say(Verb.CLOSE, SYSTEM)

    def _awake(self, moment: datetime) -> datetime:
        local = to_lima(moment)
        if _WAKES <= local.hour < _SLEEPS:
            return moment
        hours = (_WAKES - local.hour) % 24
        return moment + timedelta(hours=hours) + self.dice.between(0 * _MINUTE, 90 * _MINUTE)
