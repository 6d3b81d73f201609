"""What is said to the person of a case, and what that person says, as the staff records it."""

from typing import Annotated

from ninja import Body, Router

from cercana.api.acting import act
from cercana.api.callers import ApiRequest
from cercana.api.numbers import CaseNumber
from cercana.api.shapes.answers import AnswerGiven
from cercana.api.shapes.decisions import Contested, Why, WordsGiven, YesGiven
from cercana.cases import commands
from cercana.cases.queries import Case

router = Router(tags=["Trabajar un caso: la persona"])


@act(router, "answer", "Responder a la persona", about="Los avisos del asistente de redacción se piden aparte.")
def answer(request: ApiRequest, number: CaseNumber, given: Annotated[AnswerGiven, Body()]) -> Case:
    """Send the citizen the answer that claims to resolve the case."""
    return commands.answer_case(number=number, answer=given.answer(), actor=request.caller.actor, now=request.now)


@act(router, "confirm", "Anotar que la persona confirma")
def confirm(request: ApiRequest, number: CaseNumber, given: Annotated[YesGiven, Body()]) -> Case:
    """Take down the citizen's yes."""
    return commands.confirm(number=number, words=given.words, actor=request.caller.actor, now=request.now)


@act(router, "contest", "Anotar que la persona dice que no")
def contest(request: ApiRequest, number: CaseNumber, given: Annotated[Contested, Body()]) -> Case:
    """Take down the citizen's no."""
    return commands.contest(number=number, why=given.why, actor=request.caller.actor, now=request.now)


@act(router, "withdraw", "Anotar que la persona retira su caso")
def withdraw(request: ApiRequest, number: CaseNumber, given: Annotated[WordsGiven, Body()]) -> Case:
    """Close a case that its citizen no longer wants."""
    return commands.withdraw(number=number, words=given.words, actor=request.caller.actor, now=request.now)


@act(router, "reopen", "Reabrir el caso")
def reopen(request: ApiRequest, number: CaseNumber, given: Annotated[Why, Body()]) -> Case:
    """Begin a closed case anew."""
    return commands.reopen(number=number, why=given.why, actor=request.caller.actor, now=request.now)
