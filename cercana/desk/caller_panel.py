"""The cases of whoever calls, beside the form: masked until they prove who they are, then one press from the call."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cercana.cases.queries import MaskedCase
from cercana.channels.phone import commands, queries
from cercana.channels.phone.commands import Proof
from cercana.channels.phone.errors import CallerUnproven, ChecksSpent
from cercana.channels.phone.queries import OpenCall
from cercana.desk.act_fields import ActForm
from cercana.desk.act_forms import caller_words
from cercana.desk.intake_call import call_at_hand, call_in_form
from cercana.desk.requests import StaffRequest, key_in
from cercana.desk.search_lines import FoundLine, found_lines

VERIFY = "verificar"


@dataclass(frozen=True, slots=True)
class CallerLine:
    """A case the caller may hear of; ``words`` are what can be taken down of them about its answer."""

    line: FoundLine
    may_open: bool
    words: Mapping[str, ActForm]


@dataclass(frozen=True, slots=True)
class CallerPanel:
    """What is shown of the cases of the person who was chosen; ``refusal`` says why a proof did not do."""

    call: OpenCall
    person: uuid.UUID
    told: Sequence[CallerLine]
    masked: Sequence[MaskedCase]
    refusal: str

    @property
    def is_verified(self) -> bool:
        """Whether the caller proved to be this person."""
        return self.call.verified == self.person


def caller_panel(request: StaffRequest) -> CallerPanel | None:
    """
    Return what a sent form shows of the caller's cases; None without a call or a person who was chosen.

    If it is what was pressed, what the caller said is tried first.
    """
    person, key = key_in(request.POST.get("person", "")), call_in_form(request).key
    if person is None or key is None:
        return None
    refusal = _verify(request, key, person) if request.POST.get("paso") == VERIFY else ""
    call = call_at_hand(request, key)
    if call is None:
        return None
    told, masked = queries.callers_cases(request.actor, call, person, now=request.now)
    lines = found_lines([each.hit for each in told], request.now, request.institution.calendar)
    shown = [CallerLine(line, each.may_open, caller_words(each.words)) for line, each in zip(lines, told, strict=True)]
    return CallerPanel(call, person, shown, masked, refusal)


def _verify(request: StaffRequest, key: uuid.UUID, person: uuid.UUID) -> str:
    """Try what the caller said; return why it does not do, or ""."""
    proof = Proof(
        number=request.POST.get("proof_number", ""),
        code=request.POST.get("proof_code", ""),
        document=request.POST.get("proof_document", ""),
    )
    try:
        commands.verify_caller(key=key, citizen=person, proof=proof, actor=request.actor)
    except (CallerUnproven, ChecksSpent) as refusal:
        return str(refusal)
    return ""
