"""Header fields as the programs of the world write them."""

import pytest

from cercana.channels.email.reading.addresses import read_addresses
from cercana.channels.email.reading.dates import read_date
from cercana.channels.email.reading.encoded_words import decode_words
from cercana.channels.email.reading.parameters import parameters


class TestReadAddresses:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("ana@example.org", [("", "ana@example.org")]),
            ("Ana <ana@example.org>", [("Ana", "ana@example.org")]),
            ('"Ruiz, Ana" <ana@example.org>, b@example.org', [("Ruiz, Ana", "ana@example.org"), ("", "b@example.org")]),
            ("Ruiz, Ana <ana@example.org>", [("Ruiz, Ana", "ana@example.org")]),
            ("Vecinos: a@example.org, b@example.org;, c@example.org", [("", f"{each}@example.org") for each in "abc"]),
            ("undisclosed-recipients:;", []),
            ("<>", []),
            ("MAILER DAEMON <>", [("MAILER DAEMON", "")]),
            ("=?utf-8?Q?P=C3=A9rez=2C_Jos=C3=A9?= <j@example.org>", [("Pérez, José", "j@example.org")]),
            ('"=?utf-8?Q?Jos=C3=A9?=" <j@example.org>', [("José", "j@example.org")]),
            ("josé@ñandú.example", [("", "josé@ñandú.example")]),
            ("ana@example.org (Ana (la de la 3))", [("Ana (la de la 3)", "ana@example.org")]),
            ("'ana@example.org' <ana@example.org>", [("ana@example.org", "ana@example.org")]),
            ('"muy.@.raro"@example.org', [("", '"muy.@.raro"@example.org')]),
            ("<<ana@example.org>>", [("", "ana@example.org")]),
            ("Ana <ana@example.org", [("Ana", "ana@example.org")]),
            ("Ana [mailto:ana@example.org]", [("Ana", "ana@example.org")]),
            ("ana @ example.org", [("", "ana@example.org")]),
            ("<@uno,@dos:ana@example.org>", [("", "ana@example.org")]),
            ("a@example.org; b@example.org", [("", "a@example.org"), ("", "b@example.org")]),
            ("user@[192.0.2.1]", [("", "user@[192.0.2.1]")]),
        ],
    )
    def test_finds_the_mailboxes(self, value: str, expected: list[tuple[str, str]]) -> None:
        assert [(each.name, each.address) for each in read_addresses(value)] == expected


class TestReadDate:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("Fri, 27 Nov 2026 09:00:00 -0500", "2026-11-27T09:00:00-05:00"),
            ("27 Nov 2026 09:00 GMT", "2026-11-27T09:00:00+00:00"),
            ("Fri, 27 Nov 2026 09:00:00 GMT-05:00", "2026-11-27T09:00:00-05:00"),
            ("Fri, 27 Nov 2026 09:00:00 -05:00 (hora de Lima)", "2026-11-27T09:00:00-05:00"),
            ("Fri, 27 Nov 2026 09:00:00 PM -0500", "2026-11-27T21:00:00-05:00"),
            ("vie., 27 de nov. de 2026 09:00:00 -0500", "2026-11-27T09:00:00-05:00"),
            ("miércoles, 5 de agosto de 2026 09:00:00 -0500", "2026-08-05T09:00:00-05:00"),
            ("2026-11-27T09:00:00Z", "2026-11-27T09:00:00+00:00"),
            ("2026-11-27 09:00:00.123 -0500", "2026-11-27T09:00:00-05:00"),
            ("Fri Nov 27 09:00:00 2026", "2026-11-27T09:00:00+00:00"),
            ("27 Nov 26 09:00:60 EST", "2026-11-27T09:00:59-05:00"),
        ],
    )
    def test_understands(self, value: str, expected: str) -> None:
        found = read_date(value)
        assert found is not None
        assert found.isoformat() == expected

    @pytest.mark.parametrize(
        "value", [None, "", "ayer", "Fri, 32 Nov 2026 09:00:00", "27 Nov 2026 59:10", "0", "," * 300]
    )
    def test_tells_none_of_what_is_no_instant(self, value: str | None) -> None:
        assert read_date(value) is None


class TestDecodeWords:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("nada que hacer", "nada que hacer"),
            ("x =?iso-8859-1?Q?a=F1o?= y", "x año y"),
            ("=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"),
            ("=?utf-8?Q?uno?=\t=?iso-8859-1?Q?_a=F1o?=", "uno año"),
            ("=?utf-8?B?UmVjbGFtYWNpw7?= =?utf-8?B?NuIHBvciBhcmJpdHJpb3M=?=", "Reclamación por arbitrios"),
            ("=?utf-8?Q?sin cerrar =?utf-8?Q?_jam=C3=A1s", "sin cerrar  jamás"),
            ("=?utf-8*es?Q?a=C3=B1o?=", "año"),
            ("=?nadie?B?SG9sYQ?=", "Hola"),
            ("a=?b", "a=?b"),
        ],
    )
    def test_reads_what_was_meant(self, value: str, expected: str) -> None:
        assert decode_words(value) == expected


class TestParameters:
    @pytest.mark.parametrize(
        ("value", "head", "expected"),
        [
            ('text/plain; charset="utf-8"; format=flowed', "text/plain", {"charset": "utf-8", "format": "flowed"}),
            ("text/plain charset=utf-8", "text/plain", {"charset": "utf-8"}),
            ("charset=utf-8", "", {"charset": "utf-8"}),
            ("attachment; filename*=utf-8''a%C3%B1o.pdf", "attachment", {"filename": "año.pdf"}),
            ("attachment; filename*1=b.pdf; filename*0=a", "attachment", {"filename": "ab.pdf"}),
            ("attachment; filename*0*=utf-8''%C3%B1; filename*1=o.pdf", "attachment", {"filename": "ño.pdf"}),
            ("attachment; filename=foto de la calle.jpg", "attachment", {"filename": "foto de la calle.jpg"}),
            ('attachment; filename="a;b.pdf', "attachment", {"filename": "a;b.pdf"}),
            ('attachment; filename="=?utf-8?Q?a=C3=B1o.pdf?="', "attachment", {"filename": "año.pdf"}),
        ],
    )
    def test_are_read_as_they_were_meant(self, value: str, head: str, expected: dict[str, str]) -> None:
        assert parameters(value) == (head, expected)
