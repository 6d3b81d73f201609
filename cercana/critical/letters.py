"""The mail to whom an alarm calls: number, class, area and link, nothing of the citizen; sent until it is needless."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from cercana.cases import queries as cases
from cercana.cases.queries import WatchedCase
from cercana.conversation import commands as conversation
from cercana.conversation.commands import Failure
from cercana.critical.links import Summons, link_to
from cercana.critical.models import AlarmLetter, LetterState
from cercana.rules.classification import CLASS_LABELS, CaseClass
from cercana.rules.escalation import Alarm, AlarmCause
from cercana.ui.moments import clock

_log = structlog.get_logger(__name__)

SEND_TASK = "cercana.send_alarm"
# An hour and a half in all: later somebody else has long been called.
_PAUSES = [timedelta(seconds=seconds) for seconds in (15, 60, 120, 300, 600, 1200, 2400)]
_LOST_AFTER = timedelta(seconds=30)
_MOST_AT_A_TIME = 200


def write_letters(
    case: WatchedCase, sequence: int, staff: Iterable[int], addresses: dict[int, str], now: datetime
) -> None:
    """Store the letters of one call and queue them in the same transaction; some addresses never get any."""
    for person in staff:
        leaves = settings.MAIL_LEAVES and not conversation.is_reserved(addresses.get(person, ""))
        letter = AlarmLetter.objects.create(
            case_id=case.id,
            sequence=sequence,
            person_id=person,
            state=LetterState.QUEUED if leaves else LetterState.KEPT,
            message_id=conversation.new_message_id(),
            created_at=now,
            next_attempt_at=now if leaves else None,
        )
        if leaves:
            _queue(letter.pk, None)


@transaction.atomic
def send_letter(*, letter_id: int, now: datetime) -> None:
    """
    Try once to send a letter, and queue the next attempt if the server cannot take it now.

    At least once, under the same Message-ID. Once somebody has taken charge it is needless.
    """
    waiting = AlarmLetter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    letter = waiting.filter(pk=letter_id, state=LetterState.QUEUED).first()
    if letter is None:
        return
    case = cases.watched_case(letter.case_id)
    if case is None or case.watch is None or not case.watch.is_ringing or case.watch.alarm is None:
        letter.state, letter.next_attempt_at = LetterState.NEEDLESS, None
    else:
        letter.attempts += 1
        _note(letter, conversation.hand_over(mail_of(letter, case, case.watch.alarm)), now)
    letter.save(update_fields=["state", "attempts", "last_error", "sent_at", "next_attempt_at"])


def requeue_lost_letters(*, now: datetime) -> None:
    """Queue again the letters whose attempt should have happened half a minute ago, whatever became of its job."""
    late = AlarmLetter.objects.select_for_update(skip_locked=True).filter(
        state=LetterState.QUEUED, next_attempt_at__lt=now - _LOST_AFTER
    )
    with transaction.atomic():
        ids = list(late.values_list("pk", flat=True)[:_MOST_AT_A_TIME])
        AlarmLetter.objects.filter(pk__in=ids).update(next_attempt_at=now)
        for id_ in ids:
            _queue(id_, None)


def mail_of(letter: AlarmLetter, case: WatchedCase, alarm: Alarm) -> EmailMessage:
    """Return the mail about an alarm that rings."""
    link = link_to(Summons(case.key, alarm.sequence, letter.person_id))
    return EmailMessage(
        subject=f"{'SIMULACRO. ' if case.is_drill else ''}Alarma: caso crítico {case.number}",
        body="\n\n".join(_paragraphs(letter, case, alarm, link)),
        from_email=conversation.sender(),
        to=[letter.person.email],
        headers={**conversation.automatic_headers(letter.message_id), "Importance": "high", "X-Priority": "1"},
    )


def _paragraphs(letter: AlarmLetter, case: WatchedCase, alarm: Alarm, link: str) -> Iterable[str]:
    why = {
        AlarmCause.CRITICAL: "Un caso crítico espera que alguien se haga cargo.",
        AlarmCause.SILENCE: "En un caso crítico no se anota nada nuevo desde hace demasiado tiempo.",
    }
    yield f"{letter.person.full_name}:"
    if case.is_drill:
        yield "Esto es un simulacro: actúe como si fuera verdad, sin llamar a nadie de fuera."
    yield f"{why[alarm.cause]} La alarma suena desde las {clock(alarm.raised_at)}."
    yield "\n".join(
        (f"Caso: {case.number}", f"Prioridad: {CLASS_LABELS[CaseClass(case.class_)]}", f"Área: {case.area_name}")
    )
    yield f"Para hacerse cargo, abra este enlace y pulse el botón:\n{link}"
    yield "Si nadie lo hace en 10 minutos, la alarma pasa a la siguiente persona de la cadena."


def _note(letter: AlarmLetter, failure: Failure | None, now: datetime) -> None:
    if failure is None:
        letter.state, letter.sent_at, letter.last_error, letter.next_attempt_at = LetterState.SENT, now, "", None
        return
    letter.last_error = failure.code
    _log.warning("alarm_not_sent", letter=letter.pk, error_code=failure.code, attempts=letter.attempts)
    if failure.is_final or letter.attempts > len(_PAUSES):
        letter.state, letter.next_attempt_at = LetterState.FAILED, None
        return
    letter.next_attempt_at = now + _PAUSES[letter.attempts - 1]
    _queue(letter.pk, letter.next_attempt_at)


def _queue(letter_id: int, at: datetime | None) -> None:
    jobs.configure_task(SEND_TASK, queue=conversation.QUEUE, schedule_at=at).defer(letter_id=letter_id)
