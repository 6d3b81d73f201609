"""``cercana mail inspect`` prints what a mail says."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from cercana.command_line.main import main

MAIL = """From: =?utf-8?Q?Rosa_=C3=91ahui?= <rosa@example.org>
To: reclamos@example.net, "Mesa, central" <mesa@example.net>
Subject: Re: bache
Date: Fri, 27 Nov 2026 09:00:00 -0500
Message-ID: <a@example.org>
In-Reply-To: <b@example.net>
References: <c@example.net> <b@example.net>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Sigue ahí.
--x
Content-Type: image/png; name="foto.png"
Content-Disposition: inline

1234
--x--
""".encode()


def inspect(raw: bytes) -> object:
    result = CliRunner().invoke(main, ["mail", "inspect"], input=raw)
    assert result.exit_code == 0
    return json.loads(result.stdout)


class TestInspect:
    def test_prints_what_the_mail_says(self) -> None:
        assert inspect(MAIL) == {
            "from": {"name": "Rosa Ñahui", "address": "rosa@example.org"},
            "to": [
                {"name": "", "address": "reclamos@example.net"},
                {"name": "Mesa, central", "address": "mesa@example.net"},
            ],
            "cc": [],
            "subject": "Re: bache",
            "date": "2026-11-27T09:00:00-05:00",
            "message_id": "<a@example.org>",
            "in_reply_to": "<b@example.net>",
            "references": ["<c@example.net>", "<b@example.net>"],
            "text": "Sigue ahí.",
            "html": None,
            "attachments": [{"filename": "foto.png", "content_type": "image/png", "size": 4, "inline": True}],
            "auto_reply": False,
            "bounce": False,
            "verdict": "reply",
        }

    def test_recognizes_our_own_mail_that_has_come_back(self) -> None:
        result = CliRunner().invoke(main, ["mail", "inspect", "--own", "Rosa@example.org"], input=MAIL)

        assert json.loads(result.stdout)["verdict"] == "loop"

    @pytest.mark.parametrize("raw", [b"", b"\x00\xff", b"Content-Type: multipart/mixed; boundary=a\n\n--a", MAIL[:300]])
    def test_reads_a_broken_mail_as_far_as_it_goes(self, raw: bytes) -> None:
        assert inspect(raw)

    def test_starts_without_django(self) -> None:
        program = "import sys, cercana.command_line.mail_inspect; sys.exit('django' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
