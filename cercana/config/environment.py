"""What the environment variables say, checked once at start; ``variables.py`` names them."""

import base64
import ipaddress
import os
import re
import secrets
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import SplitResult, unquote

from cercana.config.postgres.account import give_to_owner_of, make_var
from cercana.config.variable_texts import (
    LAST_PORT,
    NO,
    VariableWrong,
    choice_in,
    count_in,
    listed,
    split_url,
    switch_in,
)
from cercana.config.variables import VARIABLES

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

# Begins the names under which the shared cache keeps which proxies may have been forgotten.
UNDECLARED_PROXY = "config.undeclared_proxy."

_SHORTEST_SECRET = 32
_MOST_PROCESSES = 8
_PORTS_TO_MAIL = 25
_KEY_BYTES = 32
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Smtp:
    """How to reach the mail server; ``is_tls`` speaks TLS at once, otherwise STARTTLS follows if there is a user."""

    host: str
    port: int
    user: str
    password: str
    is_tls: bool


@dataclass(frozen=True, slots=True)
class MailListener:
    """Where mail is taken; ``is_lmtp`` answers for each recipient, as a mail server that hands over expects."""

    host: str
    port: int
    is_lmtp: bool


@dataclass(frozen=True, slots=True)
class Mailbox:
    """
    A hosted mailbox (IMAP); ``is_tls`` speaks TLS at once, otherwise STARTTLS follows where the server has it.

    ``oauth`` is the command that prints a bearer token, or the address that gives one; "" to use the password.
    """

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_tls: bool
    oauth: str


@dataclass(frozen=True, slots=True)
class Database:
    """Where the database is; ``host`` may be the folder of a socket."""

    host: str
    port: str
    name: str
    user: str
    password: str
    options: dict[str, str]


