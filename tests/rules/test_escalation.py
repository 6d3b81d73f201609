from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.access import Actor, ActorKind, Facts, Membership, Role
from cercana.rules.escalation import Call, Heads, MadeCall, Rung, ladder, next_call
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, Given

TOP, ABOVE, AREA = "alcaldia", "gerencia", "obras"
REACH = {TOP: {TOP, ABOVE, AREA}, ABOVE: {ABOVE, AREA}, AREA: {AREA}}
MINUTE = timedelta(minutes=1)


def head(staff: int, area: str) -> Actor:
    return Actor(ActorKind.STAFF, staff, memberships=(Membership(Role.SUPERVISOR, area, frozenset(REACH[area])),))


def duty(staff: int, area: str = "", site: str = "") -> Actor:
    own = Membership(Role.DUTY_OFFICER, area, frozenset({area}), site)
    return Actor(ActorKind.STAFF, staff, memberships=(own,), on_duty=True)


def facts(**given: Given) -> Facts:
    return Facts(**{"key": "case", "stage": Stage.REFERRED, "area": AREA, "is_critical": True, **given})


CHAIN = (Heads(AREA, (head(2, AREA),)), Heads(ABOVE, (head(3, ABOVE),)), Heads(TOP, (head(4, TOP),)))
WHOLE = ((Rung.DUTY, (1,)), (Rung.AREA_HEAD, (2,)), (Rung.HIGHER_HEAD, (3,)), (Rung.MANAGER, (4,)))


def called(calls: tuple[Call, ...]) -> tuple[tuple[Rung, tuple[int, ...]], ...]:
    return tuple((call.rung, call.staff) for call in calls)


class TestLadder:
    def test_goes_from_the_duty_officer_over_the_heads_to_the_manager(self) -> None:
        assert called(ladder([duty(1)], CHAIN, facts())) == WHOLE

    def test_falls_to_the_chain_in_a_gap_of_the_roster(self) -> None:
        assert called(ladder([], CHAIN, facts())) == WHOLE[1:]

    def test_leaves_out_a_rung_that_nobody_holds(self) -> None:
        chain = (CHAIN[0], Heads(ABOVE, ()), CHAIN[2])

        assert called(ladder([duty(1)], chain, facts())) == (WHOLE[0], WHOLE[1], WHOLE[3])

    def test_calls_everybody_of_a_rung_at_once(self) -> None:
        chain = (Heads(AREA, (head(2, AREA), head(5, AREA))), *CHAIN[1:])

        assert called(ladder([], chain, facts()))[0] == (Rung.AREA_HEAD, (2, 5))

    def test_calls_whoever_stands_on_two_rungs_on_the_lower_one(self) -> None:
        chain = (CHAIN[0], Heads(ABOVE, (head(2, ABOVE), head(3, ABOVE))), CHAIN[2])

        assert called(ladder([], chain, facts())) == WHOLE[1:]

    @pytest.mark.parametrize("staff", [1, 2, 3, 4])
    def test_never_calls_whom_the_complaint_is_about(self, staff: int) -> None:
        calls = ladder([duty(1)], CHAIN, facts(about_staff=True, complained_staff_id=staff))

        assert called(calls) == tuple(each for each in WHOLE if each[1] != (staff,))

    @pytest.mark.parametrize("staff", [1, 2, 3, 4])
    def test_never_calls_who_abstained(self, staff: int) -> None:
        calls = ladder([duty(1)], CHAIN, facts(abstained=frozenset({staff})))

        assert called(calls) == tuple(each for each in WHOLE if each[1] != (staff,))

    def test_never_calls_the_desk_complained_of_while_nobody_is_identified(self) -> None:
        about = facts(about_staff=True, complained_area=AREA, complained_site="central")

        assert called(ladder([duty(1, AREA, "central")], CHAIN, about)) == WHOLE[1:]

    def test_may_be_empty(self) -> None:
        assert ladder([], (), facts()) == ()


RUNGS = st.lists(
    st.builds(Call, st.sampled_from(Rung), st.sampled_from(["", AREA, ABOVE, TOP]), st.tuples(st.integers(1, 9))),
    unique_by=lambda call: (call.rung, call.area),
    max_size=6,
)


def climb(rungs: list[Call], times: int) -> list[Call]:
    """Return whom an alarm calls when nobody ever answers."""
    calls: list[Call] = []
    for _ in range(times):
        made = [MadeCall(each.rung, each.area, each.staff, NOW) for each in calls]
        call = next_call(rungs, made)
        assert call is not None
        calls.append(call)
    return calls


class TestNextCall:
    def test_is_nobody_where_nobody_can_be_called(self) -> None:
        assert next_call((), ()) is None

    @given(rungs=RUNGS.filter(bool), rounds=st.integers(1, 4))
    def test_goes_round_the_ladder_in_its_order(self, rungs: list[Call], rounds: int) -> None:
        assert climb(rungs, rounds * len(rungs)) == rungs * rounds

    @given(rungs=RUNGS.filter(bool), times=st.integers(1, 12))
    def test_reaches_a_rung_that_appears_before_it_repeats_one(self, rungs: list[Call], times: int) -> None:
        made = [MadeCall(each.rung, each.area, each.staff, NOW) for each in climb(rungs, max(times, len(rungs)))]
        new = Call(Rung.AREA_HEAD, "otra", (99,))

        assert next_call([*rungs, new], made) == new
