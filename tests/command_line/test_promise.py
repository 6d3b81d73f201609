import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from cercana.command_line.promise import promise


def run(*arguments: str, lines: str | bytes = "") -> Result:
    return CliRunner().invoke(promise, arguments, input=lines)


class TestPromise:
    def test_prints_the_promise_as_json(self) -> None:
        result = run("--received", "2026-11-20T16:40", "--class", "simple")

        assert result.exit_code == 0
        assert json.loads(result.stdout) == {
            "first_response_due": None,
            "resolution_due": "2026-11-22T16:40:00-05:00",
        }

    def test_takes_the_moment_at_which_it_became_critical(self) -> None:
        result = run(
            "--received", "2026-11-23T09:00", "--class", "complex", "--became-critical", "2026-11-30T20:00-05:00"
        )

        assert json.loads(result.stdout) == {
            "first_response_due": "2026-11-30T22:00:00-05:00",
            "resolution_due": "2026-11-30T23:59:59-05:00",
        }

    @pytest.mark.parametrize(
        ("arguments", "exit_code", "reason"),
        [
            ([], 2, "--received and --class"),
            (["--received", "2026-11-20T16:40"], 2, "--received and --class"),
            (["--received", "2026-11-20T16:40", "--class", "urgent"], 2, "'simple', 'complex', 'critical'"),
            (["--received", "ayer", "--class", "simple"], 1, "ISO 8601"),
            (["--received", "1926-11-20T16:40", "--class", "simple"], 1, "no conoce el año 1926"),
            (["--received", "2040-12-30T16:40", "--class", "complex"], 1, "no conoce el año 2041"),
        ],
    )
    def test_says_what_is_wrong(self, arguments: list[str], exit_code: int, reason: str) -> None:
        result = run(*arguments)

        assert result.exit_code == exit_code
        assert result.stdout == ""
        assert reason in result.stderr


class TestPromiseLines:
    def test_answer_each_case_in_its_place(self) -> None:
        result = run(
            "--jsonl",
            lines='{"received": "2026-11-20T22:00", "class": "critical"}\n'
            '{"received": "2026-11-21T21:40:00Z", "class": "simple", "became_critical": null}\n'
            '{"received": "2026-11-23T09:00", "class": "complex", "became_critical": "2026-11-30T20:00"}',
        )

        assert result.exit_code == 0
        assert [json.loads(line) for line in result.stdout.splitlines()] == [
            {"first_response_due": "2026-11-21T00:00:00-05:00", "resolution_due": "2026-11-21T22:00:00-05:00"},
            {"first_response_due": None, "resolution_due": "2026-11-23T16:40:00-05:00"},
            {"first_response_due": "2026-11-30T22:00:00-05:00", "resolution_due": "2026-11-30T23:59:59-05:00"},
        ]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b"", "no es JSON"),
            (b"received=2026", "no es JSON"),
            (b"\xff", "no es JSON"),
            (b"[" * 100_000, "no es JSON"),
            (b"[]", "no es un objeto"),
            (b"{}", "«class»"),
            (b'{"received": "2026-11-20T16:40", "class": "SIMPLE"}', "«class» debe ser una de estas: simple"),
            (b'{"received": "2026-11-20T16:40", "class": ["simple"]}', "«class»"),
            (b'{"class": "simple"}', "«received» debe ser un instante"),
            (b'{"received": null, "class": "simple"}', "«received»"),
            (b'{"received": 20261120, "class": "simple"}', "«received»"),
            (b'{"received": "2026-11-20", "class": "simple"}', "con hora"),
            (b'{"received": "2026-02-29T10:00", "class": "simple"}', "«received»"),
            (b'{"received": "0001-01-01T00:00+00:00", "class": "simple"}', "no conoce el a"),
            (b'{"received": "9999-12-31T23:59", "class": "critical"}', "no conoce el año 9999".encode().decode()),
            (b'{"received": "2026-11-20T16:40", "class": "simple", "became_critical": ""}', "«became_critical»"),
            (
                b'{"received": "2026-11-20T16:40", "class": "simple", "became_critical": "2026-11-20T16:39"}',
                "antes de su recepci",
            ),
        ],
    )
    def test_give_an_error_in_the_place_of_a_bad_line(self, line: bytes, reason: str) -> None:
        good = b'{"received": "2026-11-20T16:40", "class": "simple"}'
        result = run("--jsonl", lines=b"\n".join([good, line, good, b""]))
        first, bad, last = (json.loads(answer) for answer in result.stdout.splitlines())

        assert result.exit_code == 1
        assert first == last == {"first_response_due": None, "resolution_due": "2026-11-22T16:40:00-05:00"}
        assert list(bad) == ["error"]
        assert reason in bad["error"]

    def test_of_nothing_are_nothing(self) -> None:
        result = run("--jsonl")

        assert (result.exit_code, result.stdout) == (0, "")

    def test_pass_through_a_real_process(self) -> None:
        program = "from cercana.command_line.promise import promise; promise()"
        finished = subprocess.run(
            [sys.executable, "-c", program, "--jsonl"],
            input='\ufeff{"received": "2026-11-20T16:40", "class": "simple"}\nñ\n',
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

        assert finished.returncode == 1
        assert finished.stdout == (
            '{"first_response_due": null, "resolution_due": "2026-11-22T16:40:00-05:00"}\n'
            '{"error": "La línea no es JSON."}\n'
        )
        assert finished.stderr == ""
