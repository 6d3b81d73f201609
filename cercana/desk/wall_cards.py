"""The critical cases as the wall shows them, read from five metres: what is wrong, how long there is, who has it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cercana.cases.queries import CriticalRecord, EndedCase, WallCase
from cercana.desk.labels import CHANNELS, NEWS, title_words
from cercana.rules.calendar import Calendar
from cercana.rules.classification import Channel, ClockKind
from cercana.rules.escalation import RUNG_LABELS, Alarm, AlarmCause, MadeCall, Rung
from cercana.rules.history import staff_of
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import Due, to_lima
from cercana.rules.time_words import TimeState, length_words, time_left
from cercana.ui.moments import recently

_ALL = 100
# From here on the ring warns: less than a fifth of the time is left.
_SCARCE = 20
_LADDER = tuple(Rung)
_SHOWN_CALLS = 2
_SHOWN_FACTS = 4
_LONGEST_WORDS = 60
# So many are read from five metres; more stand closer together.
FEW = 7
_DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Ring:
    """The time left to resolve: «22 h», the share of it that is left, and its look: "", «riesgo» or «critico»."""

    amount: str
    caption: str
    share: int
    look: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The first response: ``look`` is «si», «va» or «mal», ``amount`` how late; ``share`` of its time that has gone."""

    look: str
    words: str
    share: int
    amount: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One place of the chain: ``look`` is «si» (done), «ya» (waits) or "" (comes next)."""

    look: str
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the alarm did, and when."""

    when: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One open critical case; ``band`` says in capitals what is wrong, and is empty if nothing is."""

    number: str
    short_number: str
    since: str
    title: str
    place: str
    ring: Ring
    reply: Reply
    owner: str
    area: str
    last: str
    reached: int
    rung: str
    band: str
    band_text: str
    ladder: tuple[LadderStep, ...]
    facts: tuple[Fact, ...]
    is_ringing: bool
    alarm: int
    may_take_charge: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """
    Everything on the wall: ``first`` needs somebody most and is shown large, ``watched`` are no danger any more.

    ``ringing`` names the alarms that ring, so that a new one is heard.
    """

    first: Card | None
    cards: tuple[Card, ...]
    watched: tuple[Card, ...]
    late: int
    waiting: int
    answered: int
    ringing: tuple[str, ...]
    ended: tuple[str, ...]
    share_in_time: float | None
    last_ended: str

    @property
    def is_calm(self) -> bool:
        """Whether no critical case is open."""
        return self.first is None and not self.cards and not self.watched

    @property
    def is_crowded(self) -> bool:
        """Whether there are more cases than stand well on one screen."""
        return len(self.cards) > FEW - (self.first is not None)


def wall_of(
    cases: Sequence[WallCase], record: CriticalRecord, names: Mapping[int, str], now: datetime, calendar: Calendar
) -> Wall:
    """Return the wall at ``now``; ``names`` are of the staff that the alarms name."""
    cards = [(case, _card(case, names, now, calendar)) for case in cases]
    cards.sort(key=lambda shown: not shown[1].is_ringing)
    urgent = [card for _, card in cards if card.band]
    first = min(urgent, key=_urgency, default=None)
    safe = [card for case, card in cards if case.is_danger_removed and card is not first]
    return Wall(
        first=first,
        cards=tuple(card for _, card in cards if card is not first and card not in safe),
        watched=tuple(safe),
        late=sum(card.reply.look == "mal" for _, card in cards),
        waiting=sum(card.reply.look == "va" for _, card in cards),
        answered=sum(card.reply.look == "si" for _, card in cards),
        ringing=tuple(f"{card.number}:{card.alarm}" for _, card in cards if card.is_ringing),
        ended=tuple(_ended(each) for each in record.today),
        share_in_time=record.in_time / record.closed if record.closed else None,
        last_ended=_last_ended(record),
    )


def staff_named(cases: Iterable[WallCase]) -> set[int]:
    """Return the ids of everybody whom the alarms of ``cases`` name."""
    alarms = [case.alarm for case in cases if case.alarm is not None]
    called = {each for alarm in alarms for call in alarm.calls for each in call.staff}
    return called | {staff for alarm in alarms if (staff := staff_of(alarm.acknowledged_by)) is not None}


def _urgency(card: Card) -> tuple[bool, bool]:
    return card.reply.look != "mal", not card.is_ringing


def _card(case: WallCase, names: Mapping[int, str], now: datetime, calendar: Calendar) -> Card:
    reply = _reply(case, now, calendar)
    is_ringing = case.watch.is_ringing
    band, band_text = _band(case, reply, is_ringing=is_ringing)
    reached, rung = _reached(case, names, is_ringing=is_ringing)
    last = _shortened(case.last_words) or NEWS[case.last_type]
    return Card(
        number=case.number,
        short_number=case.number.split("-", 2)[-1],
        since=_since(case.received_at, now),
        title=title_words(case.title, is_restricted=case.is_restricted, is_known=case.is_known),
        place=case.place,
        ring=_ring(case, now, calendar),
        reply=reply,
        owner=case.owner,
        area=case.area,
        last=f"{last}, {_ago(case.last_at, now)}",
        reached=reached,
        rung=rung,
        band=band,
        band_text=band_text,
        ladder=_ladder(case, is_ringing=is_ringing),
        facts=tuple(_facts(case, names)),
        is_ringing=is_ringing,
        alarm=case.alarm.sequence if case.alarm else 0,
        may_take_charge=is_ringing and case.may_take_charge,
    )


def _ring(case: WallCase, now: datetime, calendar: Calendar) -> Ring:
    found = case.clocks.get(ClockKind.RESOLUTION)
    if found is None or case.stage == Stage.ANSWERED:
        return Ring("✓", "espera el sí", _ALL, "")
    left = time_left(found.due, now, calendar)
    if left.state is TimeState.OVERDUE:
        return Ring(f"+{_in_ring(left.amount)}", "de retraso", _ALL, "critico")
    share = max(0, min(_ALL, round(_ALL * ((found.due_at - now) / (found.due_at - found.started_at)))))
    return Ring(_in_ring(left.amount), "para resolver", share, "riesgo" if share < _SCARCE else "")


def _in_ring(amount: str) -> str:
    """Return a length as it fits into the ring: «2 h 47» without the minutes' name."""
    return amount.removesuffix(" min") if " h " in amount else amount


