from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cercana.cases import commands
from cercana.cases.errors import CaseNotFound
from cercana.cases.queries import entrance_by_code, entrance_by_key, tracked_case
from cercana.rules.access import Role
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, ClockKind
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.tracking import tracking_code
from tests.factories import NOW, citizen_of, make_actor, make_answer, make_case

SECRET = b"un secreto de las pruebas"


class TestTrackedCase:
    def test_tells_the_citizen_where_their_case_stands(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP)

        seen = tracked_case(citizen_of(case), number=case.number)

        assert (seen.number, seen.stage, seen.area, seen.person) == (
            case.number,
            Stage.IN_FOLLOW_UP,
            "Obras e Infraestructura",
            "Rosa",
        )
        assert [each.type for each in seen.happenings] == [
            EventType.RECEIVED,
            EventType.REGISTERED,
            EventType.REFERRED,
            EventType.TAKEN,
        ]

    def test_carries_the_promise_that_the_history_keeps(self) -> None:
        case = make_case()

        clock = tracked_case(citizen_of(case), number=case.number).clock(ClockKind.RESOLUTION)

        assert clock is not None
        assert clock.due_at == case.clocks.get(kind="resolution").due_at

    def test_shows_words_of_both_sides(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        commands.write_to_citizen(number=case.number, text="¿Sigue ahí el bache?", actor=officer, now=NOW)
        commands.receive_message(
            number=case.number, text="Sí, y creció.", channel="app", actor=citizen_of(case), now=NOW
        )

        seen = tracked_case(citizen_of(case), number=case.number)

        asked, replied = seen.newest(EventType.WROTE), seen.newest(EventType.MESSAGE_RECEIVED)
        assert asked is not None
        assert (asked.texts["text"], asked.is_mine, asked.area) == (
            "¿Sigue ahí el bache?",
            False,
            "Obras e Infraestructura",
        )
        assert replied is not None
        assert (replied.texts["text"], replied.is_mine) == ("Sí, y creció.", True)

    def test_names_staff_by_their_first_name_alone(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)

        taken = tracked_case(citizen_of(case), number=case.number).newest(EventType.TAKEN)

        assert taken is not None
        assert taken.author == officer.name.split()[0] != officer.name

    def test_shows_nothing_internal(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        commands.add_note(number=case.number, text="nota para el equipo", actor=officer, now=NOW)
        commands.log_conversation(
            number=case.number, text="dice que está molesta", means="phone", actor=officer, now=NOW
        )
        commands.forward_outside(number=case.number, entity="Sedapal", proof="cargo interno 88", actor=officer, now=NOW)

        seen = str(tracked_case(citizen_of(case), number=case.number))

        assert "Sedapal" in seen
        for internal in ("nota para el equipo", "está molesta", "cargo interno 88", "noted"):
            assert internal not in seen

    def test_offers_what_fits_the_stage(self) -> None:
        answered, closed = make_case(Stage.ANSWERED), make_case(Stage.CLOSED)

        assert {Act.CONFIRM, Act.CONTEST, Act.WITHDRAW} <= tracked_case(
            citizen_of(answered), number=answered.number
        ).acts
        acts = tracked_case(citizen_of(closed), number=closed.number).acts
        assert {Act.REOPEN, Act.GIVE_OPINION, Act.RECEIVE_MESSAGE} <= acts
        assert Act.CONFIRM not in acts

    def test_is_not_for_the_citizen_of_another_case(self) -> None:
        case, other = make_case(), make_case()

        with pytest.raises(CaseNotFound):
            tracked_case(citizen_of(other), number=case.number)

    def test_shows_an_erased_case_without_its_words(self) -> None:
        case = make_case()
        officer = make_actor(Role.DATA_PROTECTION, "atencion_ciudadano")
        commands.erase_citizen(case.citizen_id, reason="a pedido", actor=officer, now=NOW)

        seen = tracked_case(citizen_of(case), number=case.number)

        assert (seen.is_erased, seen.person, seen.title) == (True, "", "")
        assert all(not each.texts for each in seen.happenings)

    def test_takes_four_statements_however_long_the_history(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        for minute in range(5):
            commands.write_to_citizen(
                number=case.number, text=f"Noticia {minute}", actor=officer, now=NOW + timedelta(minutes=minute)
            )
        commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=NOW)

        with django_assert_num_queries(4):
            tracked_case(citizen_of(case), number=case.number)

    def test_knows_since_when_a_case_is_critical(self) -> None:
        case = make_case(category="violence_or_child")

        seen = tracked_case(citizen_of(case), number=case.number)

        assert seen.class_ is CaseClass.CRITICAL
        assert seen.title == ""


class TestEntrance:
    def test_opens_with_number_and_code(self) -> None:
        case = make_case()
        code = tracking_code(SECRET, str(case.key), case.access_generation)

        entrance = entrance_by_code(case.number, code.lower(), secret=SECRET)

        assert entrance is not None
        assert entrance.key == case.key

    def test_tells_nothing_apart(self) -> None:
        case = make_case()
        code = tracking_code(SECRET, str(case.key), case.access_generation)

        assert entrance_by_code(case.number, "2222-2222", secret=SECRET) is None
        assert entrance_by_code("SI-2026-999999-X", code, secret=SECRET) is None

    def test_does_not_open_after_the_code_was_changed(self) -> None:
        case = make_case()
        code = tracking_code(SECRET, str(case.key), case.access_generation)
        commands.revoke_access(number=case.number, actor=citizen_of(case), now=NOW)

        assert entrance_by_code(case.number, code, secret=SECRET) is None
        assert entrance_by_key(case.key, case.access_generation) is None
        assert entrance_by_key(case.key, case.access_generation + 1) is not None
