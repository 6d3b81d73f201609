"""What becomes of a mail: a case, an entry of one, somebody to be registered, or nothing that anybody answers."""

from email import message_from_string, policy
from email.message import EmailMessage

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from cercana.cases import commands as cases
from cercana.cases.errors import CaseNotFound
from cercana.cases.models import Attachment, Case
from cercana.cases.queries import tracked_case
from cercana.channels.email.commands import release
from cercana.channels.email.errors import OriginalGone
from cercana.channels.email.models import StoredMail
from cercana.channels.email.queries import mails_set_aside, whole_mail
from cercana.citizens.identity import ContactKind
from cercana.citizens.models import ContactPoint
from cercana.citizens.queries import values_of
from cercana.conversation import queries as conversation
from cercana.conversation.letters import State
from cercana.conversation.mail import mail_of
from cercana.conversation.models import Delivery, ReceivedMail, UnregisteredContact
from cercana.organization.models import PolicyVersion
from cercana.rules.access import Actor, ActorKind, Role
from cercana.rules.classification import Channel, ClockKind, TaskKind
from cercana.rules.history import EventType, value_ids
from cercana.rules.lifecycle import Stage
from cercana.rules.mail import MOST_CASES_AN_HOUR, MailFate
from cercana.rules.mail_tags import address_with, tag_for
from tests.channels.email.town import POTHOLE, send, write
from tests.factories import NOW, make_actor, make_case, make_person
from tests.jobs import work_off


def the_case() -> Case:
    return Case.objects.get()


def letters() -> list[Delivery]:
    return list(Delivery.objects.order_by("pk"))


def said_in(case: Case) -> list[str]:
    """Return what was written to the case since it was told, oldest first."""
    events = case.events.filter(type=EventType.MESSAGE_RECEIVED).order_by("sequence")
    return [text or "" for each in events for text in values_of(value_ids(each.payload)).values()]


class TestANewMail:
    def test_becomes_a_case_whose_clock_runs_from_its_arrival(self) -> None:
        stored = send(write())

        case = the_case()
        assert (stored.fate, stored.case) == (MailFate.CASE, case)
        assert (case.channel, case.category_id, case.received_at) == (Channel.EMAIL, "pothole", NOW)
        assert case.clocks.get(kind=ClockKind.RESOLUTION).started_at == NOW
        assert case.citizen.name == "Elvira Chávez"
        assert ContactPoint.objects.get().normalized == "elvira@vecinos.pe"

    def test_is_answered_by_the_receipt_in_its_own_thread(self) -> None:
        mail = write()

        send(mail)

        [receipt] = letters()
        written = mail_of(receipt).message()
        assert written["In-Reply-To"] == mail["Message-ID"]
        assert written["Subject"] == "Re: Bache en Basadre"
        assert the_case().number in mail_of(receipt).body

    def test_that_comes_twice_is_one_case(self) -> None:
        mail = write()
        by_another_way = b"Received: from a by b\r\nDelivered-To: casos@prueba.example\r\n" + mail.as_bytes().replace(
            b"\n", b"\r\n"
        )

        first, second = send(mail), send(by_another_way)

        assert first.key == second.key
        assert Case.objects.count() == 1

    def test_keeps_its_files_and_says_which_it_could_not(self) -> None:
        send(write(files=[("acta.pdf", b"%PDF-1.4 Hola"), ("virus.exe", b"MZ\x90")]))

        case = the_case()
        assert [each.name for each in Attachment.objects.filter(case=case)] == ["acta.pdf"]
        told = values_of(value_ids(case.events.get(sequence=1).payload)).values()
        assert any("virus.exe" in (text or "") for text in told)

    @pytest.mark.parametrize("text", ["Hola", "Quisiera hablar con alguien por favor, gracias"])
    def test_that_is_not_clear_waits_to_be_registered(self, text: str) -> None:
        stored = send(write(text, subject="Consulta"))

        assert stored.fate is not None
        assert stored.fate == MailFate.CONTACT
        contact = UnregisteredContact.objects.get()
        assert (contact.key, contact.email, contact.received_at) == (stored.key, "elvira@vecinos.pe", NOW)
        assert conversation.count_waiting() == 1
        assert not letters()

    def test_that_speaks_of_danger_does_not_wait_for_being_clear(self) -> None:
        send(write("Huele mucho a gas en el edificio y hay niños adentro", subject="Ayuda"))

        assert the_case().critical_state == "proposed"

    def test_without_a_sender_waits_to_be_registered(self) -> None:
        mail = write()
        del mail["From"]

        assert send(mail).fate == MailFate.CONTACT

    def test_of_somebody_who_writes_without_end_waits_for_a_person(self) -> None:
        fates = [send(write(f"{POTHOLE} {place}")).fate for place in range(MOST_CASES_AN_HOUR + 1)]

        assert fates[-2:] == [MailFate.CASE, MailFate.CONTACT]

    def test_that_cannot_be_registered_now_waits_for_a_person(self) -> None:
        PolicyVersion.objects.all().delete()

        stored = send(write())

        assert (stored.fate, stored.reason) == (MailFate.CONTACT, "organization.not_set_up")
        assert UnregisteredContact.objects.get().key == stored.key