def _reply(case: WallCase, now: datetime, calendar: Calendar) -> Reply:
    found = case.clocks.get(ClockKind.FIRST_RESPONSE)
    if found is None:
        return Reply("si", "Sin plazo de respuesta", 0)
    length = found.due_at - found.started_at
    if found.ended_at is not None:
        took = found.ended_at - found.started_at
        return Reply("si", f"Respondido en {length_words(took)}", _share(took, length))
    due = Due(found.due_at, found.inclusive, found.whole_day)
    left = time_left(due, now, calendar, for_response=True)
    if left.state is TimeState.OVERDUE:
        words = f"Sin respuesta, {left.words}"
        return Reply("mal", words, _ALL, left.amount, f"venció a las {_clock(found.due_at)}")
    return Reply("va", left.words[:1].upper() + left.words[1:], _share(now - found.started_at, length))


def _clock(moment: datetime) -> str:
    """Return a minute as the large clock of the wall shows it: «20:15»."""
    return f"{to_lima(moment):%H:%M}"


def _share(part: timedelta, whole: timedelta) -> int:
    return max(0, min(_ALL, round(_ALL * (part / whole)))) if whole else _ALL


def _band(case: WallCase, reply: Reply, *, is_ringing: bool) -> tuple[str, str]:
    if reply.look == "mal":
        return "SIN RESPUESTA A TIEMPO", "Nadie ha respondido a la persona"
    if not is_ringing or case.alarm is None:
        return "", ""
    if case.alarm.cause is AlarmCause.SILENCE:
        return "SIN NOVEDADES", "Nadie anota nada nuevo: falta saber qué pasa"
    return "ALARMA", "Nadie se ha hecho cargo todavía"


