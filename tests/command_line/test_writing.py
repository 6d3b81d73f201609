"""``cercana writing check`` answers each line in its place."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from cercana.command_line.situations import situation_of
from cercana.command_line.writing import writing
from cercana.rules.classification import ClaimType, RequestKind


def run(*options: str, lines: str) -> Result:
    return CliRunner().invoke(writing, ["check", *options], input=lines)


class TestCheck:
    def test_answers_in_the_codes_of_the_interface(self) -> None:
        text = "Buenos días. Gracias por avisar. Su expediente sale mañana a las 9."
        answer = json.loads(run("--jsonl", lines=json.dumps({"id": "7", "text": text})).stdout)
        assert (answer["id"], answer["ok"], answer["problems"]) == ("7", False, ["tecnicismos"])
        assert answer["reading_ease"] > 55
        (found,) = answer["findings"]
        assert found == {
            "label": "tecnicismos",
            "start": 36,
            "end": 46,
            "words": "expediente",
            "proposal": "caso",
            "rule": "M2.1c",
        }

    def test_heeds_the_context(self) -> None:
        line = json.dumps(
            {"id": 1, "text": "Hola. Mañana va el técnico.", "context": {"kind": "reclamo", "late": True}}
        )
        assert json.loads(run("--jsonl", lines=line).stdout)["problems"] == ["sin_empatia", "sin_disculpa"]

    def test_answers_a_bad_line_in_its_place_and_ends_with_1(self) -> None:
        result = run("--jsonl", lines='{"text": "hola"}\nnada\n[]\n{"text": 1}\n{"text": "hola"}\n')
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        assert ["error" in answer for answer in answers] == [False, True, True, True, False]
        assert result.exit_code == 1

    def test_needs_lines(self) -> None:
        assert run(lines="").exit_code == 2

    def test_starts_without_django(self) -> None:
        program = "import sys, cercana.command_line.writing; sys.exit('django' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


class TestSituationOf:
    @pytest.mark.parametrize("context", [None, "x", [], 7, {}, {"kind": 5, "late": {}, "known": 3, "fault": "quizás"}])
    def test_says_nothing_of_what_is_absent_or_strange(self, context: object) -> None:
        found = situation_of(context)
        assert (found.kind, found.is_late, found.is_our_fault, found.known) == (None, False, None, frozenset())

    def test_reads_other_names_for_the_same(self) -> None:
        found = situation_of({"tipo": "Reclamo", "tipo_reclamo": "demora", "vencido": "sí", "mensaje": "¿Cuándo?"})
        assert (found.kind, found.claim_type, found.is_late) == (RequestKind.CLAIM, ClaimType.DELAY, True)
        assert found.question == "¿Cuándo?"

    def test_reads_what_is_known_from_a_list_or_an_object(self) -> None:
        assert situation_of({"known": ["DNI", "telefono"]}).known == {"documento", "telefono"}
        assert situation_of({"known": {"photo": True, "email": None}}).known == {"foto"}
