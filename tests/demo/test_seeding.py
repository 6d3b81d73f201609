"""Very many cases to measure with: their chains and projections hold like those of any other."""

from contextlib import closing
from datetime import datetime

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction

from cercana.cases.models import Case, CaseText
from cercana.cases.queries import unfinished, verify_cases
from cercana.citizens.commands import ContactKind, normalize_contact
from cercana.citizens.models import ContactPoint
from cercana.demo.errors import DemonstrationMissing
from cercana.demo.seeding import refresh_statistics, seed_cases
from cercana.demo.today import play_today
from cercana.rules import case_number
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from tests.factories import NOW

SEED = 7


def _structure() -> list[str]:
    """Return every index and every constraint there is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE NOT indrelid::regclass::text LIKE 'pg\\_%'"
            " UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE conrelid <> 0 ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


def _seeded_for_nothing() -> list[tuple[datetime, str, str, str]]:
    """Seed, and return what was there before all is undone: when, by whom and about what."""
    with transaction.atomic():
        newest = Case.objects.latest("id").pk
        list(seed_cases(cases=50, seed=SEED, now=NOW, most_open=20))
        told = Case.objects.filter(pk__gt=newest).order_by("pk")
        found = list(told.values_list("received_at", "category_id", "citizen__name", "text__title"))
        transaction.set_rollback(True)
    return found


def _unfinished() -> list[int]:
    """Return the events that something still has to follow."""
    found = unfinished("any", EventType, since=NOW.replace(year=2020), until=NOW.replace(year=2030), most=9999)
    return [each.event_id for each in found]


class TestSeedCases:
    def test_refuses_to_begin_without_the_demonstration(self, db: None) -> None:
        with pytest.raises(DemonstrationMissing):
            next(seed_cases(cases=1, seed=SEED, now=NOW))

    @pytest.mark.usefixtures("demonstration")
    def test_adds_cases_that_verification_finds_in_order(self) -> None:
        play_today(seed=SEED, now=NOW)
        before = Case.objects.count()

        progress = list(seed_cases(cases=200, seed=SEED, now=NOW, most_open=60))

        assert (progress[-1].done, progress[-1].total) == (200, 200)
        assert Case.objects.count() == before + 200
        assert Case.objects.exclude(stage=Stage.CLOSED).count() == 60
        assert [each for checked in verify_cases() for each in checked.found] == []
        assert all(case_number.parse(case.number, "SI") for case in Case.objects.all())
        assert CaseText.objects.count() == Case.objects.count()

    @pytest.mark.usefixtures("demonstration")
    def test_adds_cases_that_their_words_find(self) -> None:
        play_today(seed=SEED, now=NOW)
        newest = Case.objects.latest("id").pk
        list(seed_cases(cases=20, seed=SEED, now=NOW))

        copied = CaseText.objects.filter(case_id__gt=newest).exclude(title="").order_by("case_id")[0]

        by_words = CaseText.objects.filter(search=SearchQuery(copied.place, config="simple"))
        assert copied.pk in by_words.values_list("pk", flat=True)

    @pytest.mark.usefixtures("demonstration")
    def test_adds_people_whose_contacts_are_compared_like_any_others(self) -> None:
        play_today(seed=SEED, now=NOW)

        list(seed_cases(cases=20, seed=SEED, now=NOW))

        contacts = ContactPoint.objects.values_list("kind", "value", "normalized")
        assert [each for each in contacts if normalize_contact(ContactKind(each[0]), each[1]) != each[2]] == []

    @pytest.mark.usefixtures("demonstration")
    def test_invents_the_same_for_the_same_seed(self) -> None:
        play_today(seed=SEED, now=NOW)

        first, second = _seeded_for_nothing(), _seeded_for_nothing()

        assert len(first) == 50
        assert first == second

    @pytest.mark.usefixtures("demonstration")
    def test_leaves_every_key_and_index_as_it_was(self) -> None:
        play_today(seed=SEED, now=NOW)
        before = _structure()

        list(seed_cases(cases=5, seed=SEED, now=NOW))

        assert _structure() == before

    @pytest.mark.usefixtures("demonstration")
    def test_cut_off_leaves_everything_as_it_was(self) -> None:
        play_today(seed=SEED, now=NOW)
        before, cases = _structure(), Case.objects.count()

        with closing(seed_cases(cases=2000, seed=SEED, now=NOW)) as seeding:
            next(seeding)

        assert (_structure(), Case.objects.count()) == (before, cases)

    @pytest.mark.usefixtures("demonstration")
    def test_leaves_to_the_sweep_of_reactions_what_it_had_to_do_before(self) -> None:
        play_today(seed=SEED, now=NOW)
        before = _unfinished()

        list(seed_cases(cases=20, seed=SEED, now=NOW))

        assert before
        assert _unfinished() == before


class TestRefreshStatistics:
    @pytest.mark.usefixtures("committed")
    def test_lets_postgresql_know_how_many_rows_there_are(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE thousand AS SELECT generate_series(1, 1000) AS number")
            refresh_statistics()
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'thousand'::regclass")
            found = cursor.fetchone()[0]
            cursor.execute("DROP TABLE thousand")

        assert found == 1000
