import pytest
from click.testing import CliRunner, Result

from cercana.command_line.number import number


def check(*arguments: str) -> Result:
    return CliRunner().invoke(number, ["check", *arguments])


class TestNumberCheck:
    @pytest.mark.parametrize("text", [["SI-2026-004217-G"], ["si2026004217g"], ["SI", "2026", "004217", "G"]])
    def test_accepts_a_well_formed_number(self, text: list[str]) -> None:
        result = check(*text)

        assert (result.exit_code, result.stdout) == (0, "SI-2026-004217-G está bien escrito.\n")

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("SI-2026-004217-H", "Ese número no existe; la letra final no coincide."),
            ("SI-2026-004271-G", "Ese número no existe; la letra final no coincide."),
            ("LM-2026-004217-G", "los nuestros empiezan con SI"),
            ("4217", "un número de caso se ve así: SI-2026-004217-G"),
        ],
    )
    def test_refuses_any_other_and_says_why(self, text: str, reason: str) -> None:
        result = check(text)

        assert result.exit_code == 1
        assert reason in result.stdout

    def test_knows_the_prefix_of_another_municipality(self) -> None:
        assert check("LM-2026-004217-G", "--prefix", "lm").exit_code == 0