class TestAMachine:
    @pytest.mark.parametrize(
        ("headers", "reason"),
        [
            ({"Auto-Submitted": "auto-replied"}, "auto_reply"),
            ({"List-Id": "<vecinos.lists.pe>"}, "list"),
            ({"X-Spam-Flag": "YES"}, "spam"),
        ],
    )
    def test_gets_no_case_and_no_answer(self, headers: dict[str, str], reason: str) -> None:
        stored = send(write(headers=headers))

        assert stored.reason == reason
        assert not Case.objects.exists()
        assert not letters()

    def test_that_sends_back_our_own_mail_is_not_heard(self) -> None:
        send(write())
        ours = write(sender="Otro <otro@relay.pe>")
        ours.replace_header("Message-ID", letters()[0].message_id)

        assert send(ours).reason == "loop"

    def test_can_be_given_back_to_people(self) -> None:
        stored = send(write(headers={"List-Id": "<vecinos.lists.pe>"}))
        agent = make_actor(Role.AGENT, "atencion_ciudadano")

        assert [each.key for each in mails_set_aside(agent, now=NOW)] == [stored.key]
        release(key=stored.key, actor=agent, now=NOW)

        assert mails_set_aside(agent, now=NOW) == []
        assert UnregisteredContact.objects.get().key == stored.key


