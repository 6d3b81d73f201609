import hashlib
import io
import os
import uuid
from datetime import timedelta

import pytest
from PIL import Image

from cercana.cases import storage
from cercana.cases.commands import (
    IncomingFile,
    attach,
    attach_to_draft,
    inspect_attachment,
    new_secret,
    open_draft,
    register_case,
    sweep_orphans,
    write_with_files,
)
from cercana.cases.errors import (
    AttachmentNotReady,
    AttachmentsTooMany,
    AttachmentTooBig,
    AttachmentUnknown,
    CaseNotFound,
    TextMissing,
)
from cercana.cases.file_types import named_after_content, type_of
from cercana.cases.models import Attachment, Case
from cercana.cases.queries import file_of
from cercana.rules.access import Actor, Role
from tests.cases.films import CLUSTER, PLACE, TAGS, box, element, film, matroska, user_text
from tests.factories import NOW, PUBLIC, citizen_of, make_actor, make_case, make_reception

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
GPS = 0x8825


def incoming(content: bytes, name: str = "archivo.bin", size: int | None = None) -> IncomingFile:
    return IncomingFile(name, len(content) if size is None else size, [content])


def photo(form: str = "JPEG", *, size: tuple[int, int] = (64, 48)) -> bytes:
    """Return a picture that says where and with what it was taken."""
    image, written = Image.new("RGB", size, "olive"), io.BytesIO()
    exif = image.getexif()
    exif[0x010F] = "Marca de celular"
    exif[GPS] = {1: "S", 2: (12.0, 5.0, 30.0), 3: "W", 4: (77.0, 2.0, 0.0)}
    image.save(written, form, exif=exif)
    return written.getvalue()


def attached(case: Case, content: bytes, name: str = "foto.jpg", *, keeps_location: bool = False) -> Attachment:
    """Return a file that the citizen of ``case`` added and the worker has looked at."""
    [row] = attach(
        number=case.number,
        files=[incoming(content, name)],
        actor=citizen_of(case),
        now=NOW,
        keeps_location=keeps_location,
    )
    inspect_attachment(row.pk)
    row.refresh_from_db()
    return row


class TestTypeOf:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (photo("JPEG"), "image/jpeg"),
            (photo("PNG"), "image/png"),
            (photo("WEBP"), "image/webp"),
            (b"\x00\x00\x00\x1cftypheic\x00\x00\x00\x00mif1heicmiaf\x00\x00\x01V", "image/heif"),
            (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "video/mp4"),
            (PDF, "application/pdf"),
        ],
    )
    def test_tells_what_a_file_is_by_its_content(self, content: bytes, expected: str) -> None:
        found = type_of(content)

        assert found is not None
        assert found.content_type == expected

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"hola",
            b"<html><script>alert(1)</script>",
            b"MZ\x90\x00",
            b"PK\x03\x04",
            b"<svg xmlns='x'>",
            b"#!/bin/sh",
        ],
    )
    def test_takes_nothing_else(self, content: bytes) -> None:
        assert type_of(content) is None

    def test_names_a_file_after_what_it_is_now(self) -> None:
        assert named_after_content("IMG_1.HEIC", "image/jpeg") == "IMG_1.jpg"
        assert named_after_content("foto.JPEG", "image/jpeg") == "foto.JPEG"
        assert named_after_content("virus.exe", "application/pdf") == "virus.pdf"


