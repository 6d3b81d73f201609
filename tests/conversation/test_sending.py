import email
import re
import socket
from collections.abc import Iterator, Sequence
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from cercana.cases import commands as cases
from cercana.cases.models import Case
from cercana.citizens.identity import ContactKind
from cercana.citizens.queries import profile
from cercana.config.reactions import run_handler
from cercana.conversation import commands
from cercana.conversation.letters import State
from cercana.conversation.models import Delivery
from cercana.rules.access import SYSTEM, Actor, Role
from cercana.rules.classification import TaskKind
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, make_actor, make_case, make_person
from tests.jobs import forget, queued, work_off

SEND = "cercana.send_mail"
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


class Postman:
    """A real mail server that keeps what it takes; an address that begins with three digits is refused with them."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.asked: list[str] = []

    async def greet(self, _server: SMTP, session: Session, _: Envelope, name: str, offers: list[str]) -> list[str]:
        """Greet (EHLO), and offer to report."""
        session.host_name = name
        return [*offers[:-1], "250-DSN", offers[-1]]

    async def answer(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]) -> str:
        """Take or refuse a recipient (RCPT)."""
        if re.match(r"\d{3}", address):
            return f"{address[:3]} no"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def take(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep a mail (DATA), unless it goes to «spam»."""
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 no"
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 OK"


class Reporting(Controller):
    """A mail server that offers reports, and notes what it is asked to report."""

    def __init__(self, postman: Postman, port: int) -> None:
        handler = SimpleNamespace(handle_EHLO=postman.greet, handle_RCPT=postman.answer, handle_DATA=postman.take)
        super().__init__(handler, hostname="127.0.0.1", port=port)
        self.postman = postman

    def factory(self) -> SMTP:
        """Return a conversation."""
        postman = self.postman

        class Conversation(SMTP):
            def _getparams(self, params: Sequence[str]) -> dict[str, str | bool] | None:
                postman.asked += [each for each in params if not each.startswith(("SIZE", "BODY"))]
                return {}

        return Conversation(self.handler)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def configured(settings: Settings) -> None:
    """Send through a server of this machine that may or may not be there."""
    settings.MAIL_LEAVES = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.DEFAULT_FROM_EMAIL = "cercana@muni.gob.pe"
    settings.PUBLIC_URL = "https://cercana.muni.gob.pe"