class TestAReply:
    def test_is_an_entry_of_its_case_as_from_the_citizen(self) -> None:
        send(write())
        number, receipt = the_case().number, letters()[0]

        stored = send(write("Ya es más grande.", subject="RE: otra cosa", replies_to=[receipt.message_id]))

        told = the_case().events.filter(type=EventType.MESSAGE_RECEIVED).get()
        assert (stored.fate, told.actor, told.payload["channel"]) == (MailFate.THREAD, "citizen", Channel.EMAIL)
        assert said_in(the_case()) == ["Ya es más grande."]
        assert ReceivedMail.objects.get(sequence=told.sequence).other_address == ""
        assert the_case().number == number

    def test_is_found_by_the_signed_address(self) -> None:
        case = _case_of("elvira@vecinos.pe")
        tag = tag_for(case.number, secret=django_settings.SECRET_KEY.encode())

        stored = send(write("Sigue igual."), recipients=[address_with(tag, "casos@prueba.example").lower()])

        assert stored.fate == MailFate.THREAD

    def test_is_found_by_the_signed_tag_in_its_subject(self) -> None:
        case = _case_of("elvira@vecinos.pe")
        tag = tag_for(case.number, secret=django_settings.SECRET_KEY.encode())

        assert send(write("Sigue igual.", subject=f"Re: Bache [{tag}]")).fate == MailFate.THREAD

    def test_is_not_found_by_the_number_alone(self) -> None:
        case = _case_of("elvira@vecinos.pe")

        stored = send(write(subject=f"Re: Recibimos tu caso {case.number}"))

        assert stored.case_id != case.pk
        assert not said_in(case)

    def test_from_another_address_is_not_the_citizens_word(self) -> None:
        case = _case_of("elvira@vecinos.pe")
        told = Delivery.objects.get().message_id

        stored = send(write("Ciérrenlo.", sender="Nadie <otro@vecinos.pe>", replies_to=[told]))

        entry = case.events.filter(type=EventType.MESSAGE_RECEIVED).get()
        assert (stored.fate, entry.actor) == (MailFate.OTHER_ADDRESS, "system")
        assert ReceivedMail.objects.get().other_address == "otro@vecinos.pe"
        assert Case.objects.get().last_citizen_at == NOW

    def test_whose_sender_is_forged_is_not_the_citizens_word(self, settings: Settings) -> None:
        settings.MAIL_RELAYS = frozenset({"mx.prueba.example"})
        _case_of("elvira@vecinos.pe")
        told = Delivery.objects.get().message_id

        stored = send(write(replies_to=[told], headers={"Authentication-Results": "mx.prueba.example; dmarc=fail"}))

        assert stored.fate == MailFate.OTHER_ADDRESS

    def test_that_names_others_beside_the_citizen_is_not_the_citizens_word(self) -> None:
        case = _case_of("elvira@vecinos.pe")
        told = Delivery.objects.get().message_id

        stored = send(write(sender="elvira@vecinos.pe, otro@malo.pe", replies_to=[told]))

        assert (stored.fate, stored.case_id) == (MailFate.OTHER_ADDRESS, case.pk)

    def test_of_a_stranger_who_knows_the_seal_hears_nothing_and_says_nothing_to_the_citizen(
        self,
    ) -> None:
        case = _case_of("elvira@vecinos.pe")
        seal = tag_for(case.number, secret=django_settings.SECRET_KEY.encode())
        told = Delivery.objects.get().message_id
        stranger = write("Mándenme todo.", subject=f"Re: [{seal}]", sender="otro@malo.pe", replies_to=[told])
        stranger["Reply-To"] = "otro@malo.pe"

        send(stranger, recipients=[address_with(seal, "casos@prueba.example")])
        work_off()

        assert {each.address for each in letters()} == {"elvira@vecinos.pe"}
        assert len(letters()) == 1
        actor = Actor(ActorKind.CITIZEN, case_key=str(case.key))
        shown = tracked_case(actor, number=case.number)
        assert "Mándenme todo." not in str(shown)

    def test_is_read_whole_by_whoever_may_read_the_case(self) -> None:
        case = _case_of("elvira@vecinos.pe")
        told = Delivery.objects.get().message_id
        quoted = "El lun, 23 nov 2026 a las 9:00, Muni <casos@prueba.example> escribió:\n> Hola"
        send(write(f"Sigue igual.\n\n{quoted}\n\n-- \nElvira", replies_to=[told]))
        entry = ReceivedMail.objects.get().sequence
        agent = make_actor(Role.SUPERVISOR, "atencion_ciudadano")

        mail = whole_mail(agent, number=case.number, sequence=entry)

        assert (mail.new_text, "> Hola" in mail.quoted, "Elvira" in mail.signature) == ("Sigue igual.", True, True)
        assert said_in(case) == ["Sigue igual."]
        with pytest.raises(OriginalGone):
            whole_mail(agent, number=case.number, sequence=1)
        with pytest.raises(CaseNotFound):
            whole_mail(make_actor(Role.AREA_OFFICER, "fiscalizacion"), number=case.number, sequence=entry)

    @pytest.mark.parametrize("word", ["Sí", "No"])
    def test_to_an_answer_is_read_by_a_person_and_confirms_nothing(self, word: str) -> None:
        case = _case_of("elvira@vecinos.pe", Stage.ANSWERED)
        told = Delivery.objects.latest("pk").message_id

        send(write(word, replies_to=[told]))

        case.refresh_from_db()
        assert case.stage == Stage.ANSWERED
        assert case.tasks.get(kind=TaskKind.READ_MESSAGE).finished_at is None

    def test_to_a_closed_case_is_filed_and_reopens_nothing(self) -> None:
        case = _case_of("elvira@vecinos.pe", Stage.CLOSED)
        told = Delivery.objects.latest("pk").message_id

        send(write("Gracias", replies_to=[told]))

        case.refresh_from_db()
        assert case.stage == Stage.CLOSED
        assert said_in(case) == ["Gracias"]


