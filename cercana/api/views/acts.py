"""What is said to the person of a case, and what that person says, as the staff records it."""

from collections.abc import Mapping
from typing import Annotated

from ninja import Body, Router

from cercana.api.acting import act
from cercana.api.callers import ApiRequest
from cercana.api.numbers import CaseNumber
from cercana.api.shapes.answers import (
    AnswerGiven,
    AttemptGiven,
    KeptGiven,
    PromiseGiven,
    SpokenGiven,
    WrittenGiven,
)
from cercana.api.shapes.decisions import (
    Contested,
    OpinionGiven,
    ReceivedGiven,
    Why,
    WordsGiven,
    YesGiven,
)
from cercana.api.shapes.work import (
    IdentityGiven,
    InterpreterGiven,
    NotificationGiven,
    NotifiedGiven,
)
from cercana.cases import commands, queries
from cercana.cases.queries import Case
from cercana.conversation.commands import record_phrase_uses
from cercana.feedback import commands as feedback
from cercana.rules.acts import Act
from cercana.rules.writing.figures import WritingFigures, figures_of
from cercana.rules.writing.parts import joined, reviewed

router = Router(tags=["Trabajar un caso: la persona"])


@act(
    router,
    "answer",
    "Responder a la persona",
    about="Los avisos del asistente de redacción se piden aparte, en /writing/check.",
)
def answer(request: ApiRequest, number: CaseNumber, given: Annotated[AnswerGiven, Body()]) -> Case:
    """Send the citizen the answer that claims to resolve the case."""
    case = commands.answer_case(
        number=number,
        answer=given.answer(),
        promises=[each.promise() for each in given.promises],
        figures=_figures(request, number, given.texts(), cause=given.cause),
        actor=request.caller.actor,
        now=request.now,
    )
    _count_phrases(request, number, given.phrases, given.texts())
    return case


@act(router, "message", "Escribir a la persona")
def message(request: ApiRequest, number: CaseNumber, given: Annotated[WrittenGiven, Body()]) -> Case:
    """Send the citizen news or a question."""
    case = commands.write_to_citizen(
        number=number,
        text=given.text,
        promises=[each.promise() for each in given.promises],
        figures=_figures(request, number, {"text": given.text}),
        actor=request.caller.actor,
        now=request.now,
    )
    _count_phrases(request, number, given.phrases, {"text": given.text})
    return case


@act(router, "conversation", "Anotar una conversación")
def conversation(request: ApiRequest, number: CaseNumber, given: Annotated[SpokenGiven, Body()]) -> Case:
    """Record what was said."""
    return commands.log_conversation(
        number=number,
        text=given.text,
        means=given.means,
        occurred_at=given.occurred_at,
        source=given.source,
        actor=request.caller.actor,
        now=request.now,
    )


@act(router, "received-message", "Anotar lo que la persona dijo de más")
def received_message(request: ApiRequest, number: CaseNumber, given: Annotated[ReceivedGiven, Body()]) -> Case:
    """File what the citizen said otherwise."""
    return commands.receive_message(
        number=number, text=given.text, channel=given.channel, actor=request.caller.actor, now=request.now
    )


@act(router, "promise", "Prometer una fecha")
def promise(request: ApiRequest, number: CaseNumber, given: Annotated[PromiseGiven, Body()]) -> Case:
    """Promise something for a day, or an hour of it."""
    return commands.promise_date(number=number, promise=given.promise(), actor=request.caller.actor, now=request.now)


@act(router, "keep-promise", "Marcar una promesa como cumplida")
def keep_promise(request: ApiRequest, number: CaseNumber, given: Annotated[KeptGiven, Body()]) -> Case:
    """Record that a promised date was kept."""
    return commands.keep_promise(
        number=number, round_=given.round, text=given.text, actor=request.caller.actor, now=request.now
    )


@act(router, "tell-forwarded", "Responder que otra entidad lo tiene")
def tell_forwarded(request: ApiRequest, number: CaseNumber, given: Annotated[AnswerGiven, Body()]) -> Case:
    """Answer that another entity has the matter now."""
    actor, answer = request.caller.actor, given.answer()
    figures = _figures(request, number, given.texts(), cause=given.cause)
    case = commands.tell_forwarded(number=number, answer=answer, figures=figures, actor=actor, now=request.now)
    _count_phrases(request, number, given.phrases, given.texts())
    return case


