"""The mail to whom an alarm calls, and the button behind its link."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases.models import Case
from cercana.critical import commands
from cercana.critical.messages import SEND_TASK
from cercana.critical.models import AlarmMessage, MessageState
from cercana.organization.models import Municipality
from tests.conversation.test_sending import Postman, free_port
from tests.couriers.strangers import stranger
from tests.critical.scenes import alarms, make_chain, make_critical, ring
from tests.factories import make_person
from tests.jobs import forget, queued, work_off


@pytest.fixture(autouse=True)
def configured(settings: Settings) -> None:
    """Send through a server of this machine that may or may not be there."""
    settings.MAIL_LEAVES = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.PUBLIC_URL = "https://cercana.muni.gob.pe"


@pytest.fixture
def postman(settings: Settings) -> Iterator[Postman]:
    with mail_server(settings.EMAIL_PORT) as postman:
        yield postman


@contextmanager
def mail_server(port: int) -> Iterator[Postman]:
    """Let a mail server stand on a port of this machine."""
    postman = Postman()
    handler = SimpleNamespace(handle_RCPT=postman.answer, handle_DATA=postman.take)
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield postman
    finally:
        server.stop()


@pytest.fixture
def duty() -> User:
    """Return the duty officer of this moment, with an address that mails reach."""
    chain = make_chain()
    chain.duty.duty_shifts.update(ends_at=timezone.now() + timedelta(days=1))
    User.objects.filter(pk=chain.duty.pk).update(email="diego@muni.gob.pe")
    return User.objects.get(pk=chain.duty.pk)


@pytest.fixture
def case(duty: User) -> Case:
    """Return a critical case whose alarm calls the duty officer now."""
    case = make_critical(person=make_person(name="Rosa Quispe Mamani"))
    ring(case, timezone.now())
    return case


def path_in(postman: Postman) -> str:
    """Return where the link of the only mail leads."""
    [mail] = postman.taken
    found = re.search(r"https://cercana\.muni\.gob\.pe(/alarma/\S+)", mail.get_content())
    assert found is not None
    return found.group(1)


class TestTheLetter:
    def test_tells_number_class_area_and_link_and_nothing_of_the_citizen(self, case: Case, postman: Postman) -> None:
        work_off(SEND_TASK)

        [mail] = postman.taken
        text = mail.get_content()
        assert (mail["to"], mail["subject"]) == ("diego@muni.gob.pe", f"Alarma: caso crítico {case.number}")
        assert all(word in text for word in (case.number, "Crítico", "Obras e Infraestructura", "/alarma/"))
        assert not any(word in text for word in ("Rosa", "Quispe", "bache", "Basadre"))

    def test_is_tried_again_with_growing_pauses_while_there_is_no_server(self, case: Case) -> None:
        now, letter = timezone.now(), AlarmMessage.objects.get()
        waits = []
        for _ in range(8):
            for job in queued():
                forget(job)
            commands.send_message(message_pk=letter.pk, now=now)
            letter.refresh_from_db()
            waits.append(letter.next_attempt_at - now if letter.next_attempt_at else None)

        assert [each.total_seconds() for each in waits if each] == [15, 60, 120, 300, 600, 1200, 2400]
        assert (letter.state, letter.last_error) == (MessageState.FAILED, "smtp.unreachable")

    def test_leaves_once_the_server_is_back_and_the_other_ways_did_not_wait(
        self, duty: User, settings: Settings
    ) -> None:
        Municipality.objects.update(is_demo=False)
        with stranger() as service:
            commands.add_service(person=duty.pk, address=f"json://{service.address}", label="", now=timezone.now())
            ring(make_critical(), timezone.now())
            work_off(SEND_TASK)
            assert len(service.heard) == 1
        letter = AlarmMessage.objects.get(way="mail")
        assert (letter.state, letter.last_error) == (MessageState.QUEUED, "smtp.unreachable")

        with mail_server(settings.EMAIL_PORT) as postman:
            assert letter.next_attempt_at is not None
            commands.send_message(message_pk=letter.pk, now=letter.next_attempt_at)

        letter.refresh_from_db()
        assert (letter.state, letter.attempts, len(postman.taken)) == (MessageState.SENT, 2, 1)

    def test_does_not_leave_once_somebody_took_charge(self, case: Case, postman: Postman) -> None:
        letter = AlarmMessage.objects.get()
        actor = actor_for(letter.person, timezone.now())
        commands.acknowledge(number=case.number, way="desk", actor=actor, now=timezone.now())

        work_off(SEND_TASK)

        letter.refresh_from_db()
        assert (letter.state, postman.taken) == (MessageState.NEEDLESS, [])

    def test_whose_job_was_lost_is_queued_again(self, case: Case, postman: Postman) -> None:
        for job in queued():
            forget(job)

        commands.requeue_lost_messages(now=timezone.now() + timedelta(seconds=31))
        work_off(SEND_TASK)

        assert len(postman.taken) == 1


class TestTheLink:
    def test_takes_charge_by_its_button_and_not_by_being_opened(
        self, case: Case, postman: Postman, client: Client
    ) -> None:
        work_off(SEND_TASK)
        path = path_in(postman)

        assert "Me hago cargo" in client.get(path).content.decode()
        assert [what for what, _ in alarms(case)] == ["alarm_raised"]
        page = client.post(path)

        assert "Usted se hizo cargo" in page.content.decode()
        assert [what for what, _ in alarms(case)] == ["alarm_raised", "alarm_acknowledged"]
        assert client.post(path).status_code == 409

    def test_shows_nothing_of_the_citizen(self, case: Case, postman: Postman, client: Client) -> None:
        work_off(SEND_TASK)

        page = client.get(path_in(postman)).content.decode()

        assert case.number in page
        assert not any(word in page for word in ("Rosa", "Quispe", "bache", "Basadre"))

    def test_is_over_for_an_account_that_was_closed(self, case: Case, postman: Postman, client: Client) -> None:
        work_off(SEND_TASK)
        User.objects.filter(email="diego@muni.gob.pe").update(is_active=False)

        assert client.post(path_in(postman)).status_code == 410

    @pytest.mark.parametrize("token", ["x", "e30:1abc:zzz"])
    def test_that_we_did_not_make_opens_nothing(self, client: Client, token: str) -> None:
        assert client.get(f"/alarma/{token}").status_code == 410