@dataclass(frozen=True, slots=True)
class Environment:
    """What the variables say, parsed; ``database`` is None for the embedded one, ``smtp`` None when nothing leaves."""

    var: Path
    secret_key: str
    database: Database | None
    database_pool: int
    bind_host: str
    bind_port: int
    web_processes: int
    public_url: str
    allowed_hosts: tuple[str, ...]
    trusted_proxies: tuple[Network, ...]
    smtp: Smtp | None
    mail_from: str
    mail_address: str
    tags_subject: bool
    mail_listener: MailListener | None
    mail_relays: tuple[str, ...]
    mailbox: Mailbox | None
    push_key: str
    push_hosts: tuple[str, ...]
    may_notify_this_machine: bool
    webhook_hosts: tuple[str, ...]
    sms_url: str
    sms_token: str
    sms_body: str
    map_style: str
    map_origins: tuple[str, ...]
    open311_services: tuple[str, ...]
    is_log_json: bool
    is_debug: bool

    @property
    def is_https(self) -> bool:
        """Tell whether people reach the service over TLS."""
        return self.public_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this machine can reach the web server."""
        return is_loopback(self.bind_host)


def read_environment(environ: Mapping[str, str]) -> Environment:
    """Return what ``environ`` says; raise VariableWrong with the first variable that cannot be understood."""
    value = {each.name: environ.get(each.name, "").strip() or each.default for each in VARIABLES}
    bind_host, bind_port = parse_bind(value["CERCANA_BIND"])
    public_url = _parse_public_url(value["CERCANA_PUBLIC_URL"] or _own_url(bind_host, bind_port))
    public_host = public_url.hostname or ""
    return Environment(
        var=Path(value["CERCANA_VAR"]).absolute(),
        secret_key=_parse_secret(value["CERCANA_SECRET_KEY"]),
        database=parse_database(value["DATABASE_URL"]) if value["DATABASE_URL"] else None,
        database_pool=count_in("CERCANA_DATABASE_POOL", value["CERCANA_DATABASE_POOL"]),
        bind_host=bind_host,
        bind_port=bind_port,
        web_processes=count_in("CERCANA_WEB_PROCESSES", value["CERCANA_WEB_PROCESSES"] or _own_processes()),
        public_url=public_url.geturl().rstrip("/"),
        allowed_hosts=_allowed_hosts(public_host, bind_host, listed(value["CERCANA_ALLOWED_HOSTS"])),
        trusted_proxies=tuple(_parse_network(each) for each in listed(value["CERCANA_TRUSTED_PROXIES"])),
        smtp=_parse_smtp(value["CERCANA_SMTP_URL"]) if value["CERCANA_SMTP_URL"] else None,
        mail_from=value["CERCANA_MAIL_FROM"] or f"cercana@{public_host}",
        mail_address=value["CERCANA_MAIL_ADDRESS"],
        tags_subject=choice_in("CERCANA_MAIL_TAG", value["CERCANA_MAIL_TAG"], ("address", "subject")) == "subject",
        mail_listener=_parse_listener(value["CERCANA_MAIL_LISTEN"] or _own_listener(bind_port)),
        mail_relays=tuple(each.lower() for each in listed(value["CERCANA_MAIL_RELAYS"])),
        mailbox=_parse_mailbox(value["CERCANA_IMAP_URL"], value["CERCANA_IMAP_OAUTH"]),
        push_key=_parse_push_key(value["CERCANA_PUSH_KEY"]),
        push_hosts=tuple(listed(value["CERCANA_PUSH_HOSTS"].lower())),
        may_notify_this_machine=switch_in("CERCANA_NOTIFY_THIS_MACHINE", value["CERCANA_NOTIFY_THIS_MACHINE"]),
        webhook_hosts=tuple(listed(value["CERCANA_WEBHOOK_HOSTS"].lower())),
        sms_url=_parse_text_gateway(value["CERCANA_SMS_URL"]),
        sms_token=value["CERCANA_SMS_TOKEN"],
        sms_body=_parse_text_body(value["CERCANA_SMS_BODY"]),
        map_style=value["CERCANA_MAP_STYLE"],
        map_origins=map_origins(value["CERCANA_MAP_STYLE"], listed(value["CERCANA_MAP_HOSTS"].lower())),
        open311_services=tuple(listed(value["CERCANA_CIVIC_SERVICES"])),
        is_log_json=choice_in("CERCANA_LOG", value["CERCANA_LOG"], ("text", "json")) == "json",
        is_debug=switch_in("CERCANA_DEBUG", value["CERCANA_DEBUG"]),
    )


def _own_processes() -> str:
    return str(min(len(os.sched_getaffinity(0)), _MOST_PROCESSES))


def secret_key_in(var: Path) -> str:
    """Return the key kept in ``var/secret``, made at the first call and readable by its owner alone."""
    path = var / "secret"
    if not path.exists():
        make_var(var)
        descriptor, draft = tempfile.mkstemp(dir=var)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            give_to_owner_of(var, descriptor)
        # Linked, not renamed: of two processes that start together, the key of the first holds for both.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        Path(draft).unlink()
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < _SHORTEST_SECRET:
        raise VariableWrong(
            name="CERCANA_SECRET_KEY", reason=f"el archivo {path} está incompleto; bórralo y se creará otro."
        )
    return secret


def parse_bind(text: str) -> tuple[str, int]:
    """Return host and port of ``host:port`` (``[::1]:8000`` for IPv6); raise VariableWrong."""
    parts = split_url("CERCANA_BIND", f"//{text}")
    if not parts.hostname or not parts.port:
        raise VariableWrong(name="CERCANA_BIND", reason="escribe dirección y puerto, por ejemplo 127.0.0.1:8000.")
    return parts.hostname, parts.port


def parse_database(text: str) -> Database:
    """Return the parts of a PostgreSQL URL; raise VariableWrong."""
    parts = split_url("DATABASE_URL", text)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise VariableWrong(
            name="DATABASE_URL", reason="escribe postgresql://usuario:clave@equipo:5432/base; solo vale PostgreSQL."
        )
    options = dict(pair.split("=", 1) for pair in map(unquote, parts.query.split("&")) if "=" in pair)
    return Database(
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=options.pop("port", "") or str(parts.port or ""),
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=options,
    )


def is_loopback(host: str) -> bool:
    """Tell whether ``host`` is reachable from this machine alone; a name other than localhost is not taken on trust."""
    address = _address(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _parse_secret(text: str) -> str:
    if text and len(text) < _SHORTEST_SECRET:
        raise VariableWrong(name="CERCANA_SECRET_KEY", reason=f"usa {_SHORTEST_SECRET} caracteres o más.")
    return text


def _parse_push_key(text: str) -> str:
    try:
        # Base64 pads to a multiple of four; VAPID writes keys without.
        is_key = not text or len(base64.b64decode(f"{text}=", altchars="-_", validate=True)) == _KEY_BYTES
    except ValueError:
        is_key = False
    if not is_key:
        raise VariableWrong(name="CERCANA_PUSH_KEY", reason="usa los 43 caracteres de una clave privada VAPID.")
    return text


def map_origins(style: str, hosts: Iterable[str]) -> tuple[str, ...]:
    """Return from where a map may fetch: nowhere without a ``style``, which stands at https. Raise VariableWrong."""
    if not style:
        return ()
    parts = split_url("CERCANA_MAP_STYLE", style)
    if parts.scheme != "https" or not _HOST.fullmatch(parts.netloc.lower()):
        raise VariableWrong(name="CERCANA_MAP_STYLE", reason="escribe la dirección https de un estilo de MapLibre.")
    # Each becomes part of a header: nothing but a name may stand there.
    further = list(hosts)
    if not all(_HOST.fullmatch(each) for each in further):
        raise VariableWrong(name="CERCANA_MAP_HOSTS", reason="escribe nombres de equipos, separados por comas.")
    return tuple(dict.fromkeys((f"https://{parts.netloc.lower()}", *(f"https://{each}" for each in further))))


def _parse_public_url(text: str) -> SplitResult:
    parts = split_url("CERCANA_PUBLIC_URL", text)
    is_bare = parts.path in {"", "/"} and not parts.query and not parts.fragment
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_bare:
        raise VariableWrong(
            name="CERCANA_PUBLIC_URL", reason="escribe http:// o https:// y el nombre, sin nada después."
        )
    return parts


def _own_url(bind_host: str, bind_port: int) -> str:
    """Return the address of the web server itself; raise VariableWrong if it listens on all of the machine's."""
    address = _address(bind_host)
    if address is not None and address.is_unspecified:
        raise VariableWrong(
            name="CERCANA_PUBLIC_URL", reason="ponla, porque CERCANA_BIND atiende en todas las direcciones del equipo."
        )
    return f"http://{_spelled(bind_host)}:{bind_port}"


