"""The one character that PostgreSQL keeps in no text, refused before any view reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict

from cercana.config.refusals import CharacterRefused, refuse

_NUL = "\0"
# The portal drops it and keeps the rest: a citizen did not mean it (domain.md, Bad input).
_FORGIVING = "portal"


class CharacterMiddleware:
    """Refuse an address or a form that holds a NUL, in words; it stands where the body may be read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass ``request`` on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Return the refusal, or None to go on to the view."""
        if request.resolver_match and request.resolver_match.app_name == _FORGIVING:
            return None
        has_nul = _NUL in request.path or _holds_nul(request.GET) or _holds_nul(request.POST)
        return refuse(request, CharacterRefused()) if has_nul else None


def _holds_nul(fields: QueryDict) -> bool:
    return any(_NUL in name or any(_NUL in value for value in values) for name, values in fields.lists())
