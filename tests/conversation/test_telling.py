import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from cercana.cases import commands
from cercana.cases.commands import DatedPromise, Reclassification
from cercana.cases.models import Case, Event
from cercana.conversation.letters import BlockKind, Channel, State, Target
from cercana.conversation.models import Delivery, Template
from cercana.organization.models import AddedDay, EmergencyNumber
from cercana.rules.access import SYSTEM, Actor, Role
from cercana.rules.calendar import DayKind
from cercana.rules.classification import CaseClass, ClaimType, RequestKind, TaskKind
from cercana.rules.lifecycle import Outcome, Stage
from cercana.rules.promises import Due, to_lima
from tests.factories import (
    NOW,
    citizen_of,
    make_actor,
    make_answer,
    make_case,
    make_person,
    make_reception,
)
from tests.jobs import work_off

LATER = NOW + timedelta(hours=3)


def letters() -> list[Delivery]:
    work_off()
    return list(Delivery.objects.order_by("id"))


def newest() -> Delivery:
    return letters()[-1]


def words_of(letter: Delivery) -> str:
    return "\n".join(block["text"] for block in letter.blocks)


def targets_of(letter: Delivery) -> list[str]:
    return [block["target"] for block in letter.blocks if block["target"]]


def kinds() -> list[str]:
    return [letter.kind for letter in letters()]


@pytest.fixture
def officer() -> Actor:
    return make_actor(Role.SUPERVISOR, "obras_infraestructura")


