"""Three months of life: invented the same way each time, performed by the real commands, and never twice."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cercana.cases.models import Case, Clock, Event, Reaction
from cercana.cases.queries.verification import verify_cases
from cercana.cases.recording import REPLAYED
from cercana.demo.arrivals import HISTORY_CASES, HISTORY_DAYS
from cercana.demo.cues import Script, Verb
from cercana.demo.errors import DemonstrationMissing
from cercana.demo.history import history_start, perform_history, play_history, write_history
from cercana.demo.offices import Offices, read_offices
from cercana.demo.today import play_today
from cercana.rules.classification import CaseClass, ClockKind
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockStatus
from cercana.rules.promises import to_lima
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("demonstration")

SEED = 7
FIRST = to_lima(NOW).date() - timedelta(days=HISTORY_DAYS - 1)


@pytest.fixture(scope="class")
def offices(entered: None) -> Offices:
    """Return the demonstration municipality."""
    return read_offices(to_lima(NOW).date())


@pytest.fixture(scope="class")
def scripts(offices: Offices) -> list[Script]:
    """Return the three months before NOW."""
    return write_history(SEED, FIRST, offices)


def sample(scripts: Sequence[Script]) -> list[Script]:
    """Return the newest scripts, which are still open, and some older ones with what is rare."""
    rare = {
        Verb.CONTEST,
        Verb.REOPEN,
        Verb.HAND_BACK,
        Verb.ABSTAIN,
        Verb.RECLASSIFY,
        Verb.CLOSE,
        Verb.AGREE,
        Verb.NOTIFICATION_FAILED,
        Verb.WITHDRAW,
        Verb.IDENTIFY_STAFF,
        Verb.FORWARD,
        Verb.FINISH_TASKS,
    }
    old = scripts[:-400]
    chosen = [next(each for each in old if verb in verbs_of(each)) for verb in rare]
    chosen += [next(each for each in old if each.echo is not None), *old[:4]]
    chosen += [each for each in scripts if each.arrival.at <= NOW][-40:]
    return sorted({each.key: each for each in chosen}.values(), key=lambda each: each.arrival.at)


def verbs_of(script: Script) -> set[Verb]:
    """Return what happens in ``script``."""
    return {cue.verb for cue in script.cues}


def perform_all(scripts: Sequence[Script], offices: Offices) -> None:
    """Perform ``scripts`` up to NOW."""
    for _ in perform_history(scripts, offices, now=NOW, first=FIRST):
        pass


class TestWriteHistory:
    def test_invents_the_same_for_the_same_seed_and_day(self, offices: Offices, scripts: list[Script]) -> None:
        assert write_history(SEED, FIRST, offices) == scripts
        assert write_history(SEED + 1, FIRST, offices) != scripts

    def test_tells_two_thousand_cases_from_three_hundred_texts(self, scripts: list[Script]) -> None:
        told = Counter(script.arrival.story.id for script in scripts)

        assert len(scripts) == HISTORY_CASES >= 2000
        assert len(told) >= 300
        assert max(told.values()) <= 9

    def test_lets_nobody_tell_the_same_story_twice_in_a_few_days(self, scripts: list[Script]) -> None:
        last: dict[str, date] = {}
        for script in scripts:
            day = to_lima(script.arrival.at).date()
            before = last.get(script.arrival.story.id)
            assert before is None or (day - before).days >= 4
            last[script.arrival.story.id] = day

    def test_is_quiet_on_sundays_and_busy_on_mondays(self, scripts: list[Script]) -> None:
        by_weekday = Counter(to_lima(script.arrival.at).weekday() for script in scripts)

        assert by_weekday[6] < by_weekday[5] < by_weekday[0]

    def test_runs_every_case_forward(self, scripts: list[Script]) -> None:
        for script in scripts:
            moments = [script.arrival.at, *(cue.at for cue in script.cues)]
            assert moments == sorted(moments)

    @pytest.mark.parametrize("first", [date(2026, 8, 27) + timedelta(days=days) for days in (0, 11, 30, 61, 124, 200)])
    def test_tells_of_a_forwarding_after_it_on_whatever_day_it_begins(self, offices: Offices, first: date) -> None:
        for script in write_history(2026, first, offices):
            verbs = [cue.verb for cue in script.cues]
            assert Verb.FORWARD not in verbs or verbs.index(Verb.FORWARD) < verbs.index(Verb.ANSWER)

    @pytest.mark.parametrize("first", [date(2026, 8, 27) + timedelta(days=days) for days in (0, 30, 124)])
    def test_lets_nobody_at_the_window_decide_what_the_law_leaves_to_the_head_above(
        self, offices: Offices, first: date
    ) -> None:
        for script in write_history(2026, first, offices):
            is_solved_there = any(cue.verb is Verb.SOLVE for cue in script.cues)
            assert not (is_solved_there and offices.is_decided_above(script.arrival.story.category))

    def test_keeps_the_worst_to_a_tenth(self, scripts: list[Script]) -> None:
        critical = sum(script.arrival.story.class_ is CaseClass.CRITICAL for script in scripts)
        contested = sum(Verb.CONTEST in verbs_of(script) for script in scripts)
        reopened = sum(Verb.REOPEN in verbs_of(script) for script in scripts)

        assert 0.07 < critical / len(scripts) < 0.15
        assert 0.04 < contested / len(scripts) < 0.08
        assert 0.015 < reopened / len(scripts) < 0.045


class TestPerformHistory:
    def test_reaches_every_stage_and_keeps_projection_and_chain(self, offices: Offices, scripts: list[Script]) -> None:
        perform_all(sample(scripts), offices)

        assert set(Case.objects.values_list("stage", flat=True)) == set(Stage) - {Stage.RECEIVED}
        assert Case.objects.filter(contested_count__gt=0).exists()
        assert Case.objects.filter(reopened_count__gt=0).exists()
        assert Case.objects.exclude(merged_into="").exists()
        assert [each for progress in verify_cases() for each in progress.found] == []

    def test_breaks_promises_when_an_answer_comes_late(self, offices: Offices, scripts: list[Script]) -> None:
        late = next(each for each in scripts[:-400] if is_late(each, offices))

        perform_all([late], offices)

        clock = Clock.objects.get(kind=ClockKind.RESOLUTION, round=1)
        assert clock.status == ClockStatus.BREACHED

    def test_sends_nothing(self, offices: Offices, scripts: list[Script]) -> None:
        perform_all(scripts[:3], offices)

        assert not ProcrastinateJob.objects.exists()
        marked = Reaction.objects.filter(handler=REPLAYED).count()
        assert marked == Event.objects.count() > 0

    def test_goes_on_where_it_was_cut_off_and_never_does_a_case_twice(
        self, offices: Offices, scripts: list[Script]
    ) -> None:
        some = [each for each in scripts if each.echo is None][:5]
        for _ in islice(perform_history(some, offices, now=NOW, first=FIRST), 3):
            pass
        before = Event.objects.count()

        perform_all(some, offices)

        assert Case.objects.count() == 5
        assert Event.objects.filter(case__in=Case.objects.order_by("id")[:3]).count() == before


def is_late(script: Script, offices: Offices) -> bool:
    """Tell whether the first answer comes after the promise of a simple case that stays one."""
    story = script.arrival.story
    answers = [cue.at for cue in script.cues if cue.verb is Verb.ANSWER]
    is_plain = story.class_ is script.first_class is CaseClass.SIMPLE
    return is_plain and bool(answers) and answers[0] > script.arrival.at + timedelta(hours=48)


class TestPlayHistory:
    def test_begins_after_base_only(self) -> None:
        with pytest.raises(DemonstrationMissing):
            next(play_history(seed=SEED, now=NOW))

    def test_ends_with_the_day_on_which_base_was_loaded(self) -> None:
        play_today(seed=SEED, now=NOW)

        assert history_start(SEED, NOW + timedelta(days=3)) == FIRST

    def test_uses_older_numbers_than_those_of_today(self, offices: Offices, scripts: list[Script]) -> None:
        play_today(seed=SEED, now=NOW)
        newest_past = scripts[-1:]

        perform_all(scripts[:1] + newest_past, offices)

        numbers = list(Case.objects.order_by("received_at").values_list("number", flat=True))
        assert min(numbers) == numbers[0]
