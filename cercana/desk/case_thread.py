"""The history of a case as a conversation: who said what, internal notes, and what happened in between."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from cercana.cases.queries import CasePage, File, PageTurn
from cercana.conversation.queries import DELAYED, HeardMail, SentLetter, State, thread_mails
from cercana.conversation.queries import Channel as LetterChannel
from cercana.desk import labels
from cercana.desk.alarm_words import ALARM_EVENTS, alarm_title
from cercana.desk.danger_words import DANGER_TITLES
from cercana.desk.notice_lines import SILENT, warned_words
from cercana.organization.queries import Outline
from cercana.rules.acts import Act
from cercana.rules.attended_calls import length_words
from cercana.rules.classification import CLASS_LABELS, CaseClass, Cause, Channel, TaskKind
from cercana.rules.history import SILENCE, EventType
from cercana.rules.lifecycle import STAGE_LABELS, Closure, Outcome, Stage
from cercana.ui.moments import day, moment, recently

_CITIZEN, _HOUSE, _NOTE, _EVENT = "citizen", "house", "note", "event"
_LOOKS = {
    EventType.RECEIVED: _CITIZEN,
    EventType.MESSAGE_RECEIVED: _CITIZEN,
    EventType.CONTESTED: _CITIZEN,
    EventType.CONFIRMED: _CITIZEN,
    EventType.WITHDRAWN: _CITIZEN,
    EventType.OPINION_GIVEN: _CITIZEN,
    EventType.WROTE: _HOUSE,
    EventType.SPOKE: _HOUSE,
    EventType.ANSWERED: _HOUSE,
    EventType.NOTED: _NOTE,
    EventType.ABSTAINED: _NOTE,
}
_ICONS = {
    EventType.REGISTERED: "list-numbers",
    EventType.REFERRED: "share-fat",
    EventType.HANDED_BACK: "arrow-bend-up-left",
    EventType.REFERRAL_UNDONE: "arrow-counter-clockwise",
    EventType.TAKEN: "user",
    EventType.ASSIGNED: "user-switch",
    EventType.ACTED: "wrench",
    EventType.PROMISED: "calendar-check",
    EventType.FORWARDED: "arrow-square-out",
    EventType.CONFIRMATION_ATTEMPTED: "phone-outgoing",
    EventType.CLOSED: "seal-check",
    EventType.REOPENED: "arrow-clockwise",
    EventType.MERGED: "git-merge",
    EventType.ABSORBED: "git-merge",
    EventType.FOLLOWED: "git-merge",
    EventType.LINKED: "link",
    EventType.NOTIFIED: "envelope-simple",
    EventType.NOTIFICATION_RECORDED: "envelope-open",
    EventType.RECLASSIFIED: "flag",
    EventType.NATURE_SET: "scales",
    EventType.PLATFORM_CODE_RECORDED: "book-open-text",
    EventType.ATTACHED: "paperclip",
    EventType.INTERPRETER_REQUESTED: "translate",
    EventType.TASK_OPENED: "list-checks",
    EventType.TASK_FINISHED: "check",
    EventType.STAFF_IDENTIFIED: "identification-card",
    EventType.ABSTENTION_DECIDED: "handshake",
    EventType.ACCESS_REVOKED: "lock-simple",
    EventType.PROMISE_MOVED: "calendar-plus",
    EventType.ERASED: "trash",
    EventType.CRITICAL_PROPOSED: "warning-octagon",
    EventType.CRITICAL_MARKED: "warning-octagon",
    EventType.CRITICAL_REJECTED: "flag",
    EventType.LOWERING_ASKED: "flag",
    EventType.LOWERING_DECIDED: "flag",
    EventType.ALARM_RAISED: "warning",
    EventType.ALARM_ESCALATED: "user-switch",
    EventType.ALARM_ACKNOWLEDGED: "user",
    EventType.CHECKED_IN: "list-checks",
    EventType.DANGER_REMOVED: "check",
    EventType.WARNED: "bell",
    EventType.PROMISE_KEPT: "calendar-check",
    EventType.IDENTITY_RECORDED: "identification-card",
    EventType.CALL_ATTENDED: "phone",
}
# What nobody needs to read one by one: the number is at the head of the page.
_UNSPOKEN = frozenset({EventType.REGISTERED})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with what stands before it, such as «Qué sigue»."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One entry of the thread; ``look`` is «citizen», «house», «note» or «event».

    ``how`` says by what way and when; ``late`` where it was taken from if it was entered afterwards. ``is_mail``: there
    is more of it than is shown, its quotes for one.
    """

    sequence: int
    look: str
    icon: str
    author: str
    how: str
    late: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    files: tuple[File, ...]
    delivery: str
    has_failed: bool
    is_mail: bool


