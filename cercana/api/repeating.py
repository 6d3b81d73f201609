"""Calls that may be repeated: whoever sends one again with its key gets the same answer, and nothing happens twice."""

import base64
import hashlib
import re
import uuid
from collections.abc import Callable
from datetime import datetime

from cryptography.fernet import Fernet
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from cercana.api.answers import JSON
from cercana.api.errors import KeyMissing, KeyReused
from cercana.api.models import KeptAnswer
from cercana.database.turns import take_turn

# 128 random bits in any usual spelling: a UUID, 22 letters of base64url, or more.
KEY_PATTERN = r"^[A-Za-z0-9_-]{22,64}$"
_KEY = re.compile(KEY_PATTERN)
_NAMESPACE = uuid.UUID("6f9b7a86-2c2e-4c86-9a0e-2d9a4b8f6c10")


def key_in(request: HttpRequest) -> str:
    """Return the idempotency key of a call; raise KeyMissing."""
    key = request.headers.get("Idempotency-Key", "").strip().strip('"')
    if not _KEY.fullmatch(key):
        raise KeyMissing
    return key


def client_key_of(client: int, key: str) -> uuid.UUID:
    """Return under which key a registration is known for ever, longer than its answer is kept."""
    return uuid.uuid5(_NAMESPACE, f"{client}:{key}")


@transaction.atomic
def once(client: int, request: HttpRequest, do: Callable[[], HttpResponse], *, now: datetime) -> HttpResponse:
    """
    Do what a call asks, or return the answer it got before; the key and what it led to are kept together or not at all.

    A refusal keeps nothing: the call may be repeated when its reason is gone. Raise KeyMissing, or KeyReused if the key
    came with another call.
    """
    key = key_in(request)
    digest = hashlib.sha256(f"{client}:{key}".encode()).hexdigest()
    # Two sends at once wait for each other, so that the second finds the answer of the first.
    take_turn(digest)
    call = _digest_of_call(request)
    known = KeptAnswer.objects.filter(pk=digest).first()
    if known is not None:
        return _again(known, call, key)
    response = do()
    sealed = _sealing(key).encrypt(response.content).decode("ascii")
    KeptAnswer.objects.create(digest=digest, call_digest=call, status=response.status_code, sealed=sealed, made_at=now)
    return response


def _again(known: KeptAnswer, call: str, key: str) -> HttpResponse:
    if known.call_digest != call:
        raise KeyReused
    content = _sealing(key).decrypt(known.sealed.encode("ascii"))
    return HttpResponse(content, status=known.status, content_type=JSON, headers={"Idempotent-Replayed": "true"})


def _digest_of_call(request: HttpRequest) -> str:
    """Return what tells a call from another: its address and what it brings, the content of files included."""
    found = hashlib.sha256(f"{request.method} {request.get_full_path()}\0".encode())
    if request.FILES:
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                found.update(f"{name}\0{getattr(file, 'name', '')}\0{getattr(file, 'size', 0)}\0".encode())
                _add_content(found, file)
        found.update(repr(sorted(request.POST.lists())).encode())
    else:
        found.update(request.body)
    return found.hexdigest()


def _add_content(found: "hashlib._Hash", file: object) -> None:
    from django.core.files.uploadedfile import UploadedFile

    if isinstance(file, UploadedFile):
        for chunk in file.chunks():
            found.update(chunk)
        file.seek(0)


def _sealing(key: str) -> Fernet:
    """Return what reads the kept answer: the key of the call alone can, which is not kept."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"cercana.api.answer\0{key}".encode()).digest()))
