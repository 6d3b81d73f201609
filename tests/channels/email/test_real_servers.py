"""A mail on its whole way: by Postfix into a case, its receipt back, the reply into the case; and from Dovecot."""

import os
import smtplib
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from imapclient import IMAPClient

from tests.channels.email.servers import MAILBOX, OURS, PASSWORD, dovecot, free_port, postfix
from tests.channels.email.town import write
from tests.command_line.installation import Installation, copied, wait_until

_MOST = 150  # MB
pytestmark = pytest.mark.root
CASES = f"casos@{OURS}"


@dataclass
class Post:
    """The running municipality between its two mail servers."""

    smtp: int
    imap: int
    mailboxes: Path
    database: psycopg.Connection[tuple[object, ...]]
    lmtp: int
    worker: int

    def send(self, mail: EmailMessage) -> None:
        """Let a citizen send a mail by Postfix."""
        del mail["To"]
        mail["To"] = CASES
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=30) as smtp:
            smtp.send_message(mail, to_addrs=[CASES])

    def letters_to(self, name: str, count: int) -> list[EmailMessage]:
        """Wait until so many letters lie in somebody's mailbox and return them, oldest first."""
        folder = self.mailboxes / name / "new"
        wait_until(lambda: folder.exists() and len(list(folder.iterdir())) >= count)
        files = sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime_ns)
        return [message_from_bytes(each.read_bytes(), policy=policy.default) for each in files]

    def ask(self, query: LiteralString, *given: object) -> list[tuple[object, ...]]:
        """Look into the database."""
        return self.database.execute(query, given).fetchall()

    def wait_for(self, query: LiteralString, *given: object) -> list[tuple[object, ...]]:
        """Return the rows once there are any."""
        wait_until(lambda: bool(self.ask(query, *given)))
        return self.ask(query, *given)


@pytest.fixture(scope="module")
def post(installed: Installation) -> Iterator[Post]:
    """Start the demonstration with Postfix before and behind it, and a mailbox at Dovecot."""
    lmtp = free_port()
    with ExitStack() as stack:
        smtp, mailboxes = stack.enter_context(postfix(lmtp=lmtp))
        imap = stack.enter_context(dovecot())
        installation = stack.enter_context(copied(installed))
        url = stack.enter_context(installation.database())
        done = installation.cercana("demo", "base", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        installation.start(
            "serve",
            DATABASE_URL=url,
            CERCANA_SMTP_URL=f"smtp://127.0.0.1:{smtp}",
            CERCANA_MAIL_FROM=CASES,
            CERCANA_MAIL_ADDRESS=CASES,
            CERCANA_MAIL_LISTEN=f"lmtp://127.0.0.1:{lmtp}",
            CERCANA_IMAP_URL=f"imap://{MAILBOX}:{PASSWORD}@127.0.0.1:{imap}/INBOX",
        )
        database = stack.enter_context(psycopg.connect(url, autocommit=True))
        [worker] = installation.processes("worker")
        yield Post(smtp, imap, mailboxes, database, lmtp, worker)
        installation.close()


class TestAMailByPostfix:
    def test_becomes_a_case_is_answered_in_its_thread_and_the_reply_joins_it(self, post: Post) -> None:
        mail = write()
        post.send(mail)

        [receipt] = post.letters_to("elvira", 1)
        assert receipt["In-Reply-To"] == mail["Message-ID"]
        [(case, number)] = post.ask(
            # What Postfix reports of the receipt belongs to the case, too.
            "SELECT c.id, c.number FROM cases_case c JOIN email_channel_storedmail m ON m.case_id = c.id"
            " WHERE m.fate = 'case'"
        )
        assert str(number) in str(receipt["Reply-To"])

        answer = write("Ya es más grande.", subject=f"Re: {receipt['Subject']}", replies_to=[receipt["Message-ID"]])
        post.send(answer)

        post.wait_for("SELECT 1 FROM email_channel_storedmail WHERE case_id = %s AND fate = 'thread'", case)
        told = post.ask("SELECT actor FROM cases_event WHERE case_id = %s AND type = 'message_received'", case)
        assert told == [("citizen",)]

    def test_to_a_mailbox_that_is_not_there_comes_back_and_somebody_is_asked_to_reach_the_person(
        self, post: Post
    ) -> None:
        post.send(write(sender="Nadie <nadie@vecinos.pe>"))

        [(error,)] = post.wait_for(
            "SELECT last_error FROM conversation_delivery WHERE address = 'nadie@vecinos.pe' AND state = 'failed'"
        )
        assert str(error).startswith(("dsn.5", "smtp.5"))
        assert post.wait_for("SELECT 1 FROM cases_task WHERE kind = 'reach_otherwise'")
        assert post.ask("SELECT is_bounced FROM citizens_contactpoint WHERE normalized = 'nadie@vecinos.pe'") == [
            (True,)
        ]


class TestAMailboxAtDovecot:
    def test_is_emptied_into_cases_once_and_kept_beside(self, post: Post) -> None:
        mail = write("Hay un hueco enorme en la vereda de Camino Real y mi abuela casi se cae.", subject="Vereda")
        mail.replace_header("From", "Ana <ana@vecinos.pe>")
        with IMAPClient("127.0.0.1", port=post.imap, ssl=False) as client:
            client.login(MAILBOX, PASSWORD)
            began = time.monotonic()
            client.append("INBOX", mail.as_bytes())

            rows = post.wait_for("SELECT fate FROM email_channel_storedmail WHERE way = 'imap' AND fate <> 'waiting'")

            # By IDLE, not by looking every now and then.
            assert time.monotonic() - began < 60
            assert rows[0][0] in ("case", "contact")
            client.select_folder("INBOX")
            assert client.search() == []
            client.select_folder("Cercana")
            assert len(client.search()) == 1


class TestAMailOf25Megabytes:
    def test_takes_the_worker_less_than_its_bound(self, post: Post) -> None:
        mail = write(sender="Ana <ana@vecinos.pe>")
        mail.add_attachment(os.urandom(18_500_000), maintype="video", subtype="mp4", filename="vereda.mp4")
        raw = mail.as_bytes()
        assert len(raw) > 24_900_000

        with smtplib.LMTP("127.0.0.1", post.lmtp, timeout=60) as lmtp:
            lmtp.sendmail("ana@vecinos.pe", [CASES], raw)

        assert post.wait_for(
            "SELECT 1 FROM email_channel_storedmail WHERE size > 24000000 AND fate IN ('case', 'contact')"
        )
        status = Path(f"/proc/{post.worker}/status").read_text(encoding="ascii")
        assert int(status.partition("VmHWM:")[2].split()[0]) // 1024 < _MOST
