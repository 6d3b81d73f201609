from pathlib import Path

import pytest

from cercana.organization import peru_holidays
from cercana.rules import peru_days


class TestMain:
    def test_prints_the_table_as_shipped(self, capsys: pytest.CaptureFixture[str]) -> None:
        peru_holidays.main()

        shipped = Path(peru_days.__file__).with_name("peru_days.csv").read_text(encoding="utf-8")
        assert capsys.readouterr().out == shipped, "the law changed: print the table anew (see peru_days.py)"