def _reached(case: WallCase, names: Mapping[int, str], *, is_ringing: bool) -> tuple[int, str]:
    """Return how far up the chain the alarm has gone, 0 to 4, and the words for it."""
    alarm = case.alarm
    if alarm is None:
        return 0, "Sin alarma"
    place = max(_LADDER.index(call.rung) for call in alarm.calls) + 1
    if not is_ringing:
        by = names.get(staff_of(alarm.acknowledged_by) or 0, "")
        return place, f"A cargo de {' '.join(by.split()[:2])}" if by else "En manos del área"
    return place, f"Se llama a {RUNG_LABELS[alarm.last_call.rung]}"


def _ladder(case: WallCase, *, is_ringing: bool) -> tuple[LadderStep, ...]:
    alarm = case.alarm
    start = LadderStep("si", "Crítico", _clock(case.critical_since))
    if alarm is None:
        return (start,)
    *earlier, last = alarm.calls[-_SHOWN_CALLS:]
    done = [LadderStep("si", _rung_name(call), _clock(call.at)) for call in earlier]
    if not is_ringing:
        when = _clock(alarm.acknowledged_at) if alarm.acknowledged_at else ""
        return (start, *done, LadderStep("si", _rung_name(last), _clock(last.at)), LadderStep("si", "A cargo", when))
    now = LadderStep("ya", _rung_name(last), f"{_clock(last.at)}, suena")
    return (start, *done, now, LadderStep("", "Sigue", f"a las {_clock(alarm.passes_on_at)}"))


def _facts(case: WallCase, names: Mapping[int, str]) -> Iterable[Fact]:
    """Yield what happened with the alarm, newest first."""
    alarm = case.alarm
    found = [*_called(alarm, names), *_charged(alarm, names)] if alarm else []
    yield from reversed(found[-(_SHOWN_FACTS - 1) :])
    way = CHANNELS[Channel(case.channel)].lower()
    state = "Propuesto como crítico" if case.is_proposed else "Registrado como crítico"
    yield Fact(_clock(case.critical_since), state, f"llegó por {way}")


def _called(alarm: Alarm, names: Mapping[int, str]) -> Iterable[Fact]:
    for call in alarm.calls:
        people = ", ".join(names.get(each, "") for each in call.staff)
        yield Fact(_clock(call.at), f"Aviso a {RUNG_LABELS[call.rung]}", people or "no hay a quién llamar")


def _charged(alarm: Alarm, names: Mapping[int, str]) -> Iterable[Fact]:
    if alarm.acknowledged_at is not None:
        by = names.get(staff_of(alarm.acknowledged_by) or 0, "")
        yield Fact(_clock(alarm.acknowledged_at), "Se hizo cargo", by)


def _rung_name(call: MadeCall) -> str:
    return {
        Rung.DUTY: "Guardia",
        Rung.AREA_HEAD: "Jefatura",
        Rung.HIGHER_HEAD: "Superior",
        Rung.MANAGER: "Gerencia",
    }[call.rung]


def _since(received_at: datetime, now: datetime) -> str:
    days = (to_lima(now).date() - to_lima(received_at).date()).days
    return (_clock(received_at), f"ayer, {_clock(received_at)}")[days] if days in (0, 1) else recently(received_at, now)


def _ago(moment: datetime, now: datetime) -> str:
    """Return how long ago something was, to the hour from the first one on: «hace 4 min», «hace 2 h»."""
    hours = (now - moment) // timedelta(hours=1)
    return f"hace {hours} h" if 0 < hours < _DAY_HOURS else recently(moment, now)


def _ended(case: EndedCase) -> str:
    title = title_words(case.title, is_restricted=case.is_restricted, is_known=case.is_known)
    return f"{title}, en {length_words(case.closed_at - case.received_at)}"


def _last_ended(record: CriticalRecord) -> str:
    if not record.today:
        return "Hoy no se cerró ninguno."
    last = record.today[0]
    return f"El último se cerró a las {_clock(last.closed_at)}, en {length_words(last.closed_at - last.received_at)}."


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_WORDS else f"{words[: _LONGEST_WORDS - 1].rstrip()}…"
