"""How clients and tokens come and go; a secret is returned once, and kept as a digest."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from cercana.api.credentials import digest_of, hint_of, new_key, new_secret, new_token
from cercana.api.models import Client, KeptAnswer, Token
from cercana.api.scopes import Scope, scopes_text

SHORT_LIFE = timedelta(minutes=30)
LONGEST_LIFE = timedelta(days=366)
_ANSWERS_KEPT = timedelta(days=30)
# A token that is over stays a while, so that an administrator sees what stopped working.
_OVER_KEPT = timedelta(days=30)


def create_client(
    *,
    name: str,
    scopes: Collection[Scope],
    account: AbstractBaseUser | None,
    now: datetime,
    calls_per_minute: int = 600,
) -> tuple[Client, str]:
    """Return a new client and its secret, which stands nowhere else."""
    secret = new_secret()
    client = Client.objects.create(
        key=new_key(),
        name=name,
        account_id=account.pk if account else None,
        scopes=scopes_text(scopes),
        secret_digest=digest_of(secret),
        calls_per_minute=calls_per_minute,
        created_at=now,
        used_until=now,
    )
    return client, secret


def renew_secret(client: Client) -> str:
    """Return a new secret of ``client``; the one before and the short tokens made with it work no more."""
    secret = new_secret()
    client.secret_digest = digest_of(secret)
    with transaction.atomic():
        client.save(update_fields=["secret_digest"])
        Token.objects.filter(client=client, is_short=True).delete()
    return secret


def issue_token(
    *, client: Client, scopes: Collection[Scope], life: timedelta, now: datetime, is_short: bool = False
) -> tuple[Token, str]:
    """Return a new token and its text, which stands nowhere else; it lives a year at most."""
    text = new_token()
    token = Token.objects.create(
        client=client,
        digest=digest_of(text),
        hint=hint_of(text),
        scopes=scopes_text(scopes),
        created_at=now,
        expires_at=now + min(life, LONGEST_LIFE),
        is_short=is_short,
    )
    return token, text


def revoke_token(token: Token, *, now: datetime) -> None:
    """Have ``token`` open nothing from ``now`` on."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)


def sweep(now: datetime) -> int:
    """Forget kept answers after thirty days and tokens thirty days after their end; return how many rows went."""
    answers, _ = KeptAnswer.objects.filter(made_at__lt=now - _ANSWERS_KEPT).delete()
    shorts, _ = Token.objects.filter(is_short=True, expires_at__lt=now).delete()
    tokens, _ = Token.objects.filter(expires_at__lt=now - _OVER_KEPT).delete()
    return answers + shorts + tokens
