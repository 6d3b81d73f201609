"""Registration is never refused for volume (domain.md, Bad input)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.cases.models import Case
from cercana.portal import throttle
from cercana.rules.classification import TaskKind
from cercana.rules.lifecycle import Stage
from tests.portal.walking import WHO, Fields, register

NOW = timezone.now()


def is_reviewed(case: Case) -> bool:
    return case.tasks.filter(kind=TaskKind.REVIEW, finished_at=None).exists()


class TestManyRegistrations:
    def test_from_one_document_are_accepted_and_marked_for_a_second_look(self) -> None:
        who: Fields = {**WHO, "tipo_documento": "dni", "documento": "45678912"}

        cases = [register(Client(), who=who) for _ in range(6)]

        assert [is_reviewed(case) for case in cases] == [False] * 5 + [True]
        assert cases[-1].stage == Stage.REGISTERED
        assert cases[-1].attention_due_at is not None

    def test_from_one_address_are_marked_whoever_they_are_from(self) -> None:
        marked = [throttle.is_beyond_usual("192.0.2.7", f"dni{person}", NOW) for person in range(21)]

        assert marked == [False] * 20 + [True]

    @pytest.mark.parametrize(("later", "is_beyond"), [(timedelta(minutes=59), True), (timedelta(hours=1), False)])
    def test_are_usual_again_after_an_hour(self, later: timedelta, is_beyond: bool) -> None:
        for _ in range(20):
            throttle.is_beyond_usual("192.0.2.8", "", NOW)

        assert throttle.is_beyond_usual("192.0.2.8", "", NOW + later) is is_beyond

    def test_from_other_places_are_not_counted_together(self) -> None:
        for _ in range(21):
            throttle.is_beyond_usual("192.0.2.9", "", NOW)

        assert not throttle.is_beyond_usual("192.0.2.10", "", NOW)
