"""``cercana triage`` answers each line in its place."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cercana.cases import commands
from cercana.command_line.triage import triage
from cercana.command_line.triage_export import exported_lines
from cercana.rules.access import Role
from cercana.rules.classification import ClaimType
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, make_actor, make_case, make_municipality, make_person

CORPORA = Path(__file__).parents[2] / "corpora" / "triage"


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


@pytest.mark.django_db
class TestExport:
    @pytest.fixture(autouse=True)
    def municipality(self) -> object:
        return make_municipality()

    def exported(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in exported_lines()]

    def test_gives_what_people_decided_in_the_form_of_the_corpus(self) -> None:
        make_case(Stage.REFERRED, claim_type=ClaimType.ERROR)

        (example,) = self.exported()

        assert set(example) - {"corrected"} == set(json.loads((CORPORA / "app.jsonl").read_text().splitlines()[0]))
        assert (example["kind"], example["claim_type"], example["class"]) == ("reclamo", "error", "complejo")
        assert (example["channel"], example["area"]) == ("app", "obras_infraestructura")
        assert "claim_type" in str(example["corrected"])

    def test_tells_neither_who_it_is_nor_where(self) -> None:
        person = make_person(name="Elvira Chávez Montoya")
        text = "Soy Elvira, vivo en Miguel Dasso 126, mi celular es 987 654 318. Quiero que parchen el bache."
        case = make_case(Stage.REFERRED, person=person, description=text, place="Miguel Dasso 126")

        written = json.dumps(self.exported(), ensure_ascii=False)

        assert "parchen el bache" in written
        for hidden in ("Elvira", "Dasso", "987", case.number):
            assert hidden not in written

    def test_leaves_out_what_nobody_sorted_what_is_reserved_and_what_was_erased(self) -> None:
        make_case()
        make_case(Stage.REFERRED, category="violence_or_child")
        erased = make_case(Stage.REFERRED)
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")
        commands.erase_citizen(erased.citizen_id, reason="Lo pide.", actor=keeper, now=NOW + timedelta(days=1))

        assert self.exported() == []

    def test_leaves_out_what_tells_of_a_vulnerable_person(self) -> None:
        make_case(Stage.REFERRED, description="Tengo 84 años, vivo sola y es la cuarta vez que reclamo por el ruido.")

        assert self.exported() == []
