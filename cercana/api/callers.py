"""Whoever calls: the token read, its client counted, and the actor that ``rules/access.py`` judges."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.http import HttpRequest

from cercana.accounts import queries as accounts
from cercana.api.credentials import digest_of
from cercana.api.errors import AccountMissing, CallsTooMany, ScopeMissing, TokenMissing, TokenRefused
from cercana.api.limits import Allowance, count_call
from cercana.api.models import Client, Token
from cercana.api.scopes import Scope, scopes_in
from cercana.rules.access import Actor

_BEARER = "bearer"
# What these are for is done for the public, whatever account the client has.
_OF_NOBODY = frozenset({Scope.CATALOGUE, Scope.CITIZEN, Scope.CALLS})
# How exactly the last use of a token is known: finer would be one more write for every call.
_USE_GRAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """A client behind a token; ``staff`` is the member of staff it acts as, None where it acts for the public."""

    client_id: int
    name: str
    scopes: frozenset[Scope]
    staff: Actor | None
    allowance: Allowance

    @property
    def actor(self) -> Actor:
        """The member of staff; raise AccountMissing if there is none."""
        if self.staff is None:
            raise AccountMissing
        return self.staff


class ApiRequest(HttpRequest):
    """A call of ``caller``, judged at ``now``."""

    caller: Caller
    allowance: Allowance
    now: datetime


def caller_of(request: HttpRequest, scope: Scope, now: datetime) -> Caller:
    """Return who calls by «Authorization: Bearer»; raise TokenMissing, and as ``admit`` does."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != _BEARER or not text.strip():
        raise TokenMissing
    return admit(request, text.strip(), scope, now)


def admit(request: HttpRequest, text: str, scope: Scope, now: datetime) -> Caller:
    """
    Return who calls with the token ``text``, however it came, with the call counted.

    Raise TokenRefused, CallsTooMany, or ScopeMissing if the token was not made for ``scope``.
    """
    token = _token(text, now)
    client = token.client
    allowance = count(request, client, now)
    if token.last_used_at is None or now - token.last_used_at > _USE_GRAIN:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    scopes = scopes_in(token.scopes) & scopes_in(client.scopes)
    if scope not in scopes:
        raise ScopeMissing(scope=scope.value)
    staff = accounts.actor_for(client.account, now) if client.account and scope not in _OF_NOBODY else None
    return Caller(client.pk, client.name, scopes, staff, allowance)


def count(request: HttpRequest, client: Client, now: datetime) -> Allowance:
    """Count a call of ``client`` and return what is left, which the answer tells; raise CallsTooMany."""
    allowance = count_call(client.pk, client.calls_per_minute, now)
    # On refusals, too, its header fields tell how much is left.
    cast("ApiRequest", request).allowance = allowance
    if allowance.is_spent:
        raise CallsTooMany(retry_after=allowance.refills_in)
    return allowance


def _token(text: str, now: datetime) -> Token:
    found = Token.objects.select_related("client__account").filter(digest=digest_of(text)).first()
    if found is None or found.revoked_at is not None or found.expires_at <= now or not found.client.is_active:
        raise TokenRefused
    if found.client.account is not None and not found.client.account.is_active:
        raise TokenRefused
    return found
