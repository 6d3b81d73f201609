"""``cercana triage`` answers each line in its place."""

import json

from click.testing import CliRunner, Result

from cercana.command_line.triage import triage


def run(*options: str, lines: str) -> Result:
    return CliRunner().invoke(triage, options, input=lines)


class TestTriage:
    def test_answers_in_the_codes_of_the_interface(self) -> None:
        line = json.dumps({"id": "7", "channel": "app", "text": "Huele a gas en mi edificio y estoy mareado"})
        answer = json.loads(run("--jsonl", lines=line).stdout)
        assert answer["id"] == "7"
        assert answer["critical"] is True
        assert answer["critical_reasons"] == ["riesgo_salud_seguridad"]
        assert answer["class"] == "critico"
        assert {"label": "riesgo_salud_seguridad", "words": "Huele a gas", "start": 0, "end": 11} in answer["why"]

    def test_answers_a_bad_line_in_its_place_and_ends_with_1(self) -> None:
        result = run("--jsonl", lines='{"text": "hola"}\nnada\n[]\n{"text": 1}\n{"text": "hola"}\n')
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        assert ["error" in answer for answer in answers] == [False, True, True, True, False]
        assert result.exit_code == 1

    def test_compares_pairs(self) -> None:
        line = json.dumps({"a": "Bache en Roma 330", "b": "bache en roma 330"})
        answer = json.loads(run("--duplicates", "--jsonl", lines=line).stdout)
        assert answer["same_matter"] is True
        assert 0 <= answer["score"] <= 1

    def test_needs_lines(self) -> None:
        assert run(lines="").exit_code == 2