@dataclass(frozen=True, slots=True)
class Teller:
    """
    What is needed to tell a history: the case around an entry, the names of codes, and the moment of the page.

    ``mails`` tells, by entry, what is known of the sender of those that came by mail.
    """

    page: CasePage
    institution: Outline
    letters: Sequence[SentLetter]
    mails: Mapping[int, HeardMail]
    now: datetime

    def entries(self) -> Iterator[Entry]:
        """Yield the thread, oldest first."""
        for turn in self.page.history:
            if turn.type not in _UNSPOKEN:
                yield self._entry(turn)

    def _entry(self, turn: PageTurn) -> Entry:
        look = _LOOKS.get(turn.type, _EVENT)
        author, way = self._author(turn, look)
        when = recently(turn.occurred_at, self.now)
        delivery, has_failed = self._delivery(turn)
        return Entry(
            sequence=turn.sequence,
            look=look,
            icon=_ICONS.get(turn.type, "circle-dashed"),
            author="" if turn.type is EventType.TAKEN and author == self.staff(turn, "owner") else author,
            how=f"{way}, {when}" if way else when,
            late=f"registrado después, de {turn.word('source')}" if turn.is_late_entry else "",
            title=self._title(turn),
            paragraphs=tuple(self._paragraphs(turn)),
            files=self._files(turn),
            delivery=delivery,
            has_failed=has_failed,
            is_mail=turn.sequence in self.mails,
        )

    def _title(self, turn: PageTurn) -> str:
        if turn.type in DANGER_TITLES:
            return DANGER_TITLES[turn.type](turn)
        return _TITLES[turn.type](turn, self) if turn.type in _TITLES else labels.NEWS[turn.type]

    def _author(self, turn: PageTurn, look: str) -> tuple[str, str]:
        person = self.page.person.name or "La persona"
        if look != _CITIZEN:
            return turn.author or ("" if turn.actor == "citizen" else "Cercana"), _spoken(turn)
        channel = self.page.case.channel if turn.type is EventType.RECEIVED else turn.word("channel")
        by = _CHANNEL_WAYS.get(channel, "")
        mail = self.mails.get(turn.sequence)
        if mail is not None:
            person, by = mail.other_address or person, f"{by}{_origin(mail)}"
        noted = f"anotó {turn.author}" if turn.author else ""
        return person, ", ".join(part for part in (by, noted) if part)

    def _paragraphs(self, turn: PageTurn) -> Iterator[Paragraph]:
        if turn.type is EventType.OPINION_GIVEN and not self.page.may[Act.READ_OPINION]:
            return
        names = _TEXTS.get(turn.type)
        shown = dict.fromkeys(turn.texts, "") if names is None else names
        for name, label in shown.items():
            if name in turn.texts:
                yield Paragraph(label, turn.texts[name])
        if turn.type is EventType.ANSWERED:
            outcome = labels.OUTCOMES[Outcome(turn.word("outcome"))]
            yield Paragraph("Cómo terminó", f"{outcome}. {labels.CAUSES[Cause(turn.word('cause'))]}.")

    def _files(self, turn: PageTurn) -> tuple[File, ...]:
        if turn.type is EventType.ATTACHED:
            keys = _keys(turn)
            return tuple(file for file in self.page.files if str(file.key) in keys)
        if turn.type is EventType.RECEIVED:
            later = {key for each in self.page.history if each.type is EventType.ATTACHED for key in _keys(each)}
            return tuple(file for file in self.page.files if str(file.key) not in later)
        return ()

    def _delivery(self, turn: PageTurn) -> tuple[str, bool]:
        """Return what became of the letter about an entry, and whether somebody has to tell the person otherwise."""
        told = self._told_by(turn)
        letter = next((each for each in self.letters if each.sequence in told), None)
        if letter is not None and letter.text_state is not None:
            return _TEXT_DELIVERIES[letter.text_state.value], letter.text_state.value == "failed"
        if letter is None or letter.channel is not LetterChannel.EMAIL:
            return "", False
        became = _TROUBLES.get(letter.error) if letter.state is State.SENT else _DELIVERIES[letter.state]
        if letter.state is State.QUEUED and letter.error:
            became = _TRIED_AGAIN
        words = became or _DELIVERIES[letter.state]
        if _LOOKS.get(turn.type) != _HOUSE:
            words = _LETTER_FAILED if letter.state is State.FAILED else f"{_LETTER}: {words}"
        return words, letter.state is State.FAILED

    def _told_by(self, turn: PageTurn) -> Sequence[int]:
        """Return the entries whose letter is shown with ``turn``: the receipt stands with what it is a receipt of."""
        if turn.type is not EventType.RECEIVED:
            return (turn.sequence,)
        return (turn.sequence, *(each.sequence for each in self.page.history if each.type in _UNSPOKEN))

    def staff(self, turn: PageTurn, key: str) -> str:
        """Return the name of somebody whom an entry mentions."""
        return turn.others.get(key) or "una persona del equipo"

    def area(self, turn: PageTurn) -> str:
        """Return the name of the area of an entry."""
        return self.institution.area_names.get(turn.word("area"), turn.word("area"))

    def finished_task(self, turn: PageTurn) -> str:
        """Return what the task was that an entry finishes."""
        ordinal = turn.payload.get("ordinal")
        return next((labels.TASKS[task.kind] for task in self.page.state.tasks if task.ordinal == ordinal), "")


