"""What is said to the person of a case, and what that person says, as data: each verb's fields and its command."""

from collections.abc import Mapping

from cercana.cases import commands
from cercana.desk.act_fields import (
    EARLIER,
    ActForm,
    Field,
    answer_case,
    given,
    log_conversation,
    notification_result,
    promise_date,
    seen,
    simply,
    tell_forwarded,
)
from cercana.rules.acts import Act

_ANSWER = (
    Field("done", "Qué hicimos", "area", "Salude, reconozca lo que pasó y diga qué se hizo."),
    Field("next_step", "Qué sigue", "area", "Lo que viene ahora, o por qué no hace falta nada más."),
    Field("by_when", "Para cuándo", "line", "Una fecha clara: «el viernes 27 de noviembre»."),
    Field("outcome", "Cómo terminó", "choice", options="outcomes"),
    Field("cause", "Por qué ocurrió", "choice", "Es provisional: se puede corregir antes del cierre.", "causes"),
)

PERSON_FORMS: Mapping[str, ActForm] = {
    "mensaje": ActForm(
        Act.WRITE,
        "Escribir a la persona",
        "Enviar",
        "Mensaje enviado.",
        lambda request, number: commands.write_to_citizen(
            number=number, text=given(request, "text"), actor=request.actor, now=request.now, seen=seen(request)
        ),
        (Field("text", "Mensaje", "area", "Novedades o una pregunta. Todavía no es la respuesta."),),
        key="M",
        unreached="Mensaje guardado, pero nadie lo recibirá. Hable con la persona y anótelo.",
    ),
    "responder": ActForm(
        Act.ANSWER,
        "Responder",
        "Enviar la respuesta",
        "Respuesta enviada. Falta que la persona confirme.",
        answer_case,
        _ANSWER,
        "Una respuesta dice qué hicimos, qué sigue y para cuándo (manual 3.3).",
        key="R",
        unreached="Respuesta guardada, pero nadie la recibirá. Hable con la persona y anótelo.",
    ),
    "conversacion": ActForm(
        Act.LOG_CONVERSATION,
        "Anotar una conversación",
        "Anotar",
        "Conversación anotada.",
        log_conversation,
        (
            Field("means", "Cómo hablaron", "choice", options="means"),
            Field("text", "Qué se dijo", "area"),
            *EARLIER,
        ),
    ),
    "promesa": ActForm(
        Act.PROMISE,
        "Prometer una fecha",
        "Prometer",
        "Promesa anotada.",
        promise_date,
        (
            Field("text", "Qué se promete", "area"),
            Field("day", "Para qué día", "date"),
            Field("anyway", "Prometer de todos modos", "check", is_required=False),
        ),
    ),
    "avisar-envio": ActForm(
        Act.TELL_FORWARDED,
        "Avisar a la persona que se envió",
        "Avisar y responder",
        "La persona ya sabe a dónde se envió su caso.",
        tell_forwarded,
        _ANSWER,
    ),
    "intento": ActForm(
        Act.ATTEMPT_CONFIRMATION,
        "Preguntar si quedó resuelto",
        "Anotar",
        "Intento anotado.",
        simply(commands.attempt_confirmation, means="means", result="result"),
        (Field("means", "Cómo se preguntó", "choice", options="means"), Field("result", "Qué pasó", "area")),
        short="Pedir confirmación",
    ),
    "confirmar": ActForm(
        Act.CONFIRM,
        "La persona confirma que quedó resuelto",
        "Anotar el sí",
        "Confirmación anotada.",
        simply(commands.confirm, words="words"),
        (Field("words", "Lo que dijo, con sus palabras", "area"),),
        "Lo anota Orientación o la jefatura, nunca quien atendió el caso.",
        short="La persona confirma",
    ),
    "no-resuelto": ActForm(
        Act.CONTEST,
        "La persona dice que no quedó resuelto",
        "Anotar el no",
        "El caso vuelve a seguimiento con su plazo original.",
        simply(commands.contest, why="why"),
        (Field("why", "Qué falta, con sus palabras", "area"),),
        short="No quedó resuelto",
    ),
    "retirar": ActForm(
        Act.WITHDRAW,
        "La persona retira su caso",
        "Retirar",
        "Caso retirado.",
        simply(commands.withdraw, words="words"),
        (Field("words", "Lo que dijo, con sus palabras", "area"),),
    ),
    "reabrir": ActForm(
        Act.REOPEN,
        "Reabrir el caso",
        "Reabrir",
        "Caso reabierto con un plazo nuevo.",
        simply(commands.reopen, why="why"),
        (Field("why", "Por qué se reabre", "area"),),
    ),
    "notificar": ActForm(
        Act.NOTIFY,
        "Notificar",
        "Anotar notificación",
        "Notificación anotada.",
        lambda request, number: commands.notify(
            number=number,
            means=given(request, "means"),
            authorised=bool(given(request, "authorised")),
            actor=request.actor,
            now=request.now,
        ),
        (
            Field("means", "Por qué medio", "choice", options="means"),
            Field("authorised", "La persona autorizó recibirla por correo", "check", is_required=False),
        ),
    ),
    "notificacion": ActForm(
        Act.RECORD_NOTIFICATION,
        "Resultado de la notificación",
        "Guardar",
        "Resultado guardado.",
        notification_result,
        (Field("result", "Qué pasó", "choice", options="results"),),
    ),
    "interprete": ActForm(
        Act.REQUEST_INTERPRETER,
        "Pedir intérprete",
        "Pedir",
        "Pedido de intérprete anotado.",
        simply(commands.request_interpreter, language="language"),
        (Field("language", "Lengua", "choice", options="interpreted"),),
    ),
    "escribio": ActForm(
        Act.RECEIVE_MESSAGE,
        "La persona dijo algo más",
        "Anotar",
        "Mensaje anotado.",
        simply(commands.receive_message, text="text", channel="channel"),
        (
            Field("channel", "Por dónde", "choice", options="channels"),
            Field("text", "Lo que dijo, con sus palabras", "area"),
        ),
    ),
    "anular-codigo": ActForm(
        Act.REVOKE_ACCESS,
        "Anular el código de seguimiento",
        "Anular",
        "Código anulado. Ya hay uno nuevo.",
        simply(commands.revoke_access),
        explanation="El código y los enlaces enviados dejan de servir. La persona usará uno nuevo.",
    ),
}
