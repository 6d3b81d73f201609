"""Files people give us: taken, tied to their case, looked at by the worker, and swept when nobody needs them."""

import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app as jobs

from cercana.cases import inspection, storage
from cercana.cases.commands.follow_up import receive_message
from cercana.cases.errors import AttachmentEmpty, AttachmentsTooMany, AttachmentTooBig, AttachmentUnknown
from cercana.cases.file_types import named_after_content, type_of
from cercana.cases.models import Attachment, Case, Draft
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.history import EventType

MOST_FILES = 10
LARGEST_FILE = 25_000_000
INSPECTION_TASK = "cercana.inspect_attachment"
_INSPECTION_SECONDS = 60
_ORPHAN_AGE = timedelta(days=1)
_LONGEST_NAME = 150
_REFUSALS = {
    "too_many_pixels": gettext_noop("La imagen es demasiado grande: pasa de 50 megapíxeles."),
    "too_much_memory": gettext_noop("La imagen es demasiado grande para abrirla."),
    "unreadable": gettext_noop("El archivo está dañado o incompleto."),
}


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file on its way in: the name its sender gave it, its size in bytes and its content piece by piece."""

    name: str
    size: int
    chunks: Iterable[bytes]


@transaction.atomic
def attach_to_draft(*, draft: Draft, file: IncomingFile, keeps_location: bool, now: datetime) -> Attachment:
    """Keep a file for a case that is still being written; raise AttachmentRefused."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    _check_count(file, Attachment.objects.filter(draft=draft).count())
    return _take(file, Attachment(draft=draft, keeps_location=keeps_location, added_at=now))


@transaction.atomic
def detach_from_draft(*, draft: Draft, key: uuid.UUID) -> None:
    """Forget a file of a draft; nothing happens if it is not there."""
    deleted, _ = Attachment.objects.filter(draft=draft, key=key).delete()
    if deleted:
        transaction.on_commit(partial(storage.delete, key))


@transaction.atomic
def attach(
    *,
    number: str,
    files: Sequence[IncomingFile],
    actor: Actor,
    now: datetime,
    is_internal: bool = False,
    keeps_location: bool = False,
) -> list[Attachment]:
    """
    Add files to a case; the citizen sees all but the internal ones.

    Raise AttachmentRefused for the first that cannot be taken: then none is.
    """
    case = case_for(actor, Act.ATTACH, number=number, lock=True)
    if not files:
        return []
    taken = []
    for position, file in enumerate(files):
        _check_count(file, position)
        row = Attachment(case=case, is_internal=is_internal, keeps_location=keeps_location, added_at=now)
        taken.append(_take(file, row))
    payload = {"attachments": [str(each.key) for each in taken], "internal": is_internal}
    record(case, Step(EventType.ATTACHED, payload), actor=actor, now=now)
    return taken


@transaction.atomic
def attach_drafted(
    *, number: str, keys: Sequence[uuid.UUID], actor: Actor, now: datetime, is_internal: bool = False
) -> None:
    """
    Give a case the files ``keys`` that were taken for one still to be written; others among them stay out.

    The citizen sees all but the internal ones.
    """
    case = case_for(actor, Act.ATTACH, number=number, lock=True)
    drafted = Attachment.objects.select_for_update().filter(key__in=keys, case=None)
    taken = [each.key for each in drafted.order_by("id")]
    if taken:
        Attachment.objects.filter(key__in=taken).update(case=case, draft=None, is_internal=is_internal)
        payload = {"attachments": [str(key) for key in taken], "internal": is_internal}
        record(case, Step(EventType.ATTACHED, payload), actor=actor, now=now)


@transaction.atomic
def write_with_files(
    *, number: str, text: str, files: Sequence[IncomingFile], channel: str, actor: Actor, now: datetime
) -> Case:
    """File what the citizen writes together with what they send along, both or none; files alone are enough."""
    if text.strip() or not files:
        receive_message(number=number, text=text, channel=channel, actor=actor, now=now)
    attach(number=number, files=files, actor=actor, now=now)
    return case_for(actor, Act.VIEW, number=number)