def mails_of(page: CasePage) -> dict[int, HeardMail]:
    """Return what is known of the senders of the entries that came by mail; without any, nothing is asked."""
    if not any(turn.word("channel") == Channel.EMAIL for turn in page.history):
        return {}
    return {each.sequence: each for each in thread_mails(page.case.pk)}


_CHANNEL_WAYS = {
    Channel.COUNTER.value: "en ventanilla",
    Channel.PHONE.value: "por teléfono",
    Channel.EMAIL.value: "por correo",
    Channel.APP.value: "por la aplicación",
}
_DELIVERIES = {
    State.QUEUED: "saliendo",
    State.SENT: "enviado por correo",
    State.DELIVERED: "llegó a su correo",
    State.FAILED: "no llegó: comuníquese por otro medio",
    State.KEPT: "en el buzón de la demostración",
}
_TRIED_AGAIN = "no se pudo enviar todavía: se intenta de nuevo"
_TROUBLES = {DELAYED: "demorado: su servidor de correo sigue intentando"}
# What we wrote on our own about an entry that is not ours.
_LETTER = "aviso a la persona"
_TEXT_DELIVERIES = {
    "queued": "SMS saliendo",
    "sent": "aviso enviado por SMS",
    "delivered": "el SMS llegó",
    "failed": "el SMS no salió: comuníquese por otro medio",
    "kept": "el SMS no se envió",
}
_LETTER_FAILED = "el aviso no llegó"
# Which texts of an entry are shown, in what order and under which words; others show all they have.
_TEXTS: Mapping[EventType, Mapping[str, str]] = {
    EventType.RECEIVED: {"description": "", "request": "Pide", "happened": "Cuándo", "place": "Dónde"},
    EventType.ANSWERED: {"done": "", "next_step": "Qué sigue", "by_when": "Para cuándo"},
    EventType.CHECKED_IN: {"done": "", "next": "Qué sigue"},
    # Name and document stand with the person, where a look at them is recorded.
    EventType.IDENTITY_RECORDED: {},
}
_Title: TypeAlias = Callable[[PageTurn, Teller], str]


