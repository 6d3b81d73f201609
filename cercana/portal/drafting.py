"""The draft of this browser: its secret lives in a signed cookie, what was typed in the database."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cercana.cases import commands, queries
from cercana.cases.queries import DraftKept

WHAT, WHERE, WHO, REVIEW = "what", "where", "who", "review"
STEPS = (WHAT, WHERE, WHO)
_COOKIE = "borrador"
_SALT = "portal.draft"
_SECONDS = 7 * 24 * 60 * 60
_PATH = "/casos/"
# Long enough to print or to copy number and code; the next person at the same computer comes later.
_SHOWN_AFTER_SENDING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Writing:
    """What this browser writes: the secret of its draft, and the draft once something was saved."""

    secret: str
    draft: DraftKept | None

    @property
    def number(self) -> str:
        """The number of the case it became, or ""."""
        return self.draft.number if self.draft else ""

    def part(self, name: str) -> dict[str, object]:
        """Return what was typed in one part."""
        return dict(self.draft.parts.get(name, {})) if self.draft else {}

    @property
    def version(self) -> str:
        """What a review shows, in one word: another once a step or a file of the draft is another."""
        if self.draft is None:
            return ""
        steps = {name: self.part(name) for name in STEPS}
        files = [str(each.key) for each in self.draft.files]
        return hashlib.sha256(json.dumps([steps, files], sort_keys=True).encode()).hexdigest()[:32]

    def read_again(self) -> "Writing":
        """Return the same after something was saved."""
        return Writing(self.secret, queries.find_draft(self.secret))

    def keep_in(self, response: HttpResponse) -> HttpResponse:
        """Let the browser that gets ``response`` keep the secret."""
        response.set_signed_cookie(
            _COOKIE,
            self.secret,
            salt=_SALT,
            max_age=_SECONDS,
            path=_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


def writing_in(request: HttpRequest, now: datetime) -> Writing:
    """
    Return what the browser of ``request`` writes, or an empty beginning.

    It begins anew an hour after sending, and at once when the code of the case was changed on any device.
    """
    secret = request.get_signed_cookie(_COOKIE, default="", salt=_SALT, max_age=_SECONDS)
    draft = queries.find_draft(secret) if secret else None
    if not secret or (draft is not None and _is_over(draft, now)):
        return new_writing()
    return Writing(secret, draft)


def forget_sent(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Take from the browser that gets ``response`` the draft that became a case; one still being written stays."""
    secret = request.get_signed_cookie(_COOKIE, default="", salt=_SALT, max_age=_SECONDS)
    draft = queries.find_draft(secret) if secret else None
    if draft is not None and draft.number:
        response.delete_cookie(_COOKIE, path=_PATH, samesite="Lax")
    return response


def discard_same(writing: Writing, told: str) -> None:
    """Forget the draft that tells what was ``told`` in another way and is registered by now, lest it is sent, too."""
    if writing.draft and not writing.number and writing.part(WHAT).get("relato") == told:
        commands.discard_draft(secret=writing.secret)


def _is_over(draft: DraftKept, now: datetime) -> bool:
    if not draft.number:
        return False
    return draft.is_revoked or draft.sent_at is None or now >= draft.sent_at + _SHOWN_AFTER_SENDING


def new_writing() -> Writing:
    """Return an empty beginning with a secret of its own."""
    return Writing(commands.new_secret(), None)
