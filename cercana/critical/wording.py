"""What the messages of an alarm say: number, class, area and link, nothing of the citizen."""

from collections.abc import Iterable

from django.core.mail import EmailMessage

from cercana.cases.queries import WatchedCase
from cercana.conversation import commands as conversation
from cercana.couriers.errands import Words
from cercana.critical.links import Summons, link_to
from cercana.critical.models import AlarmMessage, Way
from cercana.rules.classification import CLASS_LABELS, CaseClass
from cercana.rules.escalation import Alarm, AlarmCause
from cercana.ui.moments import the_clock

TRIAL = Words("Prueba de Cercana", "Así llegará una alarma. Esta es solo una prueba.", "", "prueba")


def words_of(message: AlarmMessage, case: WatchedCase, alarm: Alarm) -> Words:
    """Return the few words that fit on a phone."""
    link = link_to(Summons(case.key, alarm.sequence, message.person_id, Way(message.way)))
    body = f"{CLASS_LABELS[CaseClass(case.class_)]} · {case.area_name}"
    return Words(f"{_drill(case)}Alarma: caso {case.number}", body, link, case.number)


def mail_of(message: AlarmMessage, case: WatchedCase, alarm: Alarm) -> EmailMessage:
    """Return the mail about an alarm that rings."""
    link = link_to(Summons(case.key, alarm.sequence, message.person_id, Way.MAIL))
    return EmailMessage(
        subject=f"{_drill(case)}Alarma: caso crítico {case.number}",
        body="\n\n".join(_paragraphs(message, case, alarm, link)),
        from_email=conversation.sender(),
        to=[message.person.email],
        headers={**conversation.automatic_headers(message.message_id), "Importance": "high", "X-Priority": "1"},
    )


def _drill(case: WatchedCase) -> str:
    return "SIMULACRO. " if case.is_drill else ""


def _paragraphs(message: AlarmMessage, case: WatchedCase, alarm: Alarm, link: str) -> Iterable[str]:
    why = {
        AlarmCause.CRITICAL: "Un caso crítico espera que alguien se haga cargo.",
        AlarmCause.SILENCE: "En un caso crítico no se anota nada nuevo desde hace demasiado tiempo.",
    }
    yield f"{message.person.full_name}:"
    if case.is_drill:
        yield "Esto es un simulacro: actúe como si fuera verdad, sin llamar a nadie de fuera."
    yield f"{why[alarm.cause]} La alarma suena desde {the_clock(alarm.raised_at)}."
    yield "\n".join(
        (f"Caso: {case.number}", f"Prioridad: {CLASS_LABELS[CaseClass(case.class_)]}", f"Área: {case.area_name}")
    )
    yield f"Para hacerse cargo, abra este enlace y pulse el botón:\n{link}"
    yield "Si nadie lo hace en 10 minutos, la alarma pasa a la siguiente persona de la cadena."
