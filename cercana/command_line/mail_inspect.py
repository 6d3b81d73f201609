"""``cercana mail inspect``: what a mail says, in JSON."""

import json
import sys
from collections.abc import Iterable
from datetime import datetime

import click

from cercana.channels.email.reading import Address, Attachment, Here, Mail, read_mail


@click.command()
@click.option("--own", multiple=True, help="An address of ours: mail from it has come back. May be given again.")
def inspect(*, own: tuple[str, ...]) -> None:
    """
    Read a mail from standard input and print what it says: JSON.

    Nothing is stored and nobody is answered. A mail that is broken is read as far as it goes: this never fails.
    """
    here = Here(addresses=frozenset(each.lower() for each in own))
    found = as_json(read_mail(sys.stdin.buffer.read(), here=here))
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def as_json(mail: Mail) -> dict[str, object]:
    """Return ``mail`` as the reference describes it; addresses and identifiers as they were written."""
    return {
        "from": next(iter(_people(sorted(mail.from_, key=lambda each: not each.address))), None),
        "to": _people(mail.to),
        "cc": _people(mail.cc),
        "subject": mail.subject,
        "date": _instant(mail.date),
        "message_id": mail.message_id,
        "in_reply_to": " ".join(mail.in_reply_to) or None,
        "references": list(mail.references),
        "text": mail.text,
        "html": mail.html,
        "attachments": [_file(each) for each in mail.attachments],
        "auto_reply": mail.auto_reply,
        "bounce": mail.is_bounce,
        "verdict": str(mail.verdict),
    }


def _people(addresses: Iterable[Address]) -> list[dict[str, str]]:
    return [{"name": each.name, "address": each.address} for each in addresses]


def _instant(date: datetime | None) -> str | None:
    return date.isoformat() if date else None


def _file(attachment: Attachment) -> dict[str, object]:
    return {
        "filename": attachment.filename or attachment.name,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "inline": attachment.inline,
    }
