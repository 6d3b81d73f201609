"""The watch on promises: each warning once, with its true instant, to whom it concerns (domain.md, Clocks)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.test import Client

from cercana.accounts.queries import actor_for
from cercana.cases import commands, queries
from cercana.cases.models import Case, Event, StaffNotice
from cercana.rules.access import Role
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import to_lima
from tests.factories import NOW, citizen_of, make_actor, make_case, make_user

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
TICK = timedelta(microseconds=1)
# What a case of 48 hours received on a Monday at ten is warned of; Wednesday at ten is within the hours of its area.
ALL_OF_48_HOURS = [
    (50, NOW + 24 * HOUR),
    (80, NOW + timedelta(hours=38, minutes=24)),
    (100, NOW + 48 * HOUR + TICK),
]


def lima(text: str) -> datetime:
    return to_lima(datetime.fromisoformat(text))


def warnings(case: Case, clock: str = "resolution") -> list[tuple[int, datetime]]:
    """Return level and true instant of each warning in the history of ``case``."""
    told = Event.objects.filter(case=case, type=EventType.WARNED, payload__clock=clock).order_by("sequence")
    return [(each.payload["level"], to_lima(each.occurred_at)) for each in told]


def watch(*moments: datetime) -> int:
    return sum(commands.watch_promises(now=moment).warned for moment in moments)


def faults() -> Sequence[object]:
    return [each for progress in queries.verify_cases() for each in progress.found]


class TestAWarning:
    def test_comes_at_half_at_four_fifths_and_at_the_end_of_a_clock(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, category="noise")

        watch(*(NOW + hour * HOUR + SECOND for hour in range(50)))

        assert warnings(case) == ALL_OF_48_HOURS
        assert faults() == []

    def test_of_a_service_that_was_down_for_days_has_its_true_instant(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, category="noise")

        watch(NOW + 72 * HOUR)

        assert warnings(case) == ALL_OF_48_HOURS
        assert faults() == []

    def test_is_not_repeated_when_the_clock_of_the_machine_jumps(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, category="noise")

        watch(NOW + 25 * HOUR, NOW + HOUR, NOW + 25 * HOUR, NOW + 26 * HOUR)

        assert [level for level, _ in warnings(case)] == [50]

    def test_of_the_first_response_comes_at_two_hours_and_not_a_second_before(self) -> None:
        case = make_case(category="violence_or_child")

        watch(NOW + HOUR, NOW + timedelta(hours=1, minutes=59, seconds=59))
        assert [level for level, _ in warnings(case, "first_response")] == [50, 80]
        watch(NOW + 2 * HOUR)

        assert warnings(case, "first_response")[-1] == (100, NOW + 2 * HOUR)

    def test_counts_to_the_last_moment_at_which_the_area_works(self) -> None:
        friday = lima("2026-11-20T16:40")
        case = make_case(Stage.IN_FOLLOW_UP, category="noise", now=friday)

        watch(friday + timedelta(minutes=4, seconds=30))

        # Due on Sunday, so resolved before 16:45 of Friday or late.
        assert warnings(case) == [(50, lima("2026-11-20T16:42:30")), (80, lima("2026-11-20T16:44"))]

    def test_is_suspended_by_an_answer_and_comes_when_it_is_contested(self) -> None:
        case = make_case(Stage.ANSWERED, category="noise")
        watch(NOW + 30 * HOUR)
        assert warnings(case) == []

        commands.contest(number=case.number, why="Sigue el ruido.", actor=citizen_of(case), now=NOW + 31 * HOUR)
        watch(NOW + 32 * HOUR)

        assert warnings(case) == ALL_OF_48_HOURS[:1]
        assert faults() == []

    def test_of_the_law_runs_beside_that_of_the_manual(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, legal_nature="neighbour_report", category="noise")

        watch(NOW + timedelta(days=60))

        assert [level for level, _ in warnings(case, "statutory")] == [50, 80, 100]


class TestANotice:
    def test_goes_to_the_owner_and_of_a_broken_promise_to_the_supervisor_too(self) -> None:
        owner, boss = make_user(Role.AREA_OFFICER, "fiscalizacion"), make_user(Role.SUPERVISOR, "fiscalizacion")
        make_case(Stage.IN_FOLLOW_UP, category="noise", officer=actor_for(owner, NOW))

        watch(NOW + 25 * HOUR)
        assert list(StaffNotice.objects.values_list("user", "level")) == [(owner.pk, 50)]
        watch(NOW + 49 * HOUR)

        unread = StaffNotice.objects.filter(read_at=None).values_list("user", "level")
        assert sorted(unread) == sorted([(owner.pk, 100), (boss.pk, 100)])

    def test_of_a_case_without_an_owner_goes_to_the_next_supervisor_above(self) -> None:
        boss = make_user(Role.SUPERVISOR, "alcaldia")
        make_case(Stage.REFERRED, category="noise")

        watch(NOW + 25 * HOUR)

        assert list(StaffNotice.objects.values_list("user", "level")) == [(boss.pk, 50)]

    def test_never_reaches_the_supervisor_complained_of(self) -> None:
        boss, above = make_user(Role.SUPERVISOR, "fiscalizacion"), make_user(Role.SUPERVISOR, "alcaldia")
        case = make_case(Stage.REFERRED, category="noise")
        Case.objects.filter(pk=case.pk).update(about_staff=True, complained_staff=boss)

        watch(NOW + 25 * HOUR)

        assert list(StaffNotice.objects.values_list("user", flat=True)) == [above.pk]

    def test_waits_for_the_morning_unless_the_case_is_critical(self) -> None:
        owner = make_actor(Role.SUPERVISOR, "fiscalizacion")
        saturday = lima("2026-11-28T10:00")
        make_case(Stage.IN_FOLLOW_UP, category="noise", officer=owner, now=lima("2026-11-26T12:00"))

        watch(saturday)

        assert queries.notices_of(owner, now=saturday) == []
        assert len(queries.notices_of(owner, now=lima("2026-11-30T07:00"))) == 1

    def test_is_listed_counted_and_marked_as_read_by_its_own_person_alone(self, client: Client) -> None:
        owner, other = make_user(Role.AREA_OFFICER, "fiscalizacion"), make_user(Role.AREA_OFFICER, "fiscalizacion")
        case = make_case(Stage.IN_FOLLOW_UP, category="noise", officer=actor_for(owner, NOW))
        watch(NOW + 25 * HOUR)
        StaffNotice.objects.update(shown_from=NOW - timedelta(days=400))
        [notice] = StaffNotice.objects.all()

        client.force_login(other)
        client.post("/mesa/avisos/leidos/", {"aviso": notice.pk})
        assert "No hay avisos" in client.get("/mesa/avisos/").content.decode()
        client.force_login(owner)
        page = client.get("/mesa/avisos/").content.decode()
        assert case.number in page
        assert "pasó el 50\N{NO-BREAK SPACE}% del plazo" in page
        client.post("/mesa/avisos/leidos/", {"aviso": notice.pk})

        assert "No hay avisos" in client.get("/mesa/avisos/").content.decode()


class TestSilence:
    def test_is_warned_of_once_after_two_working_days_without_a_word(self) -> None:
        owner = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=owner)

        watch(lima("2026-11-25T23:59:59"))
        assert warnings(case, "silence") == []
        watch(lima("2026-11-26T00:00:00"), lima("2026-11-26T08:00"), lima("2026-11-27T08:00"))

        assert warnings(case, "silence") == [(0, lima("2026-11-26T00:00"))]
        assert faults() == []

    def test_begins_anew_with_a_message(self) -> None:
        owner = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=owner)
        watch(lima("2026-11-26T08:00"))
        wrote = lima("2026-11-26T09:00")
        commands.write_to_citizen(number=case.number, text="Vamos el lunes.", actor=owner, now=wrote)

        watch(lima("2026-11-30T23:00"), lima("2026-12-01T00:00"))

        assert [at for _, at in warnings(case, "silence")] == [lima("2026-11-26T00:00"), lima("2026-12-01T00:00")]

    def test_is_none_while_the_word_is_with_the_citizen(self) -> None:
        case = make_case(Stage.ANSWERED)

        watch(NOW + timedelta(days=10))

        assert warnings(case, "silence") == []