class TestTellCitizen:
    def test_writes_a_receipt_with_number_promise_link_and_code(self) -> None:
        case = make_case(category="noise")

        [receipt] = letters()

        assert receipt.subject == f"Recibimos tu caso {case.number}"
        assert "Hola, Rosa:" in words_of(receipt)
        assert "hasta el miércoles 25 de noviembre a las 10:00" in words_of(receipt)
        assert targets_of(receipt) == [Target.CASE, Target.CODE]
        assert (receipt.channel, receipt.state) == (Channel.EMAIL, State.KEPT)
        assert receipt.created_at == NOW

    def test_promises_the_response_to_a_critical_case_and_says_whom_to_call(self) -> None:
        EmergencyNumber.objects.create(name="Bomberos", number="116")
        make_case(class_=CaseClass.CRITICAL)

        text = words_of(newest())

        assert "te responderá antes del lunes 23 de noviembre a las 12:00" in text
        assert "Bomberos 116" in text

    def test_follows_a_claim_through_every_stage(self, officer: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer)
        commands.contest(number=case.number, why="Se hundió otra vez.", actor=citizen_of(case), now=LATER)
        commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=LATER)
        commands.confirm(number=case.number, actor=citizen_of(case), now=LATER)
        commands.reopen(number=case.number, why="Otra vez.", actor=citizen_of(case), now=LATER)
        commands.withdraw(number=case.number, words="", actor=citizen_of(case), now=LATER)

        assert kinds() == [
            "receipt",
            "referred",
            "taken",
            "answered",
            "contested",
            "answered",
            "closed",
            "reopened",
            "withdrawn",
        ]

    def test_asks_after_an_answer_with_two_links_to_the_page_of_the_case(self) -> None:
        make_case(Stage.ANSWERED)

        answer = newest()

        assert targets_of(answer) == [Target.CONFIRM, Target.CONTEST]
        quoted = [block["text"] for block in answer.blocks if block["kind"] == BlockKind.QUOTE]
        assert quoted == [
            "Buenos días. Tapamos el bache esta mañana.",
            "Un técnico revisará el parche.",
            "La revisión es el viernes 27 de noviembre.",
        ]

    def test_says_that_the_promise_stands_after_a_no(self) -> None:
        case = make_case(Stage.ANSWERED)
        commands.contest(number=case.number, why="Sigue igual.", actor=citizen_of(case), now=LATER)

        assert "Nuestro plazo sigue siendo el mismo: hasta el final del lunes 30 de noviembre." in words_of(newest())

    def test_admits_that_we_are_late_after_a_no(self) -> None:
        case = make_case(Stage.ANSWERED)
        late = NOW + timedelta(days=20)
        commands.contest(number=case.number, why="Sigue igual.", actor=citizen_of(case), now=late)

        assert "Vamos tarde" in words_of(newest())

    def test_names_the_entity_to_which_a_case_was_handed(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        commands.forward_outside(number=case.number, entity="Sedapal", proof="Carta 12", actor=officer, now=LATER)
        answer = make_answer(outcome=Outcome.FORWARDED)
        commands.tell_forwarded(number=case.number, answer=answer, actor=officer, now=LATER)

        assert newest().subject == f"Enviamos tu caso {case.number} a Sedapal"
        assert kinds().count("forwarded") == 1

    def test_passes_on_a_message_and_a_dated_promise(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        commands.write_to_citizen(number=case.number, text="¿Tiene fotos?", actor=officer, now=LATER)
        friday = to_lima(datetime.fromisoformat("2026-11-27T12:00"))
        promised = DatedPromise(text="Pasa la cuadrilla.", due=Due(friday, inclusive=True))
        commands.promise_date(number=case.number, promise=promised, actor=officer, now=LATER)

        *_, message, promise = letters()

        assert "¿Tiene fotos?" in words_of(message)
        assert message.subject == f"Tienes un mensaje sobre tu caso {case.number}"
        assert "Para cuándo: viernes 27 de noviembre, 12:00" in words_of(promise)

    def test_says_nothing_of_notes_acts_and_what_the_person_wrote(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        told = len(letters())
        commands.add_note(number=case.number, text="Hay que medirlo.", actor=officer, now=LATER)
        commands.record_action(number=case.number, text="Medimos.", actor=officer, now=LATER)
        commands.receive_message(number=case.number, text="Gracias", channel="app", actor=citizen_of(case), now=LATER)

        assert len(letters()) == told

    def test_says_nothing_when_a_case_passes_between_colleagues(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP)
        told = len(letters())
        commands.take(number=case.number, actor=officer, now=LATER)

        assert len(letters()) == told

    def test_writes_one_letter_for_what_was_solved_on_the_spot(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        commands.register_and_solve(
            make_reception(category="noise"), make_answer(), spoken_yes="Sí, gracias.", actor=agent, now=NOW
        )

        [letter] = letters()

        assert letter.kind == "solved"
        assert "Tapamos el bache esta mañana." in words_of(letter)

    def test_tells_of_a_promise_that_moved_and_why(self) -> None:
        make_case()
        AddedDay.objects.create(
            day=date(2026, 11, 25), kind=DayKind.NON_WORKING, name="Duelo", norm="Decreto 1", counts=False
        )
        commands.move_promises(why="el miércoles 25 no se trabaja", now=LATER)

        text = words_of(newest())

        assert "Ahora tenemos hasta el final del martes 1 de diciembre para resolverlo." in text
        assert "El motivo: el miércoles 25 no se trabaja." in text

    def test_tells_of_a_legal_term_that_moved_alone(self) -> None:
        make_case(category="noise", legal_nature="neighbour_report")
        AddedDay.objects.create(
            day=date(2026, 11, 26), kind=DayKind.NON_WORKING, name="Duelo", norm="Decreto 1", counts=False
        )
        commands.move_promises(why="el jueves 26 no se trabaja", now=LATER)

        text = words_of(newest())

        assert "El plazo que manda la ley llega hasta el final del lunes 11 de enero." in text
        assert "para resolverlo" not in text

    def test_tells_of_a_new_class_only_if_it_moves_the_promise(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        case = make_case(claim_type=ClaimType.ERROR)
        for class_ in (CaseClass.COMPLEX, CaseClass.SIMPLE):
            change = Reclassification(
                kind=RequestKind.CLAIM,
                claim_type=ClaimType.DELAY,
                category="pothole",
                class_=class_,
                reason="Basta una visita.",
            )
            commands.reclassify(number=case.number, change=change, actor=agent, now=LATER)

        assert kinds() == ["receipt", "promise_moved"]

    def test_writes_in_english_to_those_who_asked_for_it(self) -> None:
        make_case(person=make_person(language="en"))

        assert newest().subject.startswith("We have your case")

    def test_writes_in_spanish_to_speakers_of_other_languages(self) -> None:
        make_case(person=make_person(language="qu"))

        assert newest().subject.startswith("Recibimos tu caso")

    def test_keeps_the_words_of_a_restricted_case_out_of_the_mail(self) -> None:
        boss = make_actor(Role.SUPERVISOR, "fiscalizacion")
        case = make_case(Stage.ANSWERED, officer=boss, category="violence_or_child", description="Mi vecino le pega.")
        commands.write_to_citizen(number=case.number, text="¿La niña está bien?", actor=boss, now=LATER)

        for letter in letters():
            assert not [block for block in letter.blocks if block["kind"] == BlockKind.QUOTE]
            assert "niña" not in words_of(letter)

    def test_never_repeats_what_the_person_told_us(self) -> None:
        make_case(Stage.CLOSED, description="Mi hijo con asma no respira bien por el humo.")

        assert not [letter for letter in letters() if "asma" in words_of(letter) + letter.subject]

    def test_uses_the_words_of_the_municipality_from_the_day_they_hold(self) -> None:
        for version, subject, valid_from in (
            (1, "Hola {number}", NOW),
            (2, "Después {number}", LATER.replace(year=2099)),
        ):
            Template.objects.create(
                code="receipt", language="es", version=version, subject=subject, body="Sí.", valid_from=valid_from
            )
        case = make_case()

        assert (newest().subject, newest().template_version) == (f"Hola {case.number}", 1)

    def test_invites_to_an_opinion_only_those_who_agreed(self) -> None:
        make_case(Stage.CLOSED, person=make_person(may_ask_opinion=True))
        asked = newest()
        make_case(Stage.CLOSED)
        unasked = newest()

        assert (asked.asks_opinion, Target.OPINION in targets_of(asked)) == (True, True)
        assert (unasked.asks_opinion, Target.OPINION in targets_of(unasked)) == (False, False)

    def test_asks_nobody_again_who_has_answered_meanwhile(self) -> None:
        case = make_case(Stage.ANSWERED)
        commands.attempt_confirmation(number=case.number, means="email", result="sent", actor=SYSTEM, now=LATER)
        commands.confirm(number=case.number, actor=citizen_of(case), now=LATER)

        assert "reminder" not in kinds()

    def test_writes_nothing_to_somebody_erased_meanwhile(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP)
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")
        commands.erase_citizen(case.citizen_id, reason="lo pidió", actor=keeper, now=LATER)

        assert letters() == []


class TestTellCitizenWithoutMail:
    @pytest.fixture
    def unreachable(self) -> Case:
        person = make_person(contacts=(), no_contact_reason="no quiso dejarlo")
        return make_case(Stage.ANSWERED, person=person)

    def test_leaves_the_answer_to_be_told_by_somebody(self, unreachable: Case) -> None:
        answer = newest()

        assert (answer.channel, answer.state) == (Channel.NONE, State.KEPT)
        tasks = list(Case.objects.get(pk=unreachable.pk).tasks.values_list("kind", "area_id"))
        assert tasks == [(TaskKind.REACH_OTHERWISE, "obras_infraestructura")]

    def test_opens_one_task_however_much_there_is_to_tell(self, unreachable: Case, officer: Actor) -> None:
        for text in ("Hola.", "¿Nos llama?"):
            commands.write_to_citizen(number=unreachable.number, text=text, actor=officer, now=LATER)
        work_off()

        assert Case.objects.get(pk=unreachable.pk).tasks.count() == 1

    def test_opens_no_task_for_news_that_can_wait(self) -> None:
        person = make_person(contacts=(), no_contact_reason="no quiso dejarlo")
        case = make_case(Stage.IN_FOLLOW_UP, person=person)
        work_off()

        assert not Case.objects.get(pk=case.pk).tasks.exists()


class TestPrivacyOfLetters:
    def test_a_link_and_a_code_are_stored_nowhere(self) -> None:
        case = make_case(Stage.CLOSED, person=make_person(may_ask_opinion=True))
        work_off()
        # A code stands alone; inside the keys of people and files some groups look like one.
        secrets = re.compile(r"caso/|opinion/|(?<![\w-])[2-9A-Z]{4}-[2-9A-Z]{4}(?![\w-])")

        with connection.cursor() as cursor:
            cursor.execute("SELECT blocks::text || subject FROM conversation_delivery")
            stored = [row[0] for row in cursor.fetchall()]
            cursor.execute("SELECT args::text FROM procrastinate_jobs")
            stored += [row[0] for row in cursor.fetchall()]
        stored += [str(payload) for payload in Event.objects.values_list("payload", flat=True)]

        assert not [text for text in stored if secrets.search(text.replace(case.number, ""))]

    def test_erasing_a_person_empties_their_letters_and_keeps_that_they_were_sent(self) -> None:
        case = make_case(Stage.ANSWERED)
        work_off()
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")
        commands.erase_citizen(case.citizen_id, reason="lo pidió", actor=keeper, now=LATER)

        assert {(each.address, each.subject, str(each.blocks)) for each in letters()} == {("", "", "[]")}
        assert kinds() == ["receipt", "referred", "taken", "answered"]