def inspect_attachment(attachment_id: int) -> None:
    """
    Look at a waiting file in a child process and let it be opened, or refuse it with its reason.

    An image is replaced by what was decoded of it. Repeating this is harmless.
    """
    row = Attachment.objects.filter(pk=attachment_id, state="waiting").first()
    if row is None or not storage.path_of(row.key).exists():
        return
    with tempfile.TemporaryDirectory(dir=settings.ATTACHMENTS_ROOT, prefix="inspect-") as folder:
        target = Path(folder) / "result"
        verdict = _verdict(row, target)
        with transaction.atomic():
            _settle(attachment_id, verdict, target)


def sweep_orphans(now: datetime) -> int:
    """Delete what nobody may open any more: files without a row and erased ones; return how many."""
    limit = now - _ORPHAN_AGE
    storage.delete_unfinished(older_than=limit.timestamp())
    keys = set(storage.stored_keys(older_than=limit.timestamp()))
    wanted = Attachment.objects.filter(erased_at=None, key__in=keys).values_list("key", flat=True)
    orphans = keys - set(wanted)
    for key in orphans:
        storage.delete(key)
    return len(orphans)


def _check_count(file: IncomingFile, present: int) -> None:
    if present >= MOST_FILES:
        raise AttachmentsTooMany(limit=MOST_FILES)


def _take(file: IncomingFile, row: Attachment) -> Attachment:
    """Store one file, note it and have it inspected."""
    if file.size > LARGEST_FILE:
        raise AttachmentTooBig(name=file.name, limit=LARGEST_FILE // 1_000_000)
    chunks = iter(file.chunks)
    head = next(chunks, b"")
    if not head:
        raise AttachmentEmpty(name=file.name)
    found = type_of(head)
    if found is None:
        raise AttachmentUnknown(name=file.name)
    row.name = _tidy_name(file.name)
    row.content_type = found.content_type
    stored = storage.store(row.key, _limited(file.name, chain((head,), chunks)))
    row.size, row.sha256 = stored.size, stored.sha256
    row.save(force_insert=True)
    jobs.configure_task(INSPECTION_TASK, queue="bulk").defer(attachment_id=row.pk)
    return row


def _limited(name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield ``chunks``, however long they were said to be, up to the largest file."""
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > LARGEST_FILE:
            raise AttachmentTooBig(name=name, limit=LARGEST_FILE // 1_000_000)
        yield chunk


def _tidy_name(name: str) -> str:
    printable = "".join(each for each in name.replace("\\", "/").rpartition("/")[2] if each.isprintable())
    return printable.strip(" .")[-_LONGEST_NAME:] or "archivo"


def _verdict(row: Attachment, target: Path) -> str:
    command = [sys.executable, "-m", inspection.__name__, str(storage.path_of(row.key)), str(target), row.content_type]
    if row.keeps_location:
        command.append(inspection.KEEP_LOCATION)
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_INSPECTION_SECONDS)
    except subprocess.TimeoutExpired:
        return f"{inspection.REFUSED} unreadable"
    return done.stdout.strip() if done.returncode == 0 else f"{inspection.REFUSED} too_much_memory"


def _settle(attachment_id: int, verdict: str, target: Path) -> None:
    row = Attachment.objects.select_for_update().get(pk=attachment_id)
    if verdict.startswith(inspection.REFUSED):
        row.state = "refused"
        row.refusal = _REFUSALS[verdict.partition(" ")[2]]
    else:
        row.state, row.content_type = "ready", verdict
        row.name = named_after_content(row.name, verdict)
        if target.exists():
            stored = storage.replace_by(row.key, target)
            row.size, row.sha256 = stored.size, stored.sha256
    row.save(update_fields=["state", "refusal", "content_type", "name", "size", "sha256"])
