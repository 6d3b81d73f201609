"""The gateway of text messages tells what people answer."""

from typing import Annotated

from ninja import Body, Router

from cercana.api.callers import ApiRequest
from cercana.api.operations import asking
from cercana.api.scopes import Scope
from cercana.api.shapes.texts import TextHeard, TextOrder
from cercana.conversation import commands

router = Router(tags=["Central telefónica"])


@asking(
    router,
    "/sms/answers",
    name="sms_answer",
    scope=Scope.CALLS,
    answer=TextOrder,
    summary="Contar qué respondió alguien a un SMS",
    about="Con BAJA no salen más SMS a ese número; con ALTA vuelven. Otra palabra no se guarda.",
)
def hear(request: ApiRequest, given: Annotated[TextHeard, Body()]) -> TextOrder:
    """Take BAJA and ALTA."""
    understood = commands.hear_text(number=given.phone, text=given.text, now=request.now)
    return TextOrder(understood=understood)
