"""OAuth 2 for machines: a client shows its secret and gets a token that lives half an hour (RFC 6749, 4.4)."""

import base64
import binascii
import hmac
from http import HTTPStatus
from typing import Annotated
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Form, Router

from cercana.api.callers import count
from cercana.api.commands import SHORT_LIFE, issue_token
from cercana.api.credentials import digest_of
from cercana.api.models import Client
from cercana.api.scopes import Scope, scopes_in, scopes_text
from cercana.api.shapes.oauth import TokenAsked, TokenError, TokenShown

router = Router(tags=["Entrada"])
_GRANT = "client_credentials"
# Compared in place of a client that does not exist, so that the answer takes as long.
_NOBODY = digest_of("")


@router.post(
    "/oauth/token",
    auth=None,
    response={200: TokenShown, 400: TokenError, 401: TokenError},
    operation_id="oauth_token",
    url_name="oauth_token",
    summary="Pedir un token corto",
    description=(
        "OAuth 2.0 «client credentials» (RFC 6749, 4.4). El identificador y el secreto van en «Authorization: Basic» "
        "o en el formulario. El token dura media hora."
    ),
)
def token(request: HttpRequest, asked: Annotated[TokenAsked, Form()]) -> HttpResponse:
    """Give a client that proves who it is a short token for the scopes it asks for, or for all it may have."""
    if not asked.grant_type:
        return _refused("invalid_request")
    client = _client(request, asked)
    if client is None:
        return _refused("invalid_client", HTTPStatus.UNAUTHORIZED)
    now = timezone.now()
    count(request, client, now)
    if asked.grant_type != _GRANT:
        return _refused("unsupported_grant_type")
    scopes = _scopes(client, asked.scope)
    if not scopes:
        return _refused("invalid_scope")
    _, text = issue_token(client=client, scopes=scopes, life=SHORT_LIFE, now=now, is_short=True)
    given = {
        "access_token": text,
        "token_type": "Bearer",
        "expires_in": int(SHORT_LIFE.total_seconds()),
        "scope": scopes_text(scopes),
    }
    return JsonResponse(given, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})


def _client(request: HttpRequest, asked: TokenAsked) -> Client | None:
    """Return the client whose secret came with the call, None if it is not right."""
    key, secret = _basic(request) or (asked.client_id, asked.client_secret)
    found = Client.objects.filter(key=key.replace("\0", ""), is_active=True).first()
    kept = found.secret_digest if found else _NOBODY
    fits = hmac.compare_digest(digest_of(secret), kept)
    return found if fits and secret and found and (found.account is None or found.account.is_active) else None


def _basic(request: HttpRequest) -> tuple[str, str] | None:
    """Return the identifier and secret of «Authorization: Basic», None if there is none that can be read."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        key, _, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return unquote_plus(key), unquote_plus(secret)


def _scopes(client: Client, asked: str) -> frozenset[Scope]:
    """Return the scopes to give; none if the client asks for one it may not have."""
    allowed = scopes_in(client.scopes)
    try:
        wanted = scopes_in(asked)
    except ValueError:
        return frozenset()
    return (wanted or allowed) if wanted <= allowed else frozenset()


def _refused(error: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> HttpResponse:
    """Return a refusal as RFC 6749, 5.2 has it; its description is plain ASCII."""
    answer = JsonResponse({"error": error, "error_description": _SAID[error]}, status=status)
    answer.headers["Cache-Control"] = "no-store"
    if status is HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Cercana", charset="UTF-8"'
    return answer


_SAID = {
    "invalid_request": "Falta grant_type.",
    "invalid_client": "El identificador y el secreto no van juntos.",
    "unsupported_grant_type": "Solo se admite client_credentials.",
    "invalid_scope": "El sistema no puede pedir esos permisos.",
}
