"""Where files lie: outside the web root, each under its random key, readable by the service alone."""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_INCOMING = ".part"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it lies on the disk: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def path_of(key: uuid.UUID) -> Path:
    """Return where the file ``key`` lies, or would."""
    return Path(settings.ATTACHMENTS_ROOT) / key.hex[:2] / key.hex


def store(key: uuid.UUID, chunks: Iterable[bytes]) -> Stored:
    """Write a new file piece by piece and return what it is; a half-written one never bears its name."""
    target = path_of(key)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    incoming = target.with_suffix(_INCOMING)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(incoming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    incoming.replace(target)
    return Stored(size, digest.hexdigest())


def replace_by(key: uuid.UUID, source: Path) -> Stored:
    """Put ``source``, which must lie on the same disk, in the place of the file ``key`` and return what it is."""
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = source.stat().st_size
    source.chmod(0o600)
    source.replace(path_of(key))
    return Stored(size, digest)


def delete(key: uuid.UUID) -> None:
    """Remove the file ``key`` if it is there."""
    path_of(key).unlink(missing_ok=True)


def stored_keys(*, older_than: float) -> Iterator[uuid.UUID]:
    """Yield the keys of all files last written before ``older_than`` (seconds since 1970)."""
    for path in Path(settings.ATTACHMENTS_ROOT).glob("??/*"):
        if path.suffix != _INCOMING and path.stat().st_mtime < older_than:
            yield uuid.UUID(path.name)


def delete_unfinished(*, older_than: float) -> None:
    """Remove what was being written when its writer died."""
    for path in Path(settings.ATTACHMENTS_ROOT).glob(f"??/*{_INCOMING}"):
        if path.stat().st_mtime < older_than:
            path.unlink(missing_ok=True)
