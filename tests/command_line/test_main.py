import subprocess
import sys
from importlib import import_module

import pytest
from click.testing import CliRunner

from cercana.command_line.main import main

_COMMANDS = (
    "run", "serve", "web", "worker", "migrate", "manage", "setup", "doctor", "backup", "restore", "verify", "demo",
    "simulate", "critical", "api", "promise", "number", "triage",
    "writing", "mail",
)  # fmt: skip


class TestMain:
    def test_tells_every_command_in_a_line(self) -> None:
        told = CliRunner().invoke(main, ["--help"]).output

        assert tuple(main.entries) == _COMMANDS
        assert all(f"\n  {name} " in told for name in _COMMANDS)

    @pytest.mark.parametrize("name", _COMMANDS)
    def test_finds_every_command_where_the_table_says(self, name: str) -> None:
        module, _, attribute = main.entries[name].place.partition(":")

        assert hasattr(import_module(module), attribute)

    @pytest.mark.parametrize("arguments", [["--help"], ["promise", "--help"], ["number", "check", "SI-2026-004217-G"]])
    def test_does_not_wait_for_django_without_need(self, arguments: list[str]) -> None:
        program = f"import sys; from cercana.command_line.main import main; main({arguments}, standalone_mode=False);"
        program += "sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"

        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

    def test_refuses_in_a_sentence_and_with_a_status(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CERCANA_BIND", "ocho mil")

        refused = CliRunner().invoke(main, ["doctor"])

        assert refused.exit_code == 1
        assert refused.output.startswith("Error: La variable CERCANA_BIND está mal puesta")

    def test_does_not_know_what_is_not_there(self) -> None:
        assert CliRunner().invoke(main, ["fly"]).exit_code == 2