@pytest.fixture
def postman(configured: None, settings: Settings) -> Iterator[Postman]:
    postman = Postman()
    handler = SimpleNamespace(handle_RCPT=postman.answer, handle_DATA=postman.take)
    server = Controller(handler, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    yield postman
    server.stop()


def case_of(address: str, stage: Stage = Stage.REGISTERED, officer: Actor | None = None) -> Case:
    return make_case(stage, officer=officer, person=make_person(contacts=((ContactKind.EMAIL, address),)))


def body_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    text = mail.get_body(("plain",))
    assert text is not None
    return str(text.get_content())


def enclose(case: Case, name: str, officer: Actor, *, is_internal: bool = False) -> None:
    """Let an officer add a file, and the worker look at it."""
    file = cases.IncomingFile(name, len(PDF), (PDF,))
    [row] = cases.attach(
        number=case.number, files=[file], actor=officer, now=NOW + timedelta(hours=1), is_internal=is_internal
    )
    cases.inspect_attachment(row.pk)


def newest() -> Delivery:
    return Delivery.objects.latest("pk")


def tasks_of(case: Case) -> list[str]:
    return list(Case.objects.get(pk=case.pk).tasks.values_list("kind", flat=True))


class TestSendMail:
    def test_hands_the_letter_to_the_server_as_text_and_html(self, postman: Postman) -> None:
        case = case_of("rosa@vecinos.pe")
        work_off()

        [mail] = postman.taken
        text, html = mail.get_body(("plain",)), mail.get_body(("html",))
        assert text is not None
        assert html is not None
        assert mail["subject"] == f"Recibimos tu caso {case.number}"
        assert mail["to"] == "rosa@vecinos.pe"
        assert mail["from"] == "Municipalidad Distrital de Prueba <cercana@muni.gob.pe>"
        for part in (text.get_content(), html.get_content()):
            assert case.number in part
            assert "https://cercana.muni.gob.pe/caso/" in part
        assert (newest().state, newest().attempts, newest().last_error) == (State.SENT, 1, "")

    def test_says_that_no_person_wrote_it(self, postman: Postman) -> None:
        case_of("rosa@vecinos.pe")
        work_off()

        assert postman.taken[0]["auto-submitted"] == "auto-generated"

    def test_keeps_the_letters_of_a_case_in_one_thread(self, postman: Postman) -> None:
        case_of("rosa@vecinos.pe", Stage.IN_FOLLOW_UP)
        case_of("luis@vecinos.pe")
        work_off()

        receipt, referred, taken, other = postman.taken
        assert referred["in-reply-to"] == receipt["message-id"]
        assert taken["references"] == f"{receipt['message-id']} {referred['message-id']}"
        assert receipt["message-id"].endswith("@muni.gob.pe>")
        assert other["references"] is None
        # Some programs join only what has one subject; what the letter is about then heads its text.
        assert referred["subject"] == taken["subject"] == f"Re: {receipt['subject']}"
        assert body_of(referred).startswith(f"Tu caso {Case.objects.order_by('pk')[0].number} ya está en ")

    def test_asks_a_server_that_can_to_report_under_our_names(self, configured: None, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "cercana.conversation.transport.ReportedMail"
        settings.MAIL_ADDRESS = "casos@muni.gob.pe"
        postman = Postman()
        server = Reporting(postman, settings.EMAIL_PORT)
        server.start()
        case_of("rosa+casa@vecinos.pe")
        work_off()
        server.stop()

        assert "responde este correo" in body_of(postman.taken[0])
        identifier = newest().message_id.strip("<>")
        # The library reads what it is told in capitals.
        wanted = ["RET=HDRS", f"ENVID={identifier}", "NOTIFY=SUCCESS,FAILURE,DELAY"]
        assert postman.asked == [each.upper() for each in (*wanted, "ORCPT=rfc822;rosa+2Bcasa@vecinos.pe")]

    def test_encloses_what_the_staff_added_since_it_last_wrote(self, postman: Postman) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = case_of("rosa@vecinos.pe", Stage.IN_FOLLOW_UP, officer)
        enclose(case, "plano.pdf", officer)
        enclose(case, "foto interna.pdf", officer, is_internal=True)
        for text in ("Va el plano de la obra.", "Mañana volvemos a la calle."):
            cases.write_to_citizen(number=case.number, text=text, actor=officer, now=NOW + timedelta(hours=2))
        work_off()

        *_, first, second = postman.taken
        assert [each.get_filename() for each in first.iter_attachments()] == ["plano.pdf"]
        assert next(first.iter_attachments()).get_content() == PDF
        assert list(second.iter_attachments()) == []

    def test_gives_nobody_back_what_they_brought_themselves(self, postman: Postman) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = case_of("rosa@vecinos.pe", Stage.IN_FOLLOW_UP, officer)
        at = NOW + timedelta(hours=1)
        cases.receive_message(number=case.number, text="Traigo mi plano.", channel="counter", actor=officer, now=at)
        enclose(case, "mi plano.pdf", officer)
        cases.write_to_citizen(number=case.number, text="Gracias, lo vemos.", actor=officer, now=at)
        work_off()

        assert list(postman.taken[-1].iter_attachments()) == []

    def test_sends_one_letter_once_however_often_its_job_runs(self, postman: Postman) -> None:
        case_of("rosa@vecinos.pe")
        work_off()
        commands.send_mail(delivery_id=newest().pk, now=timezone.now())

        assert len(postman.taken) == 1

    @pytest.mark.parametrize(
        "address",
        ["rosa@vecinos.example", "rosa@mail.test", "rosa@algo.invalid", "rosa@example.com", "r@sub.example.org"],
    )
    def test_never_sends_to_an_address_that_cannot_exist(self, postman: Postman, address: str) -> None:
        case_of(address)
        work_off()

        assert postman.taken == []
        assert newest().state == State.KEPT

    def test_keeps_every_letter_when_there_is_no_server(self) -> None:
        case_of("rosa@vecinos.pe")
        work_off()

        assert newest().state == State.KEPT
        assert queued(SEND) == []


class TestSendMailWhenRefused:
    def test_tries_again_later_and_later_while_the_server_asks_for_patience(self, postman: Postman) -> None:
        case = case_of("451rosa@vecinos.pe")
        work_off()
        now = timezone.now()
        waits = []
        for _ in range(3):
            letter = newest()
            assert letter.next_attempt_at is not None
            waits.append(letter.next_attempt_at - now)
            now = letter.next_attempt_at
            commands.send_mail(delivery_id=letter.pk, now=now)

        assert waits == sorted(waits)
        assert waits[0] >= timedelta(seconds=50)
        assert (newest().state, newest().attempts, newest().last_error) == (State.QUEUED, 4, "smtp.451")
        assert ProcrastinateJob.objects.filter(task_name=SEND, status="todo").count() == 4
        assert tasks_of(case) == []

    def test_goes_out_as_soon_as_the_server_is_back(self, configured: None, settings: Settings) -> None:
        case_of("rosa@vecinos.pe")
        work_off()
        assert (newest().state, newest().last_error) == (State.QUEUED, "smtp.unreachable")

        postman = Postman()
        handler = SimpleNamespace(handle_RCPT=postman.answer, handle_DATA=postman.take)
        server = Controller(handler, hostname="127.0.0.1", port=settings.EMAIL_PORT)
        server.start()
        commands.send_mail(delivery_id=newest().pk, now=timezone.now())
        server.stop()

        assert len(postman.taken) == 1
        assert newest().state == State.SENT

    def test_gives_up_after_two_days_and_leaves_the_person_to_somebody(self, postman: Postman) -> None:
        case = case_of("451rosa@vecinos.pe")
        work_off()
        now = timezone.now()
        while (letter := newest()).state == State.QUEUED:
            assert letter.next_attempt_at is not None
            now = letter.next_attempt_at
            commands.send_mail(delivery_id=letter.pk, now=now)

        assert letter.state == State.FAILED
        assert timedelta(days=1) < now - timezone.now() < timedelta(days=3)
        assert tasks_of(case) == [TaskKind.REACH_OTHERWISE]
        assert profile(case.citizen_id).emails == ("451rosa@vecinos.pe",)

    def test_believes_a_server_that_does_not_know_the_address(self, postman: Postman) -> None:
        case = case_of("550rosa@vecinos.pe")
        work_off()

        assert (newest().state, newest().last_error) == (State.FAILED, "smtp.550")
        assert profile(case.citizen_id).emails == ()
        assert tasks_of(case) == [TaskKind.REACH_OTHERWISE]

    def test_does_not_blame_the_address_when_the_letter_is_refused(self, postman: Postman) -> None:
        case = case_of("spam@vecinos.pe")
        work_off()

        assert (newest().state, newest().last_error) == (State.FAILED, "smtp.554")
        assert profile(case.citizen_id).emails == ("spam@vecinos.pe",)

    def test_leaves_the_letter_of_an_erased_person_unsent(self, configured: None) -> None:
        case = case_of("rosa@vecinos.pe")
        work_off()
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")
        cases.erase_citizen(case.citizen_id, reason="lo pidió", actor=keeper, now=timezone.now())
        work_off()
        commands.send_mail(delivery_id=newest().pk, now=timezone.now())

        assert (newest().state, newest().last_error) == (State.FAILED, "erased")
        assert tasks_of(case) == []


class TestNotices:
    def test_of_the_system_wait_for_the_hours_of_a_working_day(self, configured: None) -> None:
        case = case_of("rosa@vecinos.pe", Stage.ANSWERED)
        work_off()
        cases.attempt_confirmation(number=case.number, means="email", result="sent", actor=SYSTEM, now=timezone.now())
        work_off("cercana.react")
        event = Case.objects.get(pk=case.pk).events.latest("sequence")
        run_handler(event.pk, "tell_citizen", now=NOW.replace(day=21, hour=12))

        assert newest().kind == "reminder"
        assert newest().next_attempt_at == NOW.replace(day=23, hour=7, minute=0)


class TestRequeueLost:
    def test_queues_again_the_letter_whose_job_was_lost(self, postman: Postman) -> None:
        case_of("rosa@vecinos.pe")
        work_off("cercana.react", "cercana.handle")
        for job in queued(SEND):
            forget(job)

        assert commands.requeue_lost(now=NOW + timedelta(minutes=5)) == 1
        assert commands.requeue_lost(now=NOW + timedelta(minutes=5)) == 0
        work_off()

        assert len(postman.taken) == 1
