"""The bearer token with which a hosted mailbox lets us in (OAuth2)."""

import shlex
import subprocess
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

import requests

from cercana.rules.errors import DomainError

_SECONDS = 30


class TokenRefused(DomainError):
    """Nobody gave us a token; the log of whoever gives them says why."""

    code: ClassVar[str] = "email.token_refused"
    message: ClassVar[str] = "No se obtuvo la llave OAuth2 del buzón. Revise CERCANA_IMAP_OAUTH."
    status: ClassVar[int] = 502


def bearer_token(source: str) -> str:
    """
    Return a token of now: what the command ``source`` prints, or what the address ``source`` gives (RFC 6749 §6).

    Everything behind the question mark of the address is sent in the body, where no log keeps it. Raise TokenRefused.
    """
    try:
        token = _asked(source) if source.startswith(("https://", "http://")) else _printed(source)
    except (OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
        raise TokenRefused from error
    if not token:
        raise TokenRefused
    return token


def _printed(command: str) -> str:
    done = subprocess.run(shlex.split(command), capture_output=True, text=True, check=True, timeout=_SECONDS)
    return done.stdout.strip()


def _asked(address: str) -> str:
    parts = urlsplit(address)
    fields = {"grant_type": "refresh_token", **dict(parse_qsl(parts.query))}
    answer = requests.post(parts._replace(query="").geturl(), data=fields, timeout=_SECONDS)
    answer.raise_for_status()
    return str(answer.json()["access_token"])