@act(router, "attempt", "Anotar que se preguntó si quedó resuelto")
def attempt(request: ApiRequest, number: CaseNumber, given: Annotated[AttemptGiven, Body()]) -> Case:
    """Record that the citizen was asked."""
    return commands.attempt_confirmation(
        number=number, means=given.means, result=given.result, actor=request.caller.actor, now=request.now
    )


@act(router, "confirm", "Anotar que la persona confirma")
def confirm(request: ApiRequest, number: CaseNumber, given: Annotated[YesGiven, Body()]) -> Case:
    """Take down the citizen's yes."""
    return commands.confirm(number=number, words=given.words, actor=request.caller.actor, now=request.now)


@act(router, "contest", "Anotar que la persona dice que no")
def contest(request: ApiRequest, number: CaseNumber, given: Annotated[Contested, Body()]) -> Case:
    """Take down the citizen's no."""
    return commands.contest(number=number, why=given.why, actor=request.caller.actor, now=request.now)


@act(router, "opinion", "Anotar la opinión que la persona da de palabra")
def opinion(request: ApiRequest, number: CaseNumber, given: Annotated[OpinionGiven, Body()]) -> Case:
    """Take down what the citizen of a closed case thought of it."""
    actor = request.caller.actor
    # Whoever takes the opinion down may not know of the case otherwise.
    case = queries.case_for(actor, Act.GIVE_OPINION, number=number)
    feedback.give_opinion(number=number, opinion=given.opinion(), actor=actor, now=request.now)
    case.refresh_from_db(fields=["stage", "last_sequence"])
    return case


@act(router, "withdraw", "Anotar que la persona retira su caso")
def withdraw(request: ApiRequest, number: CaseNumber, given: Annotated[WordsGiven, Body()]) -> Case:
    """Close a case that its citizen no longer wants."""
    return commands.withdraw(number=number, words=given.words, actor=request.caller.actor, now=request.now)


@act(router, "reopen", "Reabrir el caso")
def reopen(request: ApiRequest, number: CaseNumber, given: Annotated[Why, Body()]) -> Case:
    """Begin a closed case anew."""
    return commands.reopen(number=number, why=given.why, actor=request.caller.actor, now=request.now)


@act(router, "identity", "Anotar quién es la persona")
def identity(request: ApiRequest, number: CaseNumber, given: Annotated[IdentityGiven, Body()]) -> Case:
    """Keep who the person is."""
    return commands.record_identity(
        number=number,
        name=given.name,
        document=given.document.parsed(),
        is_verified=given.is_verified,
        actor=request.caller.actor,
        now=request.now,
    )


@act(router, "notify", "Notificar")
def notify(request: ApiRequest, number: CaseNumber, given: Annotated[NotifiedGiven, Body()]) -> Case:
    """Send the notification of a legal case."""
    return commands.notify(
        number=number, means=given.means, authorised=given.is_authorised, actor=request.caller.actor, now=request.now
    )


@act(router, "notification", "Anotar el resultado de la notificación")
def notification(request: ApiRequest, number: CaseNumber, given: Annotated[NotificationGiven, Body()]) -> Case:
    """Record whether the notification arrived."""
    return commands.record_notification(number=number, result=given.result, actor=request.caller.actor, now=request.now)


@act(router, "interpreter", "Pedir intérprete")
def interpreter(request: ApiRequest, number: CaseNumber, given: Annotated[InterpreterGiven, Body()]) -> Case:
    """Ask for an interpreter."""
    return commands.request_interpreter(
        number=number, language=given.language, actor=request.caller.actor, now=request.now
    )


@act(router, "revoke-code", "Anular el código de seguimiento")
def revoke_code(request: ApiRequest, number: CaseNumber) -> Case:
    """Make code and links given so far worthless."""
    return commands.revoke_access(number=number, actor=request.caller.actor, now=request.now)


def _figures(request: ApiRequest, number: str, texts: Mapping[str, str], *, cause: str = "") -> WritingFigures | None:
    """Return how a message is that is about to leave; None for whoever may not see the case it is about."""
    actor = request.caller.actor
    if not queries.is_visible(actor, number):
        return None
    situation = queries.situation_of(queries.page_of_case(actor, number), request.now, cause=cause)
    return figures_of(reviewed(texts, situation), situation)


def _count_phrases(request: ApiRequest, number: str, phrases: list[int], texts: Mapping[str, str]) -> None:
    """Count the municipality's phrases that were put into what was just sent and are still in it."""
    if phrases:
        actor = request.caller.actor
        record_phrase_uses(number=number, versions=phrases, sent=joined(texts), actor=actor, now=request.now)
