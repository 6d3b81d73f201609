"""Registration is never refused for volume (domain.md, Bad input); what comes after it is slowed down."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.cases.models import Attachment, Case
from cercana.conversation.models import Delivery
from cercana.database import throttle
from cercana.rules.classification import TaskKind
from cercana.rules.lifecycle import Stage
from tests.factories import make_case
from tests.jobs import work_off
from tests.portal.walking import WHO, Fields, come_in, page, picture, register

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

    @pytest.mark.parametrize(
        "ways",
        [
            [{"correo": f"Rosa+{turn}@vecinos.example"} for turn in range(6)],
            [{"canal": "phone", "correo": "", "celular": number} for number in ["987 654 321", "+51987654321"] * 3],
        ],
    )
    def test_for_one_mailbox_or_telephone_are_marked_too(self, ways: list[Fields]) -> None:
        cases = [register(Client(), who={**WHO, **way}) for way in ways]

        assert [is_reviewed(case) for case in cases] == [False] * 5 + [True]

    def test_from_one_address_are_marked_whoever_they_are_from(self) -> None:
        marked = [throttle.is_beyond_usual("192.0.2.7", [f"dni{person}"], NOW) for person in range(21)]

        assert marked == [False] * 20 + [True]

    @pytest.mark.parametrize(("later", "is_beyond"), [(timedelta(minutes=59), True), (timedelta(hours=1), False)])
    def test_are_usual_again_after_an_hour(self, later: timedelta, is_beyond: bool) -> None:
        for _ in range(20):
            throttle.is_beyond_usual("192.0.2.8", [], NOW)

        assert throttle.is_beyond_usual("192.0.2.8", [], NOW + later) is is_beyond

    def test_from_other_places_are_not_counted_together(self) -> None:
        for _ in range(21):
            throttle.is_beyond_usual("192.0.2.9", [], NOW)

        assert not throttle.is_beyond_usual("192.0.2.10", [], NOW)


class TestManyReceipts:
    def test_to_one_mailbox_end_after_five(self, client: Client) -> None:
        cases = [register(Client()) for _ in range(5)]
        cases.append(register(client))
        work_off()

        told = [Delivery.objects.filter(case=case, kind__startswith="receipt").exists() for case in cases]

        assert told == [True] * 5 + [False]

    def test_held_back_are_explained_where_number_and_code_stand(self, client: Client) -> None:
        for _ in range(5):
            register(Client())
        case = register(client)

        html = page(client, f"/casos/{case.number}/registrado/")

        assert "Esta vez no enviamos la constancia por correo" in html
        assert case.number[:-1] in html

    def test_go_out_again_one_an_hour(self) -> None:
        full = [throttle.is_mailbox_full("rosa@vecinos.example", NOW) for _ in range(6)]

        assert full == [False] * 5 + [True]
        assert not throttle.is_mailbox_full("rosa@vecinos.example", NOW + timedelta(hours=1))
        assert throttle.is_mailbox_full("ROSA+x@vecinos.example", NOW + timedelta(hours=1))


def files(count: int) -> list[io.BytesIO]:
    return [picture() for _ in range(count)]


class TestManyMessages:
    def test_wait_and_keep_what_was_typed(self, client: Client) -> None:
        address = come_in(client, make_case())
        for turn in range(20):
            assert client.post(f"{address}mensajes/", {"mensaje": f"Mensaje {turn}"}).status_code == 302

        answer = client.post(f"{address}mensajes/", {"mensaje": "El veintiuno"})

        assert answer.status_code == 429
        assert "Recibimos mucho en poco tiempo. Espera 3 minutos" in answer.content.decode()
        assert "El veintiuno</textarea>" in answer.content.decode()
        assert 0 < int(answer["Retry-After"]) <= 180

    def test_may_bring_thirty_files_to_one_case_and_then_wait(self, client: Client) -> None:
        case = make_case()
        address = come_in(client, case)
        answers = [client.post(f"{address}mensajes/", {"mensaje": "", "archivos": files(10)}) for _ in range(4)]

        assert [each.status_code for each in answers] == [302, 302, 302, 429]
        assert Attachment.objects.filter(case=case).count() == 30

    def test_from_one_address_are_counted_over_all_cases(self) -> None:
        waits = [throttle.wait_before_message(f"caso {n}", "192.0.2.11", 0, NOW) for n in range(61)]

        assert not any(waits[:60])
        assert waits[60]

    def test_are_refused_as_a_whole(self) -> None:
        for _ in range(3):
            throttle.wait_before_message("uno", "192.0.2.12", 10, NOW)

        assert throttle.wait_before_message("uno", "192.0.2.12", 1, NOW)
        assert not any(throttle.wait_before_message("uno", "192.0.2.12", 0, NOW) for _ in range(17))


class TestManyDecisions:
    def test_on_one_case_wait(self, client: Client) -> None:
        address = come_in(client, make_case())
        answers = []
        for _ in range(5):
            answers.append(client.post(f"{address}retirar/", {"motivo": "ya no"}))
            answers.append(client.post(f"{address}reabrir/", {"motivo": "otra vez"}))

        assert [each.status_code for each in answers] == [302] * 8 + [429] * 2
        assert "Recibimos mucho en poco tiempo" in answers[-1].content.decode()