class TestAttach:
    def test_keeps_the_file_outside_the_database_under_a_random_name(self) -> None:
        case = make_case()
        [row] = attach(number=case.number, files=[incoming(PDF, "plano.pdf")], actor=citizen_of(case), now=NOW)

        assert storage.path_of(row.key).read_bytes() == PDF
        assert "plano" not in str(storage.path_of(row.key))
        assert storage.path_of(row.key).stat().st_mode & 0o077 == 0
        assert (row.state, row.size) == ("waiting", len(PDF))

    def test_is_an_event_of_the_case_without_the_name_of_the_file(self) -> None:
        case = make_case()
        attach(number=case.number, files=[incoming(PDF, "Rosa Quispe.pdf")], actor=citizen_of(case), now=NOW)

        event = case.events.get(type="attached")
        assert event.actor == "citizen"
        assert "Rosa" not in str(event.payload)

    @pytest.mark.parametrize(
        ("file", "refusal"),
        [
            (incoming(b"<html>", "foto.jpg"), AttachmentUnknown),
            (incoming(PDF, size=25_000_001), AttachmentTooBig),
            (IncomingFile("mentira.pdf", 10, [PDF, *[b"x" * 1_000_000] * 25]), AttachmentTooBig),
        ],
    )
    def test_refuses_what_a_case_does_not_take(self, file: IncomingFile, refusal: type[Exception]) -> None:
        case = make_case()

        with pytest.raises(refusal):
            attach(number=case.number, files=[file], actor=citizen_of(case), now=NOW)

        assert not case.attachments.exists()

    def test_takes_all_files_or_none(self) -> None:
        case = make_case()

        with pytest.raises(AttachmentUnknown):
            attach(number=case.number, files=[incoming(PDF), incoming(b"hola")], actor=citizen_of(case), now=NOW)

        assert not case.attachments.exists()

    def test_takes_ten_files_at_once_and_no_more(self) -> None:
        case = make_case()
        attach(number=case.number, files=[incoming(PDF)] * 10, actor=citizen_of(case), now=NOW)

        with pytest.raises(AttachmentsTooMany):
            attach(number=case.number, files=[incoming(PDF)] * 11, actor=citizen_of(case), now=NOW)

    def test_is_not_for_the_citizen_of_another_case(self) -> None:
        case, other = make_case(), make_case()

        with pytest.raises(CaseNotFound):
            attach(number=case.number, files=[incoming(PDF)], actor=citizen_of(other), now=NOW)


class TestWriteWithFiles:
    def test_keeps_neither_message_nor_file_if_one_cannot_be_taken(self) -> None:
        case = make_case()

        with pytest.raises(AttachmentUnknown):
            write_with_files(
                number=case.number,
                text="Les mando esto",
                files=[incoming(b"hola")],
                channel="app",
                actor=citizen_of(case),
                now=NOW,
            )

        assert not case.events.filter(type="message_received").exists()

    def test_needs_words_or_files(self) -> None:
        case = make_case()

        with pytest.raises(TextMissing):
            write_with_files(number=case.number, text=" ", files=[], channel="app", actor=citizen_of(case), now=NOW)


class TestAttachToDraft:
    def test_stays_with_the_case_that_the_draft_becomes(self) -> None:
        draft = open_draft(secret=new_secret(), now=NOW)
        row = attach_to_draft(draft=draft, file=incoming(PDF), keeps_location=False, now=NOW)

        case = register_case(make_reception(attachments=[row.key]), actor=PUBLIC, now=NOW)

        row.refresh_from_db()
        assert (row.case, row.draft) == (case, None)

    def test_counts_the_files_that_are_there(self) -> None:
        draft = open_draft(secret=new_secret(), now=NOW)
        for _ in range(10):
            attach_to_draft(draft=draft, file=incoming(PDF), keeps_location=False, now=NOW)

        with pytest.raises(AttachmentsTooMany):
            attach_to_draft(draft=draft, file=incoming(PDF), keeps_location=False, now=NOW)


