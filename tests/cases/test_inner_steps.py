"""The steps inside the municipality that the law gives days: reminded of by the watch, once each (peru.md §11)."""

from datetime import datetime, timedelta

from cercana.accounts.queries import actor_for
from cercana.cases import commands, queries
from cercana.cases.models import Case, Clock, Event, StaffNotice
from cercana.rules.access import Role
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockStatus
from cercana.rules.promises import to_lima
from tests.factories import NOW, citizen_of, make_actor, make_case, make_user

DAY = timedelta(days=1)
# Three and two working days after Monday, 23 November.
THURSDAY_OVER = to_lima(datetime.fromisoformat("2026-11-27T00:00"))
WEDNESDAY_OVER = to_lima(datetime.fromisoformat("2026-11-26T00:00"))


def warned(case: Case, kind: str) -> list[int]:
    told = Event.objects.filter(case=case, type=EventType.WARNED, payload__clock=kind).order_by("sequence")
    return [each.payload["level"] for each in told]


def watch_for_a_week() -> None:
    for hours in range(0, 7 * 24, 6):
        commands.watch_promises(now=NOW + timedelta(hours=hours))


def is_sound() -> bool:
    return not any(progress.found for progress in queries.verify_cases())


class TestDeriving:
    def test_of_a_legal_case_is_reminded_of_before_three_working_days_are_over_and_then(self) -> None:
        head = make_user(Role.SUPERVISOR, "atencion_ciudadano")
        case = make_case(legal_nature="neighbour_report", category="noise")

        watch_for_a_week()

        assert Clock.objects.get(case=case, kind="derive").due_at == THURSDAY_OVER
        assert warned(case, "derive") == [80, 100]
        assert set(StaffNotice.objects.filter(clock__kind="derive").values_list("user", flat=True)) == {head.pk}
        assert is_sound()

    def test_is_done_once_an_area_has_the_case(self) -> None:
        case = make_case(Stage.REFERRED, legal_nature="neighbour_report", category="noise")

        watch_for_a_week()

        assert Clock.objects.get(case=case, kind="derive").status == ClockStatus.MET
        assert warned(case, "derive") == []

    def test_is_no_matter_of_a_case_without_a_term(self) -> None:
        case = make_case(category="noise")

        assert not Clock.objects.filter(case=case, kind="derive").exists()


class TestDecidingAnAbstention:
    def test_is_reminded_of_to_the_superior_and_not_to_the_owner(self) -> None:
        owner, boss = (make_user(role, "obras_infraestructura") for role in (Role.AREA_OFFICER, Role.SUPERVISOR))
        actor = actor_for(owner, NOW)
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor)
        commands.abstain(number=case.number, cause="friendship", text="Es mi vecina.", actor=actor, now=NOW + DAY / 24)

        watch_for_a_week()

        assert warned(case, "decide") == [80, 100]
        told = StaffNotice.objects.filter(clock__kind="decide").values_list("user", flat=True)
        assert set(told) == {boss.pk}
        commands.decide_abstention(
            number=case.number,
            staff=owner.pk,
            granted=False,
            owner=None,
            actor=actor_for(boss, NOW),
            now=NOW + 8 * DAY,
        )
        assert Clock.objects.get(case=case, kind="decide").status == ClockStatus.BREACHED
        assert is_sound()


class TestNotifying:
    def test_an_answer_is_reminded_of_within_two_working_days_and_outlives_the_closure(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "fiscalizacion")
        case = make_case(Stage.ANSWERED, officer=officer, legal_nature="neighbour_report", category="noise")
        commands.confirm(number=case.number, actor=citizen_of(case), now=NOW + DAY)
        assert Clock.objects.get(case=case, kind="notify").due_at == WEDNESDAY_OVER

        watch_for_a_week()
        assert warned(case, "notify") == [80, 100]
        commands.notify(number=case.number, means="letter", authorised=True, actor=officer, now=NOW + 8 * DAY)

        assert Clock.objects.get(case=case, kind="notify").status == ClockStatus.BREACHED
        assert is_sound()

    def test_begins_anew_with_the_answer_after_a_no(self) -> None:
        case = make_case(Stage.ANSWERED, legal_nature="neighbour_report", category="noise")

        commands.contest(number=case.number, why="Sigue.", actor=citizen_of(case), now=NOW + DAY)

        assert Clock.objects.get(case=case, kind="notify").status == ClockStatus.VOID
        assert is_sound()


class TestInnerSteps:
    def test_do_not_drive_the_queue(self) -> None:
        plain, legal = make_case(category="noise"), make_case(legal_nature="neighbour_report", category="noise")

        assert plain.attention_due_at == legal.attention_due_at
