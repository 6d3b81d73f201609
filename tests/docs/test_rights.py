"""The rights that the guide gives to the account that serves: enough for every stage, too few to change history."""

import re
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction

from cercana.cases.models import Event
from cercana.rules.lifecycle import Stage
from tests.factories import make_case, make_municipality

GUIDE = Path(__file__).parents[2] / "docs" / "guias" / "postgresql.md"


@pytest.fixture
def served(db: None) -> None:
    """Serve with the rights of the guide; the account of the tests may not make another, so it takes them itself."""
    [rights] = re.findall(r"```sql\n(GRANT.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    make_municipality()
    with connection.cursor() as cursor:
        cursor.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM CURRENT_USER")
        cursor.execute(rights.replace("cercana_servicio", "CURRENT_USER"))


@pytest.mark.usefixtures("served")
class TestTheAccountThatServes:
    @pytest.mark.parametrize("stage", [Stage.REGISTERED, Stage.ANSWERED, Stage.CLOSED])
    def test_takes_a_case_to_any_stage(self, stage: Stage) -> None:
        assert make_case(stage).stage == stage

    @pytest.mark.parametrize(
        "change",
        ["UPDATE cases_event SET payload = '{}'", "DELETE FROM cases_event", "TRUNCATE cases_event CASCADE"],
    )
    def test_may_not_change_what_happened(self, change: str) -> None:
        make_case()

        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)

        assert Event.objects.exists()
