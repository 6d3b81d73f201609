from collections.abc import Iterable
from dataclasses import replace
from multiprocessing import active_children
from typing import Any

import pgtrigger
import psycopg
import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from cercana.cases.models import Case, Event
from cercana.cases.proof import CaseRange, Statements
from cercana.cases.queries import Discrepancy, verify_cases
from cercana.cases.queries.verification import Progress
from cercana.cases.shared_proof import Moment, ProofCutOff, check_shared
from cercana.command_line.verify import verify
from cercana.rules.lifecycle import Stage
from tests.factories import make_case, make_municipality


def found_by(proof: Iterable[Progress]) -> list[Discrepancy]:
    return [each for progress in proof for each in progress.found]


def elsewhere() -> psycopg.Connection[Any]:
    """Return another connection to the database of the test."""
    info = connection.connection.info
    return psycopg.connect(info.dsn, password=info.password)


@pytest.mark.usefixtures("db")
class TestVerify:
    def test_says_that_all_is_well(self) -> None:
        make_municipality()
        make_case(Stage.REFERRED)

        result = CliRunner().invoke(verify)

        assert result.exit_code == 0
        assert result.stdout.startswith("1 casos y 3 registros revisados")
        assert result.stdout.endswith("todo coincide.\n")

    def test_names_a_case_that_differs_and_exits_with_1(self) -> None:
        make_municipality()
        case = make_case()
        Case.objects.update(stage=Stage.ANSWERED)

        result = CliRunner().invoke(verify)

        assert result.exit_code == 1
        assert result.stdout.startswith(f"{case.number}: difiere en stage\n")
        assert result.stdout.endswith("1 con diferencias.\n")

    def test_has_nothing_to_say_about_an_empty_database(self) -> None:
        assert CliRunner().invoke(verify).exit_code == 0


@pytest.mark.usefixtures("committed")
class TestVerifyCasesInSeveralProcesses:
    def test_finds_what_one_process_finds_in_the_same_order(self) -> None:
        cases = [make_case(Stage.IN_FOLLOW_UP) for _ in range(20)]
        with pgtrigger.ignore("cases.Event:append_only"):
            Event.objects.filter(case=cases[3], sequence=2).delete()
            Event.objects.filter(case=cases[8], sequence=3).update(actor="system")
        Case.objects.filter(pk=cases[15].pk).update(stage=Stage.ANSWERED)

        alone = list(verify_cases(batch=1))

        assert list(verify_cases(batch=1, processes=2)) == alone
        assert found_by(alone) == [
            Discrepancy(cases[3].number, "la cadena se corta en el registro 2"),
            Discrepancy(cases[8].number, "el registro 3 no es el que se guardó"),
            Discrepancy(cases[15].number, "difiere en stage"),
        ]

    @pytest.mark.parametrize("processes", [1, 2])
    def test_proves_one_moment_although_cases_change_meanwhile(self, processes: int) -> None:
        cases = [make_case() for _ in range(16)]
        proof = verify_cases(batch=1, processes=processes)
        next(proof)

        with elsewhere() as other:
            other.execute("UPDATE cases_case SET language = 'qu' WHERE id = %s", [cases[-1].pk])

        assert found_by(proof) == []
        assert found_by(verify_cases()) == [Discrepancy(cases[-1].number, "difiere en language")]

    def test_says_so_when_a_process_dies(self) -> None:
        nothing = "SELECT 1 WHERE %s > %s"
        statements = Statements(nothing, nothing, nothing, nothing, nothing)
        # So many that no process comes to their end before it is killed: a full pipe makes it wait.
        ranges = [CaseRange(0, 0)] * 50_000
        with transaction.atomic():
            proof = check_shared(Moment.seen_by(connection.connection), statements, ranges, processes=2)
            next(proof)
            active_children()[0].kill()

            with pytest.raises(ProofCutOff):
                list(proof)

        assert active_children() == []

    def test_says_so_when_a_process_cannot_begin(self, capfd: pytest.CaptureFixture[str]) -> None:
        with transaction.atomic():
            moment = replace(Moment.seen_by(connection.connection), snapshot="00000000-00000000-1")

            with pytest.raises(ProofCutOff):
                list(check_shared(moment, Statements("", "", "", "", ""), [CaseRange(0, 0)] * 2, processes=2))

        assert "snapshot" in capfd.readouterr().err