class TestABounce:
    def test_marks_the_address_and_asks_to_reach_the_person_otherwise(self) -> None:
        case = _case_of("elvira@vecinos.pe")
        letter = Delivery.objects.get()
        Delivery.objects.update(state=State.SENT)

        stored = send(_report("elvira@vecinos.pe", letter.message_id, "failed", "5.1.1"))

        letter.refresh_from_db()
        assert stored.fate == MailFate.REPORT
        assert (letter.state, letter.last_error) == (State.FAILED, "dsn.5.1.1")
        assert ContactPoint.objects.get().is_bounced
        assert case.tasks.get().kind == TaskKind.REACH_OTHERWISE

    def test_of_a_letter_that_is_not_ours_marks_nobody_and_is_set_aside_for_people(self) -> None:
        _case_of("elvira@vecinos.pe")

        stored = send(_report("elvira@vecinos.pe", "<otro@lejos.pe>", "failed", "5.1.1"))

        assert not ContactPoint.objects.get().is_bounced
        assert (stored.fate, stored.reason) == (MailFate.UNANSWERED, "unknown_letter")

    def test_is_known_by_its_envelope_where_the_relay_gave_the_letter_another_name(self) -> None:
        _case_of("elvira@vecinos.pe")
        Delivery.objects.update(state=State.SENT)
        envelope = f"Original-Envelope-Id: {Delivery.objects.get().message_id.strip('<>')}\r\n"
        report = _report("otra@lejos.pe", "<nuevo@relay.pe>", "failed", "5.1.1").as_bytes().decode()
        report = report.replace("Reporting-MTA", f"{envelope}Reporting-MTA")
        # Passed on to another mailbox: the server tells of both.
        report = report.replace("Final-Recipient", "Original-Recipient: rfc822;elvira@vecinos.pe\r\nFinal-Recipient")

        send(report.encode())

        assert Delivery.objects.get().state == State.FAILED
        assert ContactPoint.objects.get().is_bounced

    def test_that_reports_an_arrival_is_told_so(self) -> None:
        _case_of("elvira@vecinos.pe")
        Delivery.objects.update(state=State.SENT)

        send(_report("elvira@vecinos.pe", Delivery.objects.get().message_id, "delivered", "2.0.0"))

        assert Delivery.objects.get().state == State.DELIVERED


class TestAMailThatCannotBeTaken:
    @pytest.mark.parametrize("raw", [b"", b"\0", b"\xff\xfe", b"From: a@b.pe\r\n\r\n", b"Subject: =?x?q?=ff?=\n\n\xff"])
    def test_is_kept_with_its_reason(self, raw: bytes) -> None:
        stored = send(raw)

        assert stored.fate in {MailFate.QUARANTINED, MailFate.CONTACT}
        assert StoredMail.objects.count() == 1


def _case_of(address: str, stage: Stage = Stage.REGISTERED) -> Case:
    case = make_case(stage, person=make_person(contacts=((ContactKind.EMAIL, address),)))
    work_off()
    return case


def _report(address: str, message_id: str, action: str, status: str) -> EmailMessage:
    raw = (
        "From: MAILER-DAEMON@mx.pe\r\nTo: casos@prueba.example\r\nSubject: Delivery\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n\r\nHola\r\n'
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.pe\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--b--\r\n"
    )
    mail = message_from_string(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


class TestErasingThePerson:
    def test_forgets_their_mails(self) -> None:
        stored = send(write())
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")

        cases.erase_citizen(the_case().citizen_id, reason="Lo pide.", actor=keeper, now=NOW)
        work_off()

        stored.refresh_from_db()
        assert (stored.sender, stored.author, stored.subject) == ("", "", "")
        assert not stored.pieces.exists()
        assert ReceivedMail.objects.get().subject == ""
