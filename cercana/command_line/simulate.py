"""``cercana simulate``: a working day played live on the demonstration."""

import signal
import threading

import click
from django.utils import timezone

from cercana.demo.cues import Verb
from cercana.demo.simulation import Happening, WorkingDay
from cercana.rules.promises import to_lima

_STOPPING = (signal.SIGINT, signal.SIGTERM)
_SAID = {
    Verb.REGISTER: "llegó y quedó registrado",
    Verb.SOLVE: "se resolvió en el momento",
    Verb.RECORD_PLATFORM_CODE: "tiene código de la plataforma del Estado",
    Verb.REFER: "se derivó",
    Verb.HAND_BACK: "volvió a recepción: no era de esa área",
    Verb.TAKE: "ya tiene responsable",
    Verb.ABSTAIN: "alguien debe abstenerse",
    Verb.DECIDE_ABSTENTION: "pasa a otra persona",
    Verb.IDENTIFY_STAFF: "se sabe de quién es la queja",
    Verb.RECLASSIFY: "cambió de prioridad",
    Verb.NOTE: "tiene una nota",
    Verb.CALL: "se llamó a la persona",
    Verb.WRITE: "se preguntó algo a la persona",
    Verb.REPLY: "la persona respondió",
    Verb.ACT: "se hizo algo en el lugar",
    Verb.PROMISE: "se prometió una fecha",
    Verb.FORWARD: "se envió a otra entidad",
    Verb.FINISH_TASKS: "se cumplió una tarea",
    Verb.ANSWER: "se respondió",
    Verb.ANSWER_AGAIN: "se respondió otra vez",
    Verb.NOTIFY: "se notificó",
    Verb.NOTIFICATION_ARRIVED: "la notificación llegó",
    Verb.CONTEST: "la persona dice que no quedó resuelto",
    Verb.CONFIRM: "la persona dijo que sí",
    Verb.AGREE: "la jefatura dio su conformidad",
    Verb.WITHDRAW: "la persona ya no lo necesita",
    Verb.GIVE_OPINION: "la persona opinó",
}


@click.command()
@click.option("--speed", default=60.0, show_default=True, type=click.FloatRange(min=1), help="Hours in an hour.")
@click.option("--seed", default=2026, show_default=True, help="The same number invents the same people.")
def simulate(speed: float, seed: int) -> None:
    """
    Play a working day live on the demonstration: at speed 60 it takes nine minutes. Ctrl-C ends it.

    Everything is recorded with the true time, so that promises and queues are as they would be.
    """
    stopping = threading.Event()
    for each in _STOPPING:
        signal.signal(each, lambda _number, _frame: stopping.set())
    day = WorkingDay(seed=seed, now=timezone.now(), speed=speed)
    while (next_at := day.next_at) is not None:
        if stopping.wait(max(0.0, (next_at - timezone.now()).total_seconds())):
            break
        for happening in day.advance(timezone.now()):
            click.echo(_line(happening))
            if stopping.is_set():
                break
    click.echo("La jornada simulada terminó.")


def _line(happening: Happening) -> str:
    said = "lo atiende otra persona" if happening.verb is None else _SAID[happening.verb]
    return f"{to_lima(happening.at):%H:%M:%S}  {happening.number or '—':<17}  {said:<42}  {happening.title}"
