"""Files somebody wants to open, and those that go with a letter."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from cercana.cases import storage
from cercana.cases.errors import AttachmentNotReady, CaseNotFound
from cercana.cases.models import Attachment, Event
from cercana.cases.queries.visibility import case_for
from cercana.rules.access import Actor, ActorKind
from cercana.rules.acts import Act
from cercana.rules.history import EventType

_TELLING = (EventType.WROTE, EventType.ANSWERED)
_HEARD = (EventType.RECEIVED, EventType.MESSAGE_RECEIVED)
_STAFF = "staff:"


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Where a file lies that its reader may open, and what to call it; ``size`` is in bytes."""

    path: Path
    name: str
    content_type: str
    size: int


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
    return _open(row)


def files_told_with(*, case_id: int, sequence: int) -> list[OpenFile]:
    """
    Return what the staff put into a case for the citizen since it wrote to them before, oldest first.

    ``sequence`` is of the message or answer that tells of them. What the staff only wrote down with the citizen's own
    words is the citizen's. Files still being looked at are left out.
    """
    before = Event.objects.filter(case=case_id, sequence__lt=sequence)
    told = before.filter(type__in=_TELLING).order_by("-sequence").values_list("sequence", flat=True).first() or 0
    heard = before.filter(type__in=_HEARD).values("recorded_at")
    attached = before.filter(type=EventType.ATTACHED, sequence__gt=told, actor__startswith=_STAFF)
    attached = attached.exclude(recorded_at__in=heard)
    keys = [key for payload in attached.values_list("payload", flat=True) for key in payload["attachments"]]
    rows = Attachment.objects.filter(case=case_id, key__in=keys, state="ready", is_internal=False, erased_at=None)
    return [_open(row) for row in rows.order_by("id")]


def _open(row: Attachment) -> OpenFile:
    return OpenFile(storage.path_of(row.key), row.name, row.content_type, row.size)
