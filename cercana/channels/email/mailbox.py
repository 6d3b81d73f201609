"""
A hosted mailbox: what lies in its folder is kept here, and only then moved to the folder «Cercana» beside it.

Cut off between the two, a mail is fetched again, and the one that is kept already stays the only one.
"""

import contextlib
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from cercana.channels.email.bearer import TokenRefused, bearer_token
from cercana.channels.email.commands.receiving import Envelope, Way, receive

_log = structlog.get_logger(__name__)

TAKEN = "Cercana"
_CONNECT_SECONDS = 30
# RFC 2177: servers may forget a client that idles for half an hour; routers are quicker.
_IDLE_SECONDS = 540
_LISTEN_SECONDS = 2
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 300.0


def collect_mail(stopping: threading.Event) -> None:
    """Fetch mail from the mailbox of the settings until ``stopping``, connecting again whenever it breaks off."""
    pause = _FIRST_PAUSE
    while settings.MAILBOX is not None and not stopping.is_set():
        began = time.monotonic()
        try:
            with _connected() as client:
                _collect_for_ever(client, stopping)
        except (IMAPClientError, TokenRefused, DatabaseError, InterfaceError, OSError) as error:
            # One that held for a while begins with a short pause again.
            pause = _FIRST_PAUSE if time.monotonic() - began > _LONGEST_PAUSE else min(pause * 2, _LONGEST_PAUSE)
            _log.warning("mailbox_failed", reason=type(error).__name__, pause=pause)
            stopping.wait(pause)
        finally:
            close_old_connections()


@contextlib.contextmanager
def _connected() -> Iterator[IMAPClient]:
    mailbox = settings.MAILBOX
    if mailbox is None:
        raise ValueError("no mailbox")
    client = IMAPClient(mailbox.host, port=mailbox.port, ssl=mailbox.is_tls, timeout=_CONNECT_SECONDS)
    try:
        if not mailbox.is_tls and client.has_capability("STARTTLS"):
            client.starttls()
        if mailbox.oauth:
            client.oauth2_login(mailbox.user, bearer_token(mailbox.oauth))
        else:
            client.login(mailbox.user, mailbox.password)
        client.normalise_times = False
        if not client.folder_exists(TAKEN):
            client.create_folder(TAKEN)
        client.select_folder(mailbox.folder)
        yield client
    finally:
        with contextlib.suppress(IMAPClientError, OSError):
            client.logout()


def _collect_for_ever(client: IMAPClient, stopping: threading.Event) -> None:
    while not stopping.is_set():
        for uid in client.search("UNDELETED"):
            if not stopping.is_set():
                _take(client, uid)
        _wait_for_more(client, stopping)


def _take(client: IMAPClient, uid: int) -> None:
    found = client.fetch([uid], ["BODY.PEEK[]", "INTERNALDATE"]).get(uid)
    if found is None:
        return  # Another worker, or a person, was quicker.
    arrived = found[b"INTERNALDATE"]
    received_at = arrived if isinstance(arrived, datetime) and arrived.tzinfo else datetime.now(UTC)
    receive(found[b"BODY[]"], Envelope(Way.IMAP), received_at=min(received_at, datetime.now(UTC)))
    if client.has_capability("MOVE"):
        client.move([uid], TAKEN)
    else:
        client.copy([uid], TAKEN)
        client.delete_messages([uid])
        client.expunge()


def _wait_for_more(client: IMAPClient, stopping: threading.Event) -> None:
    """Wait until the server tells of something, or for some minutes; where it cannot tell, look again soon."""
    if not client.has_capability("IDLE"):
        stopping.wait(_CONNECT_SECONDS)
        client.noop()
        return
    client.idle()
    try:
        until = time.monotonic() + _IDLE_SECONDS
        while time.monotonic() < until and not stopping.is_set():
            if any(_tells_of_mail(each) for each in client.idle_check(timeout=_LISTEN_SECONDS)):
                break
    finally:
        client.idle_done()


def _tells_of_mail(told: tuple[object, ...]) -> bool:
    return len(told) > 1 and told[1] in (b"EXISTS", b"RECENT")
