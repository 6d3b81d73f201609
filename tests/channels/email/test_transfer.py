"""Files decoded in stretches are the files decoded at once, whatever was done to them on their way."""

import base64
import hashlib

import pytest

from cercana.channels.email.reading.transfer import plain_bytes, plain_pieces

_CONTENT = hashlib.shake_256(b"a photo").digest(2_000_001)
_ENCODED = base64.encodebytes(_CONTENT)
_MIDDLE = 1_300_000


class TestPlainPieces:
    @pytest.mark.parametrize(
        ("body", "encoding"),
        [
            (_ENCODED, "base64"),
            (_ENCODED.replace(b"\n", b"\r\n"), "base64"),
            (_ENCODED.replace(b"\n", b""), "Base64 ; odd"),
            (_ENCODED[:-3], "base64"),
            (_ENCODED[:-4] + b"A", "base64"),
            (_ENCODED[:_MIDDLE] + b" !\x00\xff " + _ENCODED[_MIDDLE:], "base64"),
            (_ENCODED[:_MIDDLE] + b"QQ==\n" + _ENCODED, "base64"),
            (_ENCODED + b"=\n=\n", "base64"),
            (b"Hola a todos los vecinos. " * 80_000, "base64"),
            (_CONTENT, "binary"),
            (_CONTENT, ""),
            (_CONTENT, "nobody-knows"),
            (b"=C3=B1 " * 300_000, "quoted-printable"),
        ],
        ids=[
            "lines",
            "CRLF",
            "one line",
            "cut",
            "one letter too much",
            "rubbish",
            "two in one",
            "padding",
            "words",
            "binary",
            "unsaid",
            "unknown",
            "quoted",
        ],
    )
    def test_are_what_is_decoded_at_once(self, body: bytes, encoding: str) -> None:
        pieces = list(plain_pieces(memoryview(body), encoding.lower(), is_text=False))

        assert b"".join(pieces) == plain_bytes(memoryview(body), encoding.lower(), is_text=False)

    def test_of_a_large_file_are_small(self) -> None:
        sizes = [len(each) for each in plain_pieces(memoryview(_ENCODED), "base64", is_text=False)]

        assert max(sizes) <= 1_000_000
        assert sum(sizes) == len(_CONTENT)
