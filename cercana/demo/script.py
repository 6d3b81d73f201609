"""How the way of a case is invented around its story: hands it passes through, waits, slips, answers and endings."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from cercana.demo.arrivals import Arrival
from cercana.demo.cues import CITIZEN, Cue, Echo, Script, Verb
from cercana.demo.dice import Dice
from cercana.demo.endings import Ending
from cercana.demo.offices import Offices
from cercana.rules.classification import CaseClass, Channel, RequestKind
from cercana.rules.lifecycle import Outcome
from cercana.rules.promises import to_lima

_KEYS = uuid.UUID("6f0c2a52-0b5c-4a0f-9a1e-2f1d0c3b7a55")
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_DAYTIME = (time(8), time(20))

_SOLVED_ON_THE_SPOT = 0.6
_WITHDRAWN = 0.013
_WRONG_AREA = 0.05
_HEAD_TAKES_CRITICAL, _HEAD_TAKES = 0.5, 0.1
_RAISED_LATER, _LOWERED_LATER = 0.12, 0.06
_ABSTAINS = 0.004
_PROMISES = 0.18
_ECHOED = 0.5
_IDENTIFIED = 0.4
_SLOW_FIRST_CALL = 0.07
# Share of answers that come too late; some areas have more to do than they can.
_LATE = 0.035
_LATE_IN: Mapping[str, float] = {
    "licencias_autorizaciones": 0.14,
    "pavimentos_veredas": 0.13,
    "obras_infraestructura": 0.11,
    "arbolado": 0.1,
    "administracion_tributaria": 0.08,
    "obras_privadas": 0.1,
}
_WRONG_TURNS = (
    "fiscalizacion",
    "obras_infraestructura",
    "limpieza_publica",
    "parques_jardines",
    "transito_movilidad",
    "salud_ambiental",
)


def script_key(seed: int, scene: str, position: int) -> uuid.UUID:
    """Return the key under which the case at ``position`` of a scene is registered, once whatever happens."""
    return uuid.uuid5(_KEYS, f"{seed}/{scene}/{position}")


def write_script(
    dice: Dice, offices: Offices, arrival: Arrival, *, key: uuid.UUID, echo: Arrival | None = None, plain: bool = False
) -> Script:
    """
    Return the way of the case that begins with ``arrival``.

    ``echo`` tells of the same fact while it is open; ``plain`` leaves out slips, so that each stage is reached.
    """
    return _Writer(dice, offices, arrival, plain=plain).write(key, echo)


class _Writer:
    """One script while it is written; ``at`` is the moment the story has come to."""

    def __init__(self, dice: Dice, offices: Offices, arrival: Arrival, *, plain: bool) -> None:
        self.dice = dice
        self.offices = offices
        self.arrival = arrival
        self.story = arrival.story
        self.is_plain = plain
        self.area = offices.area_of(self.story.category)
        self.work = offices.work(self.area)
        self.at = arrival.at
        self.cues: list[Cue] = []
        self.agent = dice.pick(offices.crew.agents)
        self.complained_site = self._complained_site()
        self.first_class = self._first_class()
        self.owner = ""

    def write(self, key: uuid.UUID, echo: Arrival | None) -> Script:
        echoed: Echo | None = None
        self._register()
        if not self._is_over:
            self._refer()
            self._take()
            self._follow_up()
            if echo is not None and echo.at > self.at:
                echoed = self._merge(echo, uuid.uuid5(key, "echo"))
            self._answer()
            if echoed is not None:
                echoed = replace(echoed, confirmed_at=self.at + self.dice.minutes(500))
            self.cues += Ending(self.dice, self.offices, self.arrival, self.owner, self.area, self.at).cues()
        ordered = tuple(sorted(self.cues, key=lambda cue: cue.at))
        return Script(key, self.arrival, self.first_class, self.complained_site, ordered, echoed)

    @property
    def _is_over(self) -> bool:
        return self.cues[-1].verb in (Verb.SOLVE, Verb.WITHDRAW)

    @property
    def _is_about_staff(self) -> bool:
        return self.story.about_staff or self.offices.is_about_staff(self.story.category)

    @property
    def _is_delicate(self) -> bool:
        """Whether only heads may see it: a reserved matter, or a complaint about somebody of the area."""
        return self._is_about_staff or self.offices.is_restricted(self.story.category)

    def _say(self, verb: Verb, who: str, text: str = "", target: str = "") -> None:
        self.cues.append(Cue(self.at, verb, who, text, target))

    def _slips(self, share: float) -> bool:
        return not self.is_plain and self.dice.chance(share)

    # Intake

    def _register(self) -> None:
        registrar = CITIZEN if self.arrival.channel is Channel.APP else self.agent.email
        if self.arrival.channel is Channel.EMAIL:
            registrar = self._read_mail()
        if self._can_be_solved_at_once() and self._slips(_SOLVED_ON_THE_SPOT):
            self._say(Verb.SOLVE, self.agent.email, self._phrase("spoken_yes"))
            return
        self._say(Verb.REGISTER, registrar)
        if self.offices.moves_to_platform(self.story.category):
            self.at = self.offices.intake.after(self.at, self.dice.minutes(90))
            self._say(Verb.RECORD_PLATFORM_CODE, self.offices.crew.head("atencion_ciudadano"), self._platform_code())
        if self.story.class_ is not CaseClass.CRITICAL and self._slips(_WITHDRAWN):
            self.at += self.dice.minutes(900)
            self._say(Verb.WITHDRAW, CITIZEN, self._phrase("withdrawals"))

    def _read_mail(self) -> str:
        """Go on to when a mail is read, and return by whom: at night by the officer on duty, if it looks urgent."""
        on_duty = self.offices.on_duty(self.at + 8 * _MINUTE) if self._is_urgent else ""
        if on_duty:
            self.at += 8 * _MINUTE
            return on_duty
        self.at = self.offices.intake.next_moment(self.at) + self.dice.minutes(14)
        return self.agent.email

    def _can_be_solved_at_once(self) -> bool:
        told_in_person = self.arrival.channel in (Channel.COUNTER, Channel.PHONE)
        is_easy = self.story.kind is RequestKind.INQUIRY and self.first_class is CaseClass.SIMPLE
        is_ours = not self.offices.is_decided_above(self.story.category)
        return told_in_person and is_easy and is_ours and self.story.outcome is Outcome.EXPLAINED

    def _complained_site(self) -> str:
        """Return where the person complained of works: another site than that of the agent who attends."""
        if not self._is_about_staff:
            return ""
        if self.story.category == "guard_conduct":
            return "base_serenazgo"
        if self.area != "atencion_ciudadano":
            return ""
        return next(each.site for each in self.offices.crew.agents if each.site != self.agent.site)

    def _first_class(self) -> CaseClass:
        story, usual = self.story, self.offices.class_of(self.story.category)
        # Nobody but a supervisor registers a slower class than the category's: the head lowers it afterwards.
        if story.class_.is_slower_than(usual):
            return usual
        if story.class_ is CaseClass.CRITICAL and not self._is_delicate and self._slips(_RAISED_LATER):
            return usual
        if story.class_ is CaseClass.COMPLEX and story.kind is RequestKind.CLAIM and self._slips(_LOWERED_LATER):
            return CaseClass.SIMPLE
        return story.class_

    @property
    def _is_urgent(self) -> bool:
        return self.first_class is CaseClass.CRITICAL

    def _refer(self) -> None:
        if self._is_urgent:
            self.at += self.dice.minutes(7, spread=0.4)
            self.owner = self.offices.on_duty(self.at)
        else:
            self.at = self.offices.intake.after(self.at, self.dice.minutes(35))
        if not self._is_urgent and not self._is_delicate and self._slips(_WRONG_AREA):
            self._refer_wrongly()
            self._say(Verb.REFER, self.agent.email, self._phrase("referred_again"), self.area)
        else:
            self._say(Verb.REFER, self.owner or self._who_refers(), target=self.area)

    def _who_refers(self) -> str:
        """Return who passes the case on: what only heads may see, the head."""
        is_restricted = self.offices.is_restricted(self.story.category)
        return self.offices.crew.head("atencion_ciudadano") if is_restricted else self.agent.email

    def _refer_wrongly(self) -> None:
        wrong = self.dice.pick([area for area in _WRONG_TURNS if area != self.area])
        self._say(Verb.REFER, self.agent.email, target=wrong)
        self.at = self.offices.work(wrong).after(self.at, self.dice.minutes(110))
        self._say(Verb.HAND_BACK, self.dice.pick(self.offices.crew.officers(wrong)), self._phrase("handed_back"))
        self.at = self.offices.intake.after(self.at, self.dice.minutes(40))

    # The area

    def _take(self) -> None:
        if self._is_urgent:
            self.at += self.dice.minutes(9)
        else:
            self.at = self.work.after(self.at, self.dice.minutes(55))
        # The night may have ended since the officer on duty passed it on.
        if not self.owner or self.offices.on_duty(self.at) != self.owner:
            self.owner = self._who_takes()
        self._say(Verb.TAKE, self.owner)
        if self._is_about_staff and self.area == "atencion_ciudadano" and self._slips(_IDENTIFIED):
            self.at += self.dice.minutes(30)
            there = [each.email for each in self.offices.crew.agents if each.site == self.complained_site]
            self._say(Verb.IDENTIFY_STAFF, self.offices.crew.head(self.area), target=self.dice.pick(there))
        if not self._is_urgent and not self._is_delicate and self._slips(_ABSTAINS):
            self._abstain()

    def _who_takes(self) -> str:
        by_head = self._is_delicate or self.dice.chance(_HEAD_TAKES_CRITICAL if self._is_urgent else _HEAD_TAKES)
        return self.offices.crew.head(self.area) if by_head else self.dice.pick(self.offices.crew.officers(self.area))

    def _abstain(self) -> None:
        head = self.offices.crew.head(self.area)
        if self.owner == head:
            return
        self.at += self.dice.minutes(20)
        self._say(Verb.ABSTAIN, self.owner, self._phrase("abstentions"))
        self.at = self.work.after(self.at, self.dice.minutes(150))
        self._say(Verb.DECIDE_ABSTENTION, head, target=self.owner)
        self.owner = head

    def _follow_up(self) -> None:
        if self.arrival.neighbour.language != "es":
            self.at += self.dice.minutes(25)
            self._say(Verb.FINISH_TASKS, self.owner)
        if self.first_class is not self.story.class_:
            self._reclassify()
        if self.story.class_ is CaseClass.CRITICAL:
            slow = self.dice.chance(_SLOW_FIRST_CALL)
            self.at += self.dice.between(125 * _MINUTE, 170 * _MINUTE) if slow else self.dice.minutes(16, spread=0.4)
            self._say(Verb.CALL, self.owner, self._phrase("first_calls"))
        self.at += self.dice.minutes(12)
        self._say(Verb.NOTE, self.owner, self.story.note)

    def _reclassify(self) -> None:
        is_raised = self.story.class_ is CaseClass.CRITICAL
        who = self.owner if is_raised else self.offices.crew.head(self.area)
        self.at += self.dice.minutes(18)
        self._say(Verb.RECLASSIFY, who, self._phrase("raised" if is_raised else "lowered"), self.story.class_)

    def _merge(self, echo: Arrival, key: uuid.UUID) -> Echo:
        """Return the case of somebody else about the same, merged into this one before the answer."""
        referred_at = echo.at + self.dice.minutes(20)
        self.at = self.work.next_moment(max(self.at, referred_at) + self.dice.minutes(25))
        return Echo(
            key=key,
            arrival=echo,
            text=self.story.echoes[0],
            agent=self.agent.email,
            owner=self.owner,
            area=self.area,
            referred_at=referred_at,
            merged_at=self.at,
            confirmed_at=self.at,
        )

    def _answer(self) -> None:
        answered_at = self._answered_at()
        begun = self.at
        if self.story.question:
            self._within(begun, answered_at, 0.2)
            self._say(Verb.WRITE, self.owner, self.story.question)
            self._within(begun, answered_at, 0.5)
            self._say(Verb.REPLY, CITIZEN, self.story.reply)
        if self.story.class_ is CaseClass.COMPLEX and self._slips(_PROMISES):
            self._within(begun, answered_at, 0.55)
            self._say(Verb.PROMISE, self.owner, self._phrase("promises"))
        self._within(begun, answered_at, 0.75)
        self._say(Verb.ACT, self.owner, self.story.action)
        if self.story.outcome is Outcome.FORWARDED:
            self._within(begun, answered_at, 0.9)
            self._say(Verb.FORWARD, self.owner, self.story.action, self.offices.entity_for(self.story))
        # A short time to answer can be used up by what comes before.
        self.at = max(answered_at, self.at + _MINUTE / 2)
        self._say(Verb.ANSWER, self.offices.answers(self.story.category, self.owner))

    def _within(self, first: datetime, last: datetime, share: float) -> None:
        moment = first + (last - first) * (share + 0.1 * self.dice.random())
        if self.story.class_ is not CaseClass.CRITICAL:
            moment = min(self.work.next_moment(moment), last - _MINUTE)
        self.at = max(self.at + _MINUTE / 2, min(moment, last - _MINUTE / 2))

    def _answered_at(self) -> datetime:
        due = self.offices.due(self.story, self.arrival.at)
        earliest = self.at + self.dice.minutes(25)
        if self._slips(_LATE_IN.get(self.area, _LATE)):
            return max(
                earliest, self.work.next_moment(due + self.dice.minutes(1800, spread=0.9)) + self.dice.minutes(30)
            )
        wanted = self.arrival.at + (due - self.arrival.at) * (0.12 + 0.8 * self.dice.random())
        if self.story.class_ is CaseClass.CRITICAL:
            return max(earliest, min(wanted, due - 10 * _MINUTE))
        return max(earliest, self._working_moment_near(wanted, due))

    def _working_moment_near(self, wanted: datetime, due: datetime) -> datetime:
        """Return a moment of work up to ``wanted``, else up to ``due``, else in the daytime before it: overtime."""
        found = self.work.last_moment_between(self.at, wanted) or self.work.last_moment_between(self.at, due - _HOUR)
        if found is not None:
            return max(self.at + 3 * _MINUTE, found - self.dice.between(_MINUTE, 100 * _MINUTE))
        first, last = _DAYTIME
        overtime = to_lima(min(wanted, due - 2 * _HOUR))
        if overtime.time() < first:
            overtime -= 12 * _HOUR
        return overtime.replace(hour=min(max(overtime.hour, first.hour), last.hour - 1))

    # Words

    def _phrase(self, bank: str) -> str:
        return self.dice.pick(self.offices.phrases[bank])

    def _platform_code(self) -> str:
        return f"R-{self.at.year}-{self.dice.randrange(10_000, 99_999)}"
