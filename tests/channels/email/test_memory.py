"""A mail of 25 MB is read in little more than what it decodes to."""

import subprocess
import sys

import pytest

_PROGRAM = """
from cercana.channels.email.reading import read_mail
line = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5\\n"
file = b"Content-Type: application/pdf; name=a.pdf\\nContent-Transfer-Encoding: base64\\n\\n" + line * 360_000
mail = read_mail({mail})
assert sum(each.size for each in mail.attachments) > 18_000_000, mail.verdict
status = open("/proc/self/status", encoding="ascii").read()
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""
_MOST = 150  # megabytes


class TestReadMail:
    @pytest.mark.parametrize(
        "mail",
        [
            "b'From: a@example.org\\n' + file",
            "b'Content-Type: multipart/mixed; boundary=b\\n\\n--b\\n\\nHola\\n--b\\n' + file + b'--b--'",
            "b'Content-Type: message/rfc822\\n\\n' + file",
            "b'Content-Type: text/html; charset=utf-8\\n\\n' + b'<p>Hola \\xc3\\xb1 <b>vecino</b></p>\\n' * 800_000",
        ],
        ids=["a file", "a file in a multipart", "a mail in a mail", "a page"],
    )
    def test_takes_less_than_the_bound(self, mail: str) -> None:
        program = _PROGRAM.replace("{mail}", mail)
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

        assert int(done.stdout) < _MOST
