"""A caller proves who they are, once a call; until then their cases stay masked (domain.md, People and data)."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from cercana.cases import queries as cases
from cercana.channels.phone.commands.attending import locked
from cercana.channels.phone.errors import CallerUnproven, ChecksSpent
from cercana.channels.phone.models import Call
from cercana.citizens import queries as citizens
from cercana.rules.access import Actor
from cercana.rules.attended_calls import MOST_CHECKS, ToldOfThemselves, proves_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the caller says to prove who they are, as it was typed; nothing of it is kept."""

    number: str = ""
    code: str = ""
    document: str = ""


def verify_caller(*, key: uuid.UUID, citizen: uuid.UUID, proof: Proof, actor: Actor) -> None:
    """
    Note that the caller is ``citizen`` if what they said proves it; raise CallerUnproven, ChecksSpent or CallGone.

    A wrong answer counts although it is refused, so the refusal comes after the transaction.
    """
    with transaction.atomic():
        call = locked(key, actor)
        if call.failed_checks >= MOST_CHECKS:
            raise ChecksSpent
        is_proven = proves_identity(_told(call, citizen, proof))
        if is_proven:
            call.verified_id = citizen
        else:
            call.failed_checks += 1
        call.save(update_fields=["verified", "failed_checks"])
    if not is_proven:
        raise CallerUnproven


def _told(call: Call, citizen: uuid.UUID, proof: Proof) -> ToldOfThemselves:
    knows_code = bool(proof.code.strip()) and cases.person_behind_code(proof.number, proof.code) == citizen
    knows_document = bool(proof.document.strip()) and citizens.has_document(citizen, proof.document)
    # A number that somebody typed proves nothing: only the exchange saw where the call came from.
    is_own = call.is_measured and citizens.is_own_phone(citizen, call.caller)
    return ToldOfThemselves(knows_code=knows_code, knows_document=knows_document, calls_from_own_number=is_own)
