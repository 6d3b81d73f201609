"""Name and document of a person, asked after registering where the law needs them: the clock does not wait."""

from datetime import datetime

from django.db import transaction

from cercana.cases.commands.following import keeper_for
from cercana.cases.commands.texts import checked
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.citizens.commands import Document, add_identity
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.classification import TaskKind
from cercana.rules.history import EventType

ASK_IDENTITY = Step(EventType.TASK_OPENED, {"task": TaskKind.ASK_IDENTITY.value})


@transaction.atomic
def record_identity(
    *, number: str, name: str, document: Document, is_verified: bool, actor: Actor, now: datetime
) -> Case:
    """
    Keep name and document of the person of a case, and finish the task to ask for them.

    ``is_verified`` tells that somebody saw the document. Raise IdentityKnown if another one is on record.
    """
    case = case_for(actor, Act.RECORD_IDENTITY, number=number, lock=True)
    told = checked(name, "el nombre de la persona")
    add_identity(case.citizen_id, name=told, document=document, is_verified=is_verified)
    keeper = keeper_for(case)
    payload = {
        "name": keeper.keep("name", told),
        "document": keeper.keep("document", document.number),
        "verified": is_verified,
    }
    keeper.store()
    pending = case.tasks.filter(kind=TaskKind.ASK_IDENTITY, finished_at=None).values_list("ordinal", flat=True)
    finished = [Step(EventType.TASK_FINISHED, {"ordinal": ordinal}) for ordinal in pending]
    record(case, Step(EventType.IDENTITY_RECORDED, payload), *finished, actor=actor, now=now)
    return case