def _parse_smtp(text: str) -> Smtp:
    parts = split_url("CERCANA_SMTP_URL", text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise VariableWrong(name="CERCANA_SMTP_URL", reason="escribe smtp://usuario:clave@equipo:587.")
    is_tls = parts.scheme == "smtps"
    return Smtp(
        host=parts.hostname,
        port=parts.port or (465 if is_tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=is_tls,
    )


def _parse_text_gateway(text: str) -> str:
    """Return the address of the gateway of texts as it is; a service of apprise has to name the number by {to}."""
    if text and not text.startswith(("https://", "http://")) and ("://" not in text or "{to}" not in text):
        reason = "escribe https://… de la pasarela, o una dirección de Apprise con {to} donde va el número."
        raise VariableWrong(name="CERCANA_SMS_URL", reason=reason)
    return text


def _parse_text_body(text: str) -> str:
    if "{to}" not in text or "{text}" not in text:
        raise VariableWrong(
            name="CERCANA_SMS_BODY", reason="escribe {to} donde va el número y {text} donde va el texto."
        )
    return text


def _own_listener(bind_port: int) -> str:
    """Return where a machine without a mail server of its own takes mail from its own programs."""
    port = bind_port + _PORTS_TO_MAIL
    return f"smtp://127.0.0.1:{port if port <= LAST_PORT else bind_port - _PORTS_TO_MAIL}"


def _parse_listener(text: str) -> MailListener | None:
    if text.lower() in NO:
        return None
    parts = split_url("CERCANA_MAIL_LISTEN", text)
    if parts.scheme not in {"lmtp", "smtp"} or not parts.hostname or not parts.port:
        raise VariableWrong(name="CERCANA_MAIL_LISTEN", reason="escribe lmtp://127.0.0.1:2424, smtp://… o «no».")
    return MailListener(parts.hostname, parts.port, parts.scheme == "lmtp")


def _parse_mailbox(text: str, oauth: str) -> Mailbox | None:
    if not text:
        return None
    parts = split_url("CERCANA_IMAP_URL", text)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise VariableWrong(name="CERCANA_IMAP_URL", reason="escribe imaps://usuario:clave@equipo:993/INBOX.")
    is_tls = parts.scheme == "imaps"
    return Mailbox(
        host=parts.hostname,
        port=parts.port or (993 if is_tls else 143),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        is_tls=is_tls,
        oauth=oauth,
    )


def _parse_network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise VariableWrong(
            name="CERCANA_TRUSTED_PROXIES", reason=f"«{text}» no es una dirección ni una red, como 10.0.0.0/8."
        ) from error


def _allowed_hosts(public_host: str, bind_host: str, further: tuple[str, ...]) -> tuple[str, ...]:
    """Return the host names the server answers to; "*" is refused: it would let anyone write our links."""
    if "*" in further:
        raise VariableWrong(name="CERCANA_ALLOWED_HOSTS", reason="«*» no vale; escribe los nombres uno por uno.")
    local = ("localhost", "127.0.0.1", "[::1]") if is_loopback(bind_host) else ()
    return tuple(dict.fromkeys((_spelled(public_host), *local, *further)))


def _spelled(host: str) -> str:
    """Return ``host`` as a URL writes it: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host
