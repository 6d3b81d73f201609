"""Where letters go when somebody says to be a person we know (domain.md, People and data)."""

import uuid

import pytest

from cercana.citizens.commands import register_person
from cercana.citizens.identity import ContactKind
from cercana.citizens.queries import profile
from tests.factories import NOW, make_person

pytestmark = pytest.mark.django_db

OWN, OTHER = "rosa@vecinos.example", "otra@vecinos.example"
FIRST, SECOND = uuid.uuid4(), uuid.uuid4()


def come_again(*, is_verified: bool) -> uuid.UUID:
    """Return the key of a person of whom somebody gave another address with a second case."""
    known = register_person(
        make_person(contacts=((ContactKind.EMAIL, OWN),)), case=FIRST, now=NOW, recorded_by="citizen"
    )
    again = make_person(contacts=((ContactKind.EMAIL, OTHER),), key=known.key, is_verified=is_verified)
    register_person(again, case=SECOND, now=NOW, recorded_by="staff:1")
    return known.key


class TestAnAddressGivenLater:
    def test_serves_the_case_it_was_given_with(self) -> None:
        assert profile(come_again(is_verified=False), case=SECOND).emails == (OTHER, OWN)

    def test_never_gets_what_is_written_about_earlier_cases_without_proof(self) -> None:
        key = come_again(is_verified=False)

        assert profile(key, case=FIRST).emails == (OWN,)
        assert profile(key).emails == (OWN,)

    def test_serves_the_person_once_their_document_was_seen(self) -> None:
        assert profile(come_again(is_verified=True), case=FIRST).emails == (OWN, OTHER)

    def test_may_be_one_that_is_known_already(self) -> None:
        key = come_again(is_verified=False)
        again = make_person(contacts=((ContactKind.EMAIL, OWN),), key=key)
        register_person(again, case=uuid.uuid4(), now=NOW, recorded_by="staff:1")

        assert profile(key, case=SECOND).emails == (OTHER, OWN)