class TestInspectAttachment:
    def test_writes_a_photo_anew_without_place_and_camera(self) -> None:
        row = attached(make_case(), photo())

        assert row.state == "ready"
        with Image.open(storage.path_of(row.key)) as image:
            assert not dict(image.getexif())
            assert not image.getexif().get_ifd(GPS)

    def test_leaves_the_place_if_its_owner_wants_that_and_nothing_else(self) -> None:
        row = attached(make_case(), photo(), keeps_location=True)

        with Image.open(storage.path_of(row.key)) as image:
            assert image.getexif().get_ifd(GPS)
            assert 0x010F not in image.getexif()

    def test_turns_a_heic_photo_into_one_that_every_browser_shows(self) -> None:
        import pillow_heif

        pillow_heif.register_heif_opener()
        row = attached(make_case(), photo("HEIF"), "IMG_0042.HEIC")

        assert (row.state, row.content_type, row.name) == ("ready", "image/jpeg", "IMG_0042.jpg")
        assert row.size == storage.path_of(row.key).stat().st_size

    def test_takes_the_place_out_of_a_film(self) -> None:
        row = attached(make_case(), film(box(b"udta", user_text(b"\xa9xyz", PLACE))), "video.mp4")

        kept = storage.path_of(row.key).read_bytes()
        assert (row.state, row.content_type) == ("ready", "video/mp4")
        assert PLACE not in kept
        assert row.sha256 == hashlib.sha256(kept).hexdigest()

    def test_takes_the_place_out_of_a_film_of_a_browser(self) -> None:
        row = attached(make_case(), matroska(element(TAGS, PLACE), element(CLUSTER, b"")), "video.webm")

        assert (row.state, row.content_type) == ("ready", "video/webm")
        assert PLACE not in storage.path_of(row.key).read_bytes()

    def test_leaves_the_place_in_a_film_if_its_owner_wants_that(self) -> None:
        row = attached(make_case(), film(box(b"udta", user_text(b"\xa9xyz", PLACE))), "video.mp4", keeps_location=True)

        assert PLACE in storage.path_of(row.key).read_bytes()

    @pytest.mark.parametrize(
        "content",
        [film(b"\0\0\0\5udta"), b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"x" * 100, b"%PDF-1.7\nsin final", photo()[:200]],
    )
    def test_refuses_what_is_broken_and_says_why(self, content: bytes) -> None:
        row = attached(make_case(), content)

        assert row.state == "refused"
        assert row.refusal

    def test_refuses_more_than_fifty_megapixels_before_decoding_them(self) -> None:
        bomb = io.BytesIO()
        Image.new("1", (10_000, 5_001)).save(bomb, "PNG")

        row = attached(make_case(), bomb.getvalue())

        assert (row.state, row.refusal) == (
            "refused",
            "La imagen es demasiado grande: pasa de 50 megapíxeles.",
        )

    def test_is_harmless_when_repeated(self) -> None:
        row = attached(make_case(), photo())
        first = storage.path_of(row.key).read_bytes()

        inspect_attachment(row.pk)

        assert storage.path_of(row.key).read_bytes() == first


class TestFileOf:
    @pytest.fixture
    def case(self) -> Case:
        return make_case()

    def test_opens_what_was_looked_at(self, case: Case) -> None:
        row = attached(case, PDF, "plano.pdf")

        found = file_of(citizen_of(case), number=case.number, key=row.key)

        assert (found.name, found.content_type) == ("plano.pdf", "application/pdf")
        assert found.path.read_bytes() == PDF

    def test_opens_nothing_before_that(self, case: Case) -> None:
        [row] = attach(number=case.number, files=[incoming(PDF)], actor=citizen_of(case), now=NOW)

        with pytest.raises(AttachmentNotReady):
            file_of(citizen_of(case), number=case.number, key=row.key)

    def test_opens_no_internal_file_to_the_citizen(self, case: Case) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        [row] = attach(number=case.number, files=[incoming(PDF)], actor=agent, now=NOW, is_internal=True)
        inspect_attachment(row.pk)

        assert file_of(agent, number=case.number, key=row.key).name == "archivo.pdf"
        with pytest.raises(CaseNotFound):
            file_of(citizen_of(case), number=case.number, key=row.key)

    @pytest.mark.parametrize("stranger", ["the citizen of another case", "staff of another area"])
    def test_opens_nothing_to_a_stranger(self, case: Case, stranger: str) -> None:
        row = attached(case, PDF)
        actor: Actor = (
            citizen_of(make_case()) if "citizen" in stranger else make_actor(Role.AREA_OFFICER, "fiscalizacion")
        )

        with pytest.raises(CaseNotFound):
            file_of(actor, number=case.number, key=row.key)

    def test_opens_no_file_of_another_case(self, case: Case) -> None:
        row = attached(make_case(), PDF)

        with pytest.raises(CaseNotFound):
            file_of(citizen_of(case), number=case.number, key=row.key)


class TestSweepOrphans:
    def test_deletes_old_files_that_no_row_knows(self) -> None:
        case, orphan = make_case(), uuid.uuid4()
        kept = attached(case, PDF)
        storage.store(orphan, [PDF])
        long_ago = (NOW - timedelta(days=2)).timestamp()
        for key in (kept.key, orphan):
            os.utime(storage.path_of(key), (long_ago, long_ago))

        sweep_orphans(NOW)

        assert not storage.path_of(orphan).exists()
        assert storage.path_of(kept.key).exists()

    def test_deletes_the_files_of_an_erased_person(self) -> None:
        row = attached(make_case(), PDF)
        Attachment.objects.filter(pk=row.pk).update(erased_at=NOW)
        long_ago = (NOW - timedelta(days=2)).timestamp()
        os.utime(storage.path_of(row.key), (long_ago, long_ago))

        sweep_orphans(NOW)

        assert not storage.path_of(row.key).exists()
