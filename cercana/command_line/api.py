"""``cercana api``: connect other systems and give them tokens; each secret is printed once and kept nowhere."""

from collections.abc import Collection
from datetime import timedelta

import click
from django.utils import timezone

from cercana.accounts.queries import active_by_address
from cercana.api.commands import create_client, issue_token, renew_secret, revoke_token
from cercana.api.models import Client, Token, WebhookMessage
from cercana.api.scopes import Scope, scopes_in
from cercana.api.webhooks.commands import TOLD, create_webhook
from cercana.api.webhooks.commands import replay as send_anew
from cercana.rules.history import EventType
from cercana.rules.promises import to_lima

_SCOPES = click.option(
    "--scope", "scopes", type=click.Choice([each.value for each in Scope]), multiple=True, help="What for; several."
)
_ONCE = "Guárdelo ahora: no se vuelve a mostrar."


@click.group()
def api() -> None:
    """Connect other systems to the API."""


@api.command()
@click.argument("name")
@click.option("--account", default="", help="Mail address of the account it acts as; without it, for the public alone.")
@_SCOPES
@click.option(
    "--calls-per-minute", type=click.IntRange(1, 1_000_000), default=600, show_default=True, help="Most calls."
)
def connect(name: str, account: str, scopes: Collection[str], calls_per_minute: int) -> None:
    """Make a client and print its identifier and secret for OAuth 2."""
    if Client.objects.filter(name=name).exists():
        raise click.UsageError(f"Ya hay un sistema «{name}».")
    user = active_by_address(account) if account else None
    if account and user is None:
        raise click.UsageError(f"No hay una cuenta activa «{account}».")
    given = [Scope(each) for each in scopes] or [Scope.CATALOGUE, Scope.CITIZEN]
    client, secret = create_client(
        name=name, scopes=given, account=user, now=timezone.now(), calls_per_minute=calls_per_minute
    )
    click.echo(f"client_id={client.key}\nclient_secret={secret}")
    click.echo(_ONCE, err=True)


@api.command()
@click.argument("name")
@_SCOPES
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="How long it lives.")
def token(name: str, scopes: Collection[str], days: int) -> None:
    """Print a token for a client, for programs that know no OAuth."""
    client = _client(name)
    allowed = scopes_in(client.scopes)
    given = frozenset(Scope(each) for each in scopes) or allowed
    if not given <= allowed:
        raise click.UsageError(f"Ese sistema solo tiene: {client.scopes}.")
    _, text = issue_token(client=client, scopes=given, life=timedelta(days=days), now=timezone.now())
    click.echo(text)
    click.echo(_ONCE, err=True)


@api.command()
@click.argument("name")
def secret(name: str) -> None:
    """Print a new secret of a client; the one before works no more."""
    client = _client(name)
    click.echo(f"client_id={client.key}\nclient_secret={renew_secret(client)}")
    click.echo(_ONCE, err=True)


@api.command("list")
def list_() -> None:
    """Print clients and their tokens, with the last use of each."""
    for client in Client.objects.select_related("account").order_by("name"):
        acts_as = client.account.email if client.account else "el público"
        click.echo(f"{client.name}  {client.key}  actúa como {acts_as}  [{client.scopes}]")
        for each in client.tokens.filter(is_short=False).order_by("pk"):
            used = f"{to_lima(each.last_used_at):%d/%m/%Y %H:%M}" if each.last_used_at else "nunca"
            state = "anulado" if each.revoked_at else f"vence {to_lima(each.expires_at):%d/%m/%Y}"
            click.echo(f"  {each.pk}  {each.hint}…  {state}  último uso: {used}  [{each.scopes}]")


@api.command()
@click.argument("token_id", type=int)
def revoke(token_id: int) -> None:
    """Have a token, by its number in the list, open nothing from now on."""
    found = Token.objects.filter(pk=token_id).first()
    if found is None:
        raise click.UsageError(f"No hay un token {token_id}.")
    revoke_token(found, now=timezone.now())
    click.echo(f"{found.hint}… quedó anulado.")


def _client(name: str) -> Client:
    found = Client.objects.filter(name=name).first()
    if found is None:
        raise click.UsageError(f"No hay un sistema «{name}».")
    return found


@api.command()
@click.argument("name")
@click.argument("url")
@click.option(
    "--event",
    "events",
    type=click.Choice(sorted(each.value for each in TOLD)),
    multiple=True,
    help="Only this; several.",
)
def webhook(name: str, url: str, events: Collection[str]) -> None:
    """Tell a client what happens to the cases it may know of, at a host of CERCANA_WEBHOOK_HOSTS."""
    wanted = [EventType(each) for each in events]
    made, secret = create_webhook(client=_client(name), url=url, events=wanted, now=timezone.now())
    click.echo(f"webhook={made.pk}\nsecret={secret}")
    click.echo(_ONCE, err=True)


@api.command()
@click.argument("webhook_id", type=int)
@click.option("--hours", type=click.IntRange(1, 720), default=24, show_default=True, help="Of how many hours back.")
def replay(webhook_id: int, hours: int) -> None:
    """Send the messages of a webhook anew, under the same ids."""
    now = timezone.now()
    chosen = WebhookMessage.objects.filter(webhook_id=webhook_id, occurred_at__gte=now - timedelta(hours=hours))
    click.echo(f"{send_anew(chosen, now=now)} mensajes vuelven a la cola.")
