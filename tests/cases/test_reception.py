import uuid
from datetime import timedelta

import pytest

from cercana.cases import commands
from cercana.cases.errors import (
    ClaimTypeMismatch,
    DescriptionMissing,
    NotOnTheSpot,
    RegistrationRefused,
    SlowerClassRefused,
    TextTooLong,
)
from cercana.cases.models import Case, CaseText, Event
from cercana.citizens.errors import ContactMissing
from cercana.citizens.models import Citizen, PersonalValue
from cercana.organization.errors import CategoryUnknown
from cercana.rules.access import Role
from cercana.rules.case_number import parse
from cercana.rules.classification import CaseClass, RequestKind
from cercana.rules.history import OccurrenceRefused
from cercana.rules.lifecycle import AnswerIncomplete, Closure, Stage
from tests.factories import NOW, PUBLIC, make_actor, make_answer, make_person, make_reception


class TestRegisterCase:
    def test_gives_a_number_a_stage_and_a_history(self) -> None:
        case = commands.register_case(make_reception(), actor=PUBLIC, now=NOW)

        assert str(parse(case.number, "SI")) == case.number
        assert (case.stage, case.area_id, case.proposed_area_id) == (
            Stage.REGISTERED,
            "atencion_ciudadano",
            "obras_infraestructura",
        )
        assert list(case.events.order_by("sequence").values_list("type", flat=True)) == ["received", "registered"]

    def test_leaves_a_slower_class_than_the_categorys_to_a_supervisor(self) -> None:
        slower = make_reception(category="noise", class_=CaseClass.COMPLEX)
        for actor in (PUBLIC, make_actor(Role.AGENT, "atencion_ciudadano")):
            with pytest.raises(SlowerClassRefused):
                commands.register_case(slower, actor=actor, now=NOW)
            faster = make_reception(category="noise", class_=CaseClass.CRITICAL)
            assert commands.register_case(faster, actor=actor, now=NOW).class_ == CaseClass.CRITICAL

        boss = make_actor(Role.SUPERVISOR, "atencion_ciudadano")
        assert commands.register_case(slower, actor=boss, now=NOW).class_ == CaseClass.COMPLEX

    def test_keeps_no_personal_value_in_row_or_history(self) -> None:
        description = "Me llamo Rosa Quispe y vivo en Basadre 912."
        case = commands.register_case(make_reception(description=description), actor=PUBLIC, now=NOW)

        kept = str(Case.objects.filter(pk=case.pk).values()) + str(list(Event.objects.values("payload", "actor")))
        assert "Rosa" not in kept
        assert "Basadre" not in kept
        assert PersonalValue.objects.filter(value=description, subject_id=case.citizen_id).count() == 1

    def test_given_the_same_client_key_again_returns_the_same_case(self) -> None:
        reception = make_reception(client_key=uuid.uuid4())

        first = commands.register_case(reception, actor=PUBLIC, now=NOW)
        again = commands.register_case(reception, actor=PUBLIC, now=NOW + timedelta(minutes=1))

        assert (again.pk, Case.objects.count(), Citizen.objects.count()) == (first.pk, 1, 1)

    @pytest.mark.parametrize(
        ("given", "refusal"),
        [
            ({"description": " \n"}, DescriptionMissing),
            ({"description": "a" * 20_001}, TextTooLong),
            ({"claim_type": None}, ClaimTypeMismatch),
            ({"category": "no_such"}, CategoryUnknown),
            ({"person": make_person(contacts=())}, ContactMissing),
            ({"received_at": NOW + timedelta(seconds=1)}, OccurrenceRefused),
            ({"received_at": NOW - timedelta(hours=1)}, OccurrenceRefused),
        ],
        ids=lambda value: value.__name__ if isinstance(value, type) else "",
    )
    def test_refuses_what_is_missing_or_wrong_and_saves_nothing(
        self, given: dict[str, object], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            commands.register_case(make_reception(**given), actor=PUBLIC, now=NOW)

        assert (Case.objects.count(), Citizen.objects.count(), PersonalValue.objects.count()) == (0, 0, 0)

    def test_takes_a_person_without_contact_who_says_why(self) -> None:
        person = make_person(contacts=(), no_contact_reason="No tiene teléfono ni correo.")

        assert commands.register_case(make_reception(person=person), actor=PUBLIC, now=NOW).number

    def test_counts_from_the_channel_when_entered_late_with_its_source(self) -> None:
        earlier = NOW - timedelta(hours=5)
        case = commands.register_case(
            make_reception(received_at=earlier, source="hoja de papel"), actor=PUBLIC, now=NOW
        )

        assert case.received_at == earlier
        assert Event.objects.get(case=case, sequence=1).recorded_at == NOW

    def test_is_refused_to_staff_who_attend_nobody(self) -> None:
        with pytest.raises(RegistrationRefused):
            commands.register_case(make_reception(), actor=make_actor(Role.ANALYST, "alcaldia"), now=NOW)

    def test_opens_a_task_for_an_interpreter_and_one_for_the_state_platform(self) -> None:
        person = make_person(language="qu")
        case = commands.register_case(make_reception(category="poor_attention", person=person), actor=PUBLIC, now=NOW)

        assert set(case.tasks.values_list("kind", flat=True)) == {"interpreter", "move_to_platform"}

    @pytest.mark.parametrize(
        ("language", "is_asked"), [("", False), ("es", False), ("en", False), ("qu", True), ("ay", True), ("lsp", True)]
    )
    def test_asks_for_an_interpreter_of_what_the_service_does_not_speak(self, language: str, is_asked: bool) -> None:
        reception = make_reception(person=make_person(language=language))
        case = commands.register_case(reception, actor=PUBLIC, now=NOW)

        assert case.tasks.filter(kind="interpreter").exists() == is_asked

    def test_makes_a_restricted_case_findable_by_its_number_only(self) -> None:
        case = commands.register_case(make_reception(category="violence_or_child"), actor=PUBLIC, now=NOW)

        text = CaseText.objects.get(case=case)
        assert (text.title, text.search) == ("", None)


class TestRegisterAndSolve:
    def test_closes_an_inquiry_while_the_person_waits(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")

        case = commands.register_and_solve(
            make_reception(kind=RequestKind.INQUIRY),
            make_answer(),
            spoken_yes="Sí, gracias, ya entendí.",
            actor=agent,
            now=NOW,
        )

        types = list(case.events.order_by("sequence").values_list("type", flat=True))
        assert types == ["received", "registered", "answered", "confirmed", "closed"]
        assert (case.stage, case.closure) == (Stage.CLOSED, Closure.ON_THE_SPOT)

    def test_is_refused_for_what_takes_longer(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        for class_ in (CaseClass.COMPLEX, CaseClass.CRITICAL):
            with pytest.raises(NotOnTheSpot):
                commands.register_and_solve(
                    make_reception(class_=class_), make_answer(), spoken_yes="Sí.", actor=agent, now=NOW
                )

        assert Case.objects.count() == 0

    def test_needs_all_parts_of_the_answer(self) -> None:
        with pytest.raises(AnswerIncomplete):
            commands.register_and_solve(
                make_reception(kind=RequestKind.INQUIRY),
                make_answer(by_when=""),
                spoken_yes="Sí.",
                actor=make_actor(Role.AGENT, "atencion_ciudadano"),
                now=NOW,
            )
