"""What somebody types before they send it, kept under a secret that only their browser has."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from cercana.cases import storage
from cercana.cases.commands.reception import Reception, register_case
from cercana.cases.draft_secrets import client_key_of, digest_of
from cercana.cases.models import Attachment, Case, Draft
from cercana.rules.access import Actor

DRAFT_DAYS = 7


@transaction.atomic
def save_draft(*, secret: str, part: str, fields: Mapping[str, object], now: datetime) -> Draft:
    """Keep the ``fields`` of one ``part`` of what somebody is writing; the first call begins the draft."""
    draft = open_draft(secret=secret, now=now)
    draft.fields = {**draft.fields, part: dict(fields)}
    draft.saved_at = now
    draft.save(update_fields=["fields", "saved_at"])
    return draft


@transaction.atomic
def open_draft(*, secret: str, now: datetime) -> Draft:
    """Return the draft of ``secret``, locked; a new one if there is none."""
    return _open(secret, uuid.UUID(bytes=secrets.token_bytes(16)), now)


@transaction.atomic
def open_carried_draft(*, secret: str, now: datetime) -> Draft:
    """Return the draft of a ``secret`` that a phone made, locked; it gives one case, however late it is sent again."""
    return _open(secret, client_key_of(secret), now)


def _open(secret: str, client_key: uuid.UUID, now: datetime) -> Draft:
    given = {"client_key": client_key, "saved_at": now}
    Draft.objects.get_or_create(key_digest=digest_of(secret), defaults=given)
    return Draft.objects.select_for_update().get(key_digest=digest_of(secret))


@transaction.atomic
def send_draft(*, secret: str, reception: Reception, actor: Actor, now: datetime) -> Case:
    """
    Register what was written; twice, or two at once, gives the same case.

    What was typed is forgotten, but the draft stays for a while, so that its sender finds the case: until they change
    its code, for the draft keeps the generation of access with which it was first sent.
    Raise as register_case does.
    """
    draft = open_draft(secret=secret, now=now)
    case = register_case(replace(reception, client_key=draft.client_key), actor=actor, now=now)
    draft.fields = {}
    if draft.sent_at is None:
        draft.sent_at, draft.sent_generation = now, case.access_generation
    draft.save(update_fields=["fields", "sent_at", "sent_generation"])
    return case


def discard_draft(*, secret: str) -> None:
    """Forget a draft and its files at its writer's wish."""
    _delete(list(Draft.objects.filter(key_digest=digest_of(secret)).values_list("pk", flat=True)))


def sweep_drafts(now: datetime) -> int:
    """Forget the drafts that nobody has touched for a week; return how many."""
    return _delete(
        list(Draft.objects.filter(saved_at__lt=now - timedelta(days=DRAFT_DAYS)).values_list("pk", flat=True))
    )


@transaction.atomic
def _delete(ids: list[int]) -> int:
    keys = list(Attachment.objects.filter(draft_id__in=ids).values_list("key", flat=True))
    Draft.objects.filter(pk__in=ids).delete()
    for key in keys:
        transaction.on_commit(partial(storage.delete, key))
    return len(ids)