def _origin(mail: HeardMail) -> str:
    """Return what the agent needs to know of the sender of a mail: it is easily forged."""
    whose = ", de otra dirección" if mail.other_address else ""
    checked = {True: "correo verificado", False: "su servidor dice que es falso", None: "no se pudo verificar"}
    return f"{whose} · {checked[mail.is_proven]}"


def _spoken(turn: PageTurn) -> str:
    if turn.type is EventType.SPOKE:
        return f"habló con la persona {labels.MEANS_WAYS.get(turn.word('means'), '')}".strip()
    return "respuesta" if turn.type is EventType.ANSWERED else ""


def _keys(turn: PageTurn) -> frozenset[str]:
    keys = turn.payload.get("attachments")
    return frozenset(str(key) for key in keys) if isinstance(keys, list) else frozenset()


def _promised(turn: PageTurn, teller: Teller) -> str:
    due = turn.instant("due_at")
    return f"Se prometió para el {day(due, now=teller.now)}" if due else "Se prometió una fecha"


def _task(turn: PageTurn, teller: Teller) -> str:
    due = turn.instant("due_at")
    until = f", antes del {moment(due, now=teller.now)}" if due else ""
    return f"Tarea: {labels.TASKS[TaskKind(turn.word('task'))].lower()}{until}"


def _interpreter(turn: PageTurn, _teller: Teller) -> str:
    # Until there was a list, the language was typed.
    language = turn.word("language")
    return f"Se pidió intérprete: {labels.INTERPRETED.get(language, language)}"


def _reclassified(turn: PageTurn, teller: Teller) -> str:
    class_ = CLASS_LABELS[CaseClass(turn.word("class"))].lower()
    motive = teller.institution.category_names.get(turn.word("category"), "")
    return f"Pasó a {class_}" + (f", motivo «{motive}»" if motive else "")


def _warned(turn: PageTurn, _teller: Teller) -> str:
    level, clock = turn.payload.get("level"), turn.word("clock")
    words = SILENT if clock == SILENCE or not isinstance(level, int) else warned_words(clock, level)
    return f"Aviso al equipo. {words}"


def _call(turn: PageTurn, teller: Teller) -> str:
    seconds = turn.payload.get("seconds")
    length = length_words(seconds if isinstance(seconds, int) else None)
    who = teller.staff(turn, "attended_by") if turn.payload.get("attended_by") else ""
    return "Llamada" + (f" de {length}" if length else "") + (f". Atendió {who}" if who else "")


def _reopened(turn: PageTurn, _teller: Teller) -> str:
    return "Reabierto a pedido de la persona" if turn.is_by_citizen else "Reabierto"


