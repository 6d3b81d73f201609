"""What is read of a mail."""

from cercana.channels.email.reading import Address, Verdict, read_mail

REPLY = """From: =?utf-8?Q?Rosa_Quispe?= <rosa@example.org>
To: "Mesa, de partes" <mesa@example.net>
Subject: =?utf-8?B?UmU6IGJhY2hl?= =?iso-8859-1?Q?_n=FAmero_2?=
Date: Fri, 27 Nov 2026 09:00:00 -0500
Message-ID: <a@example.org>
In-Reply-To: <c@example.net>

Sí, sigue.

El vie, 27 nov 2026 a las 9:00, Mesa (<mesa@example.net>)
escribió:
> Hola Rosa

--\x20
Rosa
""".encode()


class TestReadMail:
    def test_tells_who_writes_what_to_whom(self) -> None:
        mail = read_mail(REPLY)

        assert mail.from_ == (Address("Rosa Quispe", "rosa@example.org"),)
        assert mail.to == (Address("Mesa, de partes", "mesa@example.net"),)
        assert mail.subject == "Re: bache número 2"
        assert (mail.message_id, mail.in_reply_to) == ("<a@example.org>", ("<c@example.net>",))
        assert mail.verdict is Verdict.REPLY

    def test_tells_what_is_new_from_what_is_repeated(self) -> None:
        mail = read_mail(REPLY)

        assert (mail.new_text, mail.signature) == ("Sí, sigue.", "-- \nRosa")
        assert mail.quoted.endswith("> Hola Rosa")
