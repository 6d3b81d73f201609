"""The files of a form of attention: kept with a draft that only this member of staff and this form can name."""

import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from cercana.cases import commands, queries
from cercana.cases.commands import IncomingFile
from cercana.cases.errors import AttachmentRefused
from cercana.cases.queries import DraftFile
from cercana.rules.access import Actor


def files_of(actor: Actor, form_key: uuid.UUID | None) -> Sequence[DraftFile]:
    """Return what was attached to the form so far, oldest first."""
    if form_key is None:
        return ()
    draft = queries.find_draft(_secret(actor, form_key))
    return draft.files if draft else ()


def take_file(actor: Actor, form_key: uuid.UUID, file: "UploadedFile[bytes]", *, now: datetime) -> DraftFile:
    """Keep one file for the case that this form will become; raise AttachmentRefused."""
    draft = commands.open_draft(secret=_secret(actor, form_key), now=now)
    incoming = IncomingFile(file.name or "", file.size or 0, file.chunks())
    taken = commands.attach_to_draft(draft=draft, file=incoming, keeps_location=False, now=now)
    return DraftFile(taken.key, taken.name, taken.size, taken.content_type, taken.state, taken.refusal)


def take_files(actor: Actor, form_key: uuid.UUID, files: Iterable[object], *, now: datetime) -> list[str]:
    """Keep the files that came with the form, as without script they do; return why some were refused."""
    refused = []
    for file in files:
        if isinstance(file, UploadedFile):
            try:
                take_file(actor, form_key, file, now=now)
            except AttachmentRefused as refusal:
                refused.append(str(refusal))
    return refused


def forget_file(actor: Actor, form_key: uuid.UUID, key: str, *, now: datetime) -> None:
    """Remove one file of the form; nothing happens if it is not there."""
    with suppress(ValueError):
        draft = commands.open_draft(secret=_secret(actor, form_key), now=now)
        commands.detach_from_draft(draft=draft, key=uuid.UUID(key))


def _secret(actor: Actor, form_key: uuid.UUID) -> str:
    return f"desk:{actor.staff_id}:{form_key}"
