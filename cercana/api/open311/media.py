"""The files that an app sends along as «media», as most servers take them: kept for the staff, and never public."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.http import HttpRequest
from django.utils.translation import gettext

from cercana.cases import commands
from cercana.cases.commands import IncomingFile
from cercana.cases.errors import AttachmentRefused


@dataclass(frozen=True, slots=True)
class FilesTaken:
    """What became of the files of a report; ``refusals`` say in words which could not be kept, and why."""

    keys: Sequence[uuid.UUID] = ()
    refusals: Sequence[str] = ()


def files_in(request: HttpRequest) -> list[IncomingFile]:
    """Return the files of a call, whatever their fields are called."""
    found = chain.from_iterable(files for _, files in request.FILES.lists())
    return [IncomingFile(file.name or "", file.size or 0, file.chunks()) for file in found]


def take_files(files: Sequence[IncomingFile], client: int, now: datetime) -> FilesTaken:
    """Keep ``files`` for a case to be; one that cannot be taken must not cost the whole report."""
    if not files:
        return FilesTaken()
    draft = commands.open_draft(secret=f"open311:{client}:{uuid.uuid4()}", now=now)
    keys, refusals = [], []
    for file in files:
        try:
            keys.append(commands.attach_to_draft(draft=draft, file=file, keeps_location=False, now=now).key)
        except AttachmentRefused as refusal:
            refusals.append(gettext(refusal.message).format(**refusal.params))
    return FilesTaken(keys, refusals)
