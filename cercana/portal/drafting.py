"""The draft of this browser: its secret lives in a signed cookie, what was typed in the database."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cercana.cases import commands, queries
from cercana.cases.queries import DraftKept

_COOKIE = "borrador"
_SALT = "portal.draft"
_SECONDS = 7 * 24 * 60 * 60
_PATH = "/casos/"


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


def writing_in(request: HttpRequest) -> Writing:
    """Return what the browser of ``request`` writes, or an empty beginning."""
    secret = request.get_signed_cookie(_COOKIE, default="", salt=_SALT, max_age=_SECONDS)
    return Writing(secret, queries.find_draft(secret)) if secret else new_writing()


def new_writing() -> Writing:
    """Return an empty beginning with a secret of its own."""
    return Writing(commands.new_secret(), None)
