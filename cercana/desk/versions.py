"""The versions (ETags) of the live parts of the desk: what a page has, so that only a change is sent again."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Version:
    """
    ``moment`` says when the part was asked for: as long as it is the same, nothing can have changed.

    ``content`` is a digest of what was shown, ``numbers`` of the cases among it: the same cases again are no new look.
    """

    moment: str
    numbers: str
    content: str

    def __str__(self) -> str:
        return f'"{self.moment}:{self.numbers}:{self.content}"'


def digest(*texts: str) -> str:
    """Return a short digest that nobody can make without the server's secret."""
    return salted_hmac("cercana.desk.version", "\0".join(texts), algorithm="sha256").hexdigest()[:_LENGTH]


def held_version(request: HttpRequest) -> Version | None:
    """Return the version that the asking page has, if it says so."""
    parts = request.headers.get("If-None-Match", "").removeprefix("W/").strip('"').split(":")
    return Version(*parts) if len(parts) == len(Version.__slots__) else None
