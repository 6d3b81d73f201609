"""The duty roster as it is kept: turns, swaps and absences, each change in the register."""

from datetime import date, datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cercana.accounts import commands, queries
from cercana.accounts.errors import NotADutyOfficer, RosterClosed, RosterEntryGone, RosterEntryUnfit
from cercana.accounts.models import ChangeRecord, DutyTurn, User
from cercana.rules.access import Actor, Role
from cercana.rules.promises import LIMA
from tests.factories import make_user

# A Monday at noon.
NOW = datetime(2026, 11, 30, 12, tzinfo=LIMA)
TODAY = NOW.date()
DAY = timedelta(days=1)
EVENING = NOW.replace(hour=20)


@pytest.fixture
def ana() -> User:
    return make_user(Role.DUTY_OFFICER, "alcaldia", name="Ana Guardia")


@pytest.fixture
def beto() -> User:
    return make_user(Role.DUTY_OFFICER, "alcaldia", name="Beto Guardia")


@pytest.fixture
def head() -> Actor:
    return queries.actor_for(make_user(Role.SUPERVISOR, "obras_infraestructura", name="Carmen Jefa"), NOW)


def give(person: User, head: Actor, weekday: int = 0) -> int:
    """Return the turn from five in the evening to eight that ``person`` gets."""
    commands.add_turn(
        weekday=weekday, starts=time(17), ends=time(8), person=person.pk, first=TODAY, actor=head, now=NOW
    )
    return DutyTurn.objects.latest("pk").pk


def names_at(moment: datetime) -> list[str]:
    return [each.name for each in queries.on_duty(moment)]


class TestTheRoster:
    def test_puts_on_duty_whose_turn_it_is(self, ana: User, head: Actor) -> None:
        give(ana, head)

        assert names_at(EVENING) == ["Ana Guardia"]
        assert queries.actor_for(ana, EVENING).on_duty
        assert not queries.actor_for(ana, NOW).on_duty

    def test_ends_a_turn_and_keeps_that_it_was(self, ana: User, head: Actor) -> None:
        turn = give(ana, head)

        commands.end_turn(turn=turn, last=TODAY, actor=head, now=NOW)

        assert names_at(EVENING) == ["Ana Guardia"]
        assert names_at(EVENING + 7 * DAY) == []
        assert DutyTurn.objects.filter(pk=turn).exists()

    def test_swaps_one_day_and_back(self, ana: User, beto: User, head: Actor) -> None:
        turn = give(ana, head)

        commands.swap_turn(turn=turn, day=TODAY, person=beto.pk, actor=head, now=NOW)
        swapped = names_at(EVENING)
        commands.swap_turn(turn=turn, day=TODAY, person=None, actor=head, now=NOW)
        nobody = names_at(EVENING)
        commands.swap_turn(turn=turn, day=TODAY, person=ana.pk, actor=head, now=NOW)

        assert (swapped, nobody, names_at(EVENING)) == (["Beto Guardia"], [], ["Ana Guardia"])

    def test_leaves_a_gap_where_somebody_is_away_until_it_is_taken_back(self, ana: User, head: Actor) -> None:
        give(ana, head)
        until = EVENING + 4 * timedelta(hours=1)

        commands.add_absence(person=ana.pk, first=TODAY, last=TODAY, actor=head, now=NOW)
        gaps = queries.duty_gaps(EVENING, until)
        [absence] = queries.duty_absences(TODAY)
        commands.remove_absence(absence=absence.id, actor=head)

        assert [(each.starts_at, each.ends_at) for each in gaps] == [(EVENING, until)]
        assert queries.duty_gaps(EVENING, until) == ()
        with pytest.raises(RosterEntryGone):
            commands.remove_absence(absence=absence.id, actor=head)

    def test_leaves_a_gap_where_an_account_was_closed(self, ana: User, head: Actor) -> None:
        give(ana, head)

        User.objects.filter(pk=ana.pk).update(is_active=False)

        assert names_at(EVENING) == []
        assert queries.duty_gaps(EVENING, EVENING + timedelta(hours=1)) != ()

    def test_leaves_a_gap_where_the_account_of_who_took_a_turn_was_closed(
        self, ana: User, beto: User, head: Actor
    ) -> None:
        turn = give(ana, head)
        commands.swap_turn(turn=turn, day=TODAY, person=beto.pk, actor=head, now=NOW)

        User.objects.filter(pk=beto.pk).update(is_active=False)

        assert names_at(EVENING) == []

    def test_is_read_in_one_query(
        self, ana: User, head: Actor, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        give(ana, head)

        with django_assert_num_queries(1):
            queries.ids_on_duty(EVENING)

    def test_keeps_who_changed_what_for_ever(self, ana: User, beto: User, head: Actor) -> None:
        turn = give(ana, head)
        commands.swap_turn(turn=turn, day=TODAY, person=beto.pk, actor=head, now=NOW)
        commands.add_absence(person=ana.pk, first=TODAY, last=TODAY + DAY, actor=head, now=NOW)

        changes = queries.duty_changes()

        assert [each.who for each in changes] == ["Carmen Jefa"] * 3
        assert "Beto Guardia en lugar de Ana Guardia" in changes[1].words
        assert ChangeRecord.objects.count() == 3


class TestAChange:
    def test_is_for_who_supervises_an_area(self, ana: User) -> None:
        with pytest.raises(RosterClosed):
            give(ana, queries.actor_for(ana, NOW))

    def test_gives_a_turn_to_duty_officers_alone(self, head: Actor) -> None:
        officer = make_user(Role.AREA_OFFICER, "obras_infraestructura", name="Luis Obras")

        with pytest.raises(NotADutyOfficer, match="Luis Obras no tiene el cargo de guardia"):
            give(officer, head)

    @pytest.mark.parametrize("day", [TODAY - 7 * DAY, TODAY + DAY], ids=["over", "another weekday"])
    def test_of_one_day_wants_the_day_of_the_turn(self, ana: User, beto: User, head: Actor, day: date) -> None:
        turn = give(ana, head)

        with pytest.raises(RosterEntryUnfit):
            commands.swap_turn(turn=turn, day=day, person=beto.pk, actor=head, now=NOW)

    def test_ends_no_turn_in_the_past(self, ana: User, head: Actor) -> None:
        turn = give(ana, head)

        with pytest.raises(RosterEntryUnfit):
            commands.end_turn(turn=turn, last=TODAY - DAY, actor=head, now=NOW)

    def test_of_days_that_run_backwards_is_refused(self, ana: User, head: Actor) -> None:
        with pytest.raises(RosterEntryUnfit):
            commands.add_absence(person=ana.pk, first=TODAY + DAY, last=TODAY, actor=head, now=NOW)
