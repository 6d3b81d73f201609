from pathlib import Path

import pytest
from click.testing import CliRunner

from cercana.cases.models import AccessRecord
from cercana.cases.queries import wall_cases
from cercana.command_line.critical import critical
from cercana.desk.critical_sheet import sheet_rows
from cercana.rules.access import SYSTEM
from cercana.ui.moments import clock
from tests.critical.scenes import HOUR, make_chain, make_critical, ring
from tests.factories import NOW, make_case, make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town() -> None:
    make_municipality()


def test_the_sheet_is_a_pdf_and_its_making_is_recorded(tmp_path: Path) -> None:
    make_chain()
    case = make_critical()
    ring(case)

    result = CliRunner().invoke(critical, ["sheet", "--output", str(tmp_path / "hoja.pdf")])

    assert (result.exit_code, "1 casos críticos abiertos" in result.stderr) == (0, True)
    assert (tmp_path / "hoja.pdf").read_bytes().startswith(b"%PDF-")
    assert AccessRecord.objects.get().numbers == [case.number]


def test_the_sheet_tells_of_each_open_critical_case_and_of_no_other() -> None:
    make_chain()
    case = make_critical(place="Calle Los Tulipanes 120")
    make_case()

    (row,) = sheet_rows(wall_cases(SYSTEM))

    assert row["number"] == case.number
    assert row["place"] == "Calle Los Tulipanes 120"
    assert row["response"] == f"hasta 23/11, {clock(NOW + 2 * HOUR)}"
    assert row["resolution"] == f"hasta 24/11, {clock(NOW)}"


def test_without_a_critical_case_the_sheet_still_has_the_protocol(tmp_path: Path) -> None:
    result = CliRunner().invoke(critical, ["sheet", "--output", "-"])

    assert result.stdout_bytes.startswith(b"%PDF-")