_TITLES: Mapping[EventType, _Title] = {
    EventType.RECEIVED: lambda _turn, _teller: "",
    EventType.MESSAGE_RECEIVED: lambda _turn, _teller: "",
    EventType.WROTE: lambda _turn, _teller: "",
    EventType.SPOKE: lambda _turn, _teller: "",
    EventType.ANSWERED: lambda _turn, _teller: "",
    EventType.NOTED: lambda _turn, _teller: "Nota interna",
    EventType.ABSTAINED: lambda _turn, _teller: "Debe abstenerse",
    EventType.CONFIRMED: lambda _turn, _teller: "Sí, quedó resuelto.",
    EventType.CONTESTED: lambda _turn, _teller: "No quedó resuelto.",
    EventType.WITHDRAWN: lambda _turn, _teller: "Retira su caso.",
    EventType.OPINION_GIVEN: lambda turn, teller: (
        f"Su opinión: {turn.payload['mark']} de 5" if teller.page.may[Act.READ_OPINION] else "Dio su opinión."
    ),
    EventType.REFERRED: lambda turn, teller: f"Derivado a {teller.area(turn)}",
    EventType.HANDED_BACK: lambda turn, teller: f"Devuelto a {teller.area(turn)}",
    EventType.REFERRAL_UNDONE: lambda turn, teller: f"Derivación deshecha: vuelve a {teller.area(turn)}",
    EventType.TAKEN: lambda turn, teller: f"Lo tomó {teller.staff(turn, 'owner')}",
    EventType.ASSIGNED: lambda turn, teller: f"Asignado a {teller.staff(turn, 'owner')}",
    EventType.ACTED: lambda _turn, _teller: "Se hizo",
    EventType.PROMISED: _promised,
    EventType.FORWARDED: lambda turn, _teller: f"Enviado a {turn.word('entity')}",
    EventType.CONFIRMATION_ATTEMPTED: lambda turn, _teller: (
        f"Se preguntó si quedó resuelto {labels.MEANS_WAYS.get(turn.word('means'), '')}".strip()
    ),
    EventType.CLOSED: lambda turn, _teller: f"Cerrado: {labels.CLOSURES[Closure(turn.word('closure'))]}",
    EventType.REOPENED: _reopened,
    EventType.MERGED: lambda turn, _teller: f"Unido al caso {turn.word('main')}",
    EventType.ABSORBED: lambda turn, _teller: f"Se le unió el caso {turn.word('case')}",
    EventType.FOLLOWED: lambda turn, _teller: (
        f"Sigue al caso {turn.word('main')}: {STAGE_LABELS[Stage(turn.word('stage'))].lower()}"
    ),
    EventType.LINKED: lambda turn, _teller: f"Vinculado con el caso {turn.word('case')}",
    EventType.NOTIFIED: lambda turn, _teller: (
        f"Notificación enviada {labels.MEANS_WAYS.get(turn.word('means'), '')}".strip()
    ),
    EventType.NOTIFICATION_RECORDED: lambda turn, _teller: (
        "La notificación llegó" if turn.word("result") == "received" else "La notificación no se pudo entregar"
    ),
    EventType.RECLASSIFIED: _reclassified,
    EventType.NATURE_SET: lambda turn, teller: (
        f"Para la ley: {teller.institution.natures.get(turn.word('legal_nature'), '').lower()}"
    ),
    EventType.PLATFORM_CODE_RECORDED: lambda turn, _teller: f"Libro del Estado: código {turn.word('code')}",
    EventType.ATTACHED: lambda turn, _teller: (
        "Archivo interno, solo lo ve el personal" if turn.payload.get("internal") else "Archivo recibido"
    ),
    EventType.INTERPRETER_REQUESTED: _interpreter,
    EventType.TASK_OPENED: _task,
    EventType.TASK_FINISHED: lambda turn, teller: f"Tarea hecha: {teller.finished_task(turn).lower()}",
    EventType.ABSTENTION_DECIDED: lambda turn, teller: (
        f"Abstención de {teller.staff(turn, 'staff')} {'aceptada' if turn.payload.get('granted') else 'no aceptada'}"
    ),
    **{type_: lambda turn, _teller: alarm_title(turn) for type_ in ALARM_EVENTS},
    EventType.PROMISE_MOVED: lambda turn, _teller: f"Se movió el plazo: {turn.word('why')}",
    EventType.WARNED: _warned,
    EventType.CALL_ATTENDED: _call,
}
