from datetime import timedelta

from pytest_django import DjangoCaptureOnCommitCallbacks

from cercana.cases import storage
from cercana.cases.commands import (
    IncomingFile,
    attach_to_draft,
    discard_draft,
    new_secret,
    open_draft,
    save_draft,
    send_draft,
    sweep_drafts,
)
from cercana.cases.models import Draft
from cercana.cases.queries import find_draft
from tests.factories import NOW, PUBLIC, make_reception

PDF = b"%PDF-1.7\n%%EOF"


class TestDraft:
    def test_keeps_each_part_by_itself(self) -> None:
        secret = new_secret()
        save_draft(secret=secret, part="what", fields={"relato": "un bache"}, now=NOW)
        save_draft(secret=secret, part="where", fields={"calle": "Basadre"}, now=NOW)

        draft = find_draft(secret)

        assert draft is not None
        assert draft.parts == {"what": {"relato": "un bache"}, "where": {"calle": "Basadre"}}

    def test_is_found_by_its_secret_alone(self) -> None:
        save_draft(secret=new_secret(), part="what", fields={"relato": "mío"}, now=NOW)

        assert find_draft(new_secret()) is None

    def test_stores_nothing_from_which_the_secret_could_be_read(self) -> None:
        secret = new_secret()
        save_draft(secret=secret, part="what", fields={}, now=NOW)

        assert secret not in str(Draft.objects.values().get())

    def test_has_a_client_key_of_128_random_bits_that_stays(self) -> None:
        secret = new_secret()
        first = open_draft(secret=secret, now=NOW).client_key

        assert open_draft(secret=secret, now=NOW).client_key == first
        assert len({open_draft(secret=new_secret(), now=NOW).client_key.bytes for _ in range(20)}) == 20

    def test_names_the_case_it_became_after_its_words_are_gone(self) -> None:
        secret = new_secret()
        save_draft(secret=secret, part="what", fields={"relato": "un bache"}, now=NOW)
        case = send_draft(secret=secret, reception=make_reception(), actor=PUBLIC, now=NOW)

        draft = find_draft(secret)

        assert draft is not None
        assert draft.number == case.number
        assert draft.parts == {}

    def test_sent_twice_is_one_case(self) -> None:
        secret = new_secret()
        first = send_draft(secret=secret, reception=make_reception(), actor=PUBLIC, now=NOW)
        again = send_draft(secret=secret, reception=make_reception(), actor=PUBLIC, now=NOW + timedelta(minutes=1))

        assert first == again

    def test_takes_its_files_along_when_it_is_discarded(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        secret = new_secret()
        draft = open_draft(secret=secret, now=NOW)
        file = attach_to_draft(draft=draft, file=IncomingFile("a.pdf", len(PDF), [PDF]), keeps_location=False, now=NOW)
        assert storage.path_of(file.key).exists()

        with django_capture_on_commit_callbacks(execute=True):
            discard_draft(secret=secret)

        assert find_draft(secret) is None
        assert not storage.path_of(file.key).exists()


class TestSweepDrafts:
    def test_forgets_what_nobody_touched_for_a_week(self) -> None:
        old, recent = new_secret(), new_secret()
        save_draft(secret=old, part="what", fields={"relato": "viejo"}, now=NOW - timedelta(days=8))
        save_draft(secret=recent, part="what", fields={"relato": "nuevo"}, now=NOW - timedelta(days=6))

        assert sweep_drafts(NOW) == 1
        assert find_draft(old) is None
        assert find_draft(recent) is not None
