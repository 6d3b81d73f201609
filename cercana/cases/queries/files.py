"""A file somebody wants to open."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from cercana.cases import storage
from cercana.cases.errors import AttachmentNotReady, CaseNotFound
from cercana.cases.models import Attachment
from cercana.cases.queries.visibility import case_for
from cercana.rules.access import Actor, ActorKind
from cercana.rules.acts import Act


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Where a file lies that its reader may open, and what to call it."""

    path: Path
    name: str
    content_type: str


def file_of(actor: Actor, *, number: str, key: uuid.UUID) -> OpenFile:
    """
    Return a file of a case that ``actor`` may see; a citizen sees no internal one.

    Raise CaseNotFound, or AttachmentNotReady while it is being looked at and if it was refused.
    """
    case = case_for(actor, Act.VIEW_PERSONAL, number=number)
    row = Attachment.objects.filter(case=case, key=key, erased_at=None).first()
    if row is None or (row.is_internal and actor.kind is ActorKind.CITIZEN):
        raise CaseNotFound(number=number)
    if row.state != "ready":
        raise AttachmentNotReady
    return OpenFile(storage.path_of(row.key), row.name, row.content_type)
