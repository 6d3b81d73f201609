"""
Every mail of the corpus is read as the file beside it says.

The expectation holds what ``cercana mail inspect`` prints, and what else matters of that mail: what it adds, its
signature, whom it reports as not reached.
"""

import json
from pathlib import Path

import pytest

from cercana.channels.email.reading import Here, Mail, read_mail
from cercana.command_line.mail_inspect import as_json

CORPUS = Path("corpora/mail")
NAMES = sorted(path.stem for path in CORPUS.glob("*.eml"))
HERE = Here(addresses=frozenset({"notificaciones@sanisidro.example"}), authserv_ids=frozenset({"mx.sanisidro.example"}))


def told(mail: Mail) -> dict[str, object]:
    return as_json(mail) | {
        "new_text": mail.new_text,
        "signature": mail.signature,
        "failed": list(mail.bounce.failed_addresses) if mail.bounce else None,
        "statuses": [each.status for each in mail.bounce.recipients] if mail.bounce else None,
        "original_message_id": mail.bounce.original_message_id if mail.bounce else None,
        "dmarc": mail.authenticity.dmarc,
        "is_signed": mail.is_signed,
        "is_encrypted": mail.is_encrypted,
    }


def test_has_a_mail_for_each_thing_the_world_sends() -> None:
    assert len(NAMES) >= 120
    assert sorted(path.stem for path in CORPUS.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_is_read_as_expected(name: str) -> None:
    mail = read_mail((CORPUS / f"{name}.eml").read_bytes(), here=HERE)
    expected = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))

    found = told(mail)

    assert {key: found[key] for key in expected} == expected
    assert set(as_json(mail)) <= set(expected)


@pytest.mark.parametrize("name", NAMES)
def test_keeps_every_line_of_the_text(name: str) -> None:
    mail = read_mail((CORPUS / f"{name}.eml").read_bytes())

    pieces = f"{mail.new_text}\n{mail.quoted}\n{mail.signature}"

    assert [line for line in mail.text.split("\n") if line.strip() not in pieces] == []
