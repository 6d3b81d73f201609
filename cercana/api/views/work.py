"""What is done with a case inside the institution: referred, taken, handed back, noted, joined."""

from typing import Annotated

from ninja import Body, Router

from cercana.api.acting import act
from cercana.api.callers import ApiRequest
from cercana.api.numbers import CaseNumber
from cercana.api.shapes.work import ReferralGiven
from cercana.cases import commands
from cercana.cases.queries import Case

router = Router(tags=["Trabajar un caso: adentro"])


@act(router, "refer", "Derivar a un área")
def refer(request: ApiRequest, number: CaseNumber, given: Annotated[ReferralGiven, Body()]) -> Case:
    """Hand the case to an area."""
    return commands.refer(
        number=number, area=given.area, reason=given.reason, actor=request.caller.actor, now=request.now
    )


@act(router, "take", "Tomar el caso")
def take(request: ApiRequest, number: CaseNumber) -> Case:
    """Take charge of a referred case."""
    return commands.take(number=number, actor=request.caller.actor, now=request.now)
