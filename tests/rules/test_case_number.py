import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_2

from cercana.rules.case_number import (
    CaseNumber,
    NumberMalformed,
    NumberOfAnotherPrefix,
    NumberUnknown,
    check_character,
    issue,
    parse,
)

SOME_SEQUENCES = [1, 42, 4217, 100000, 110011, 123456, 654321, 987654, 999999, 1000000, 1234567, 23456789]
SOME_NUMBERS = [number for sequence in SOME_SEQUENCES if (number := issue("SI", 2026, sequence))]
DASHES = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"
# Spaces are not characters of a number: they count as nothing, so one in place of a digit is a digit missing.
LOOK_ALIKES = (
    "\N{LATIN SMALL LETTER LONG S}\N{LATIN SMALL LETTER DOTLESS I}\N{FULLWIDTH DIGIT ONE}\N{ARABIC-INDIC DIGIT FOUR}"
)
WRONG_CHARACTERS = string.digits + string.ascii_letters + string.punctuation + DASHES + "\0Ññ²" + LOOK_ALIKES


def sequences() -> st.SearchStrategy[int]:
    return st.integers(1, 30_000_000)


def is_refused(text: str) -> bool:
    try:
        parse(text, "SI")
    except NumberUnknown:
        return True
    return False


class TestCheckCharacter:
    def test_of_the_example_is_g(self) -> None:
        assert check_character(2026, 4217) == "G"

    @given(st.integers(2020, 2099), sequences())
    def test_is_the_one_of_iso_7064_mod_37_2(self, year: int, sequence: int) -> None:
        assert check_character(year, sequence) == mod_37_2.calc_check_digit(f"{year}{sequence:06d}")


class TestIssue:
    def test_writes_prefix_year_six_digits_and_check(self) -> None:
        assert issue("SI", 2026, 4217) == "SI-2026-004217-G"

    def test_lets_the_sequence_grow_past_six_digits(self) -> None:
        number = issue("SI", 2026, 1234567)

        assert number is not None
        assert number.startswith("SI-2026-1234567-")

    def test_skips_the_values_whose_check_would_be_a_star_an_o_or_an_i(self) -> None:
        checks = {sequence: check_character(2026, sequence) for sequence in range(1, 2000)}
        skipped = {sequence for sequence in checks if issue("SI", 2026, sequence) is None}

        assert skipped == {sequence for sequence, check in checks.items() if check in "*OI"}
        assert skipped

    @given(sequences())
    def test_writes_what_can_be_read_back(self, sequence: int) -> None:
        number = issue("SI", 2026, sequence)

        assert number is None or parse(number, "SI") == CaseNumber("SI", 2026, sequence)


class TestParse:
    @pytest.mark.parametrize(
        "text",
        [
            "SI-2026-004217-G",
            "si-2026-004217-g",
            "SI 2026 004217 G",
            " SI-2026-004217-G\n",
            "SI-2026-004 217-G",
            "SI2026004217G",
            "2026004217g",
            "2026-004217-G",
            "SI-2026004217G",
            "SI\N{EN DASH}2026\N{EN DASH}004217\N{EN DASH}G",
            "SI\N{NO-BREAK SPACE}2026-004217-G",
            "SI.2026.004217.G",
            "SI\N{FULLWIDTH HYPHEN-MINUS}2026\N{HORIZONTAL BAR}004217-G.",
            "SI-2O26-OO4217-G",
            "2o26oo4217g",
        ],
    )
    def test_forgives_what_does_not_change_the_number(self, text: str) -> None:
        assert str(parse(text, "SI")) == "SI-2026-004217-G"

    @pytest.mark.parametrize("text", ["LM-2026-004217-G", "S-2026-004217-G", "IS-2026-004217-G", "SIX2026004217G"])
    def test_refuses_the_prefix_of_another(self, text: str) -> None:
        with pytest.raises(NumberOfAnotherPrefix, match="los nuestros empiezan con SI"):
            parse(text, "SI")

    def test_refuses_a_check_character_that_does_not_fit(self) -> None:
        with pytest.raises(NumberUnknown, match=r"^Ese número no existe; la letra final no coincide\.$"):
            parse("SI-2026-004217-H", "SI")

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "SI",
            "hola",
            "SI-2026-4217-G",
            "SI-2026-004217",
            "SI-202-6004217-G",
            "SI-2026-0004217-G",
            "-2026-004217-G",
        ],
    )
    def test_refuses_what_does_not_look_like_a_number_and_shows_one(self, text: str) -> None:
        with pytest.raises(NumberMalformed, match="SI-2026-004217-G"):
            parse(text, "SI")

    def test_reads_an_o_at_the_end_as_a_zero(self) -> None:
        numbers = filter(None, (issue("SI", 2026, sequence) for sequence in range(1, 2000)))
        number = next(each for each in numbers if each.endswith("0"))

        assert str(parse(number[:-1] + "o", "SI")) == number

    def test_refuses_a_star_an_o_and_an_i_even_where_they_fit(self) -> None:
        fitting = {f"SI-2026-{sequence:06d}-{check_character(2026, sequence)}" for sequence in range(1, 2000)}

        assert {text for text in fitting if is_refused(text)} == {text for text in fitting if text[-1] in "*OI"}

    @pytest.mark.parametrize("number", SOME_NUMBERS)
    def test_refuses_every_wrong_character_at_every_place(self, number: str) -> None:
        accepted = [
            wrong
            for place, right in enumerate(number)
            for character in WRONG_CHARACTERS
            if character not in (right, right.lower()) and not (right == "-" and character in f"{DASHES}.")
            if not (right == "0" and character in "oO")
            if not is_refused(wrong := number[:place] + character + number[place + 1 :])
        ]

        assert accepted == []

    @pytest.mark.parametrize("place", [0, 1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 15])
    def test_refuses_a_missing_character(self, place: int) -> None:
        assert is_refused("SI-2026-004217-G"[:place] + " " + "SI-2026-004217-G"[place + 1 :])

    @pytest.mark.parametrize("number", SOME_NUMBERS)
    def test_refuses_every_swap_of_neighbours(self, number: str) -> None:
        accepted = [
            wrong
            for place in range(len(number) - 1)
            if number[place] != number[place + 1]
            if not is_refused(wrong := number[:place] + number[place + 1] + number[place] + number[place + 2 :])
        ]

        assert accepted == []

    def test_refuses_every_wrong_digit_of_a_thousand_numbers(self) -> None:
        accepted = [
            wrong
            for number in filter(None, (issue("SI", 2026, sequence) for sequence in range(1, 1000)))
            for place, right in enumerate(number)
            if right.isdigit()
            for digit in string.digits
            if digit != right and not is_refused(wrong := number[:place] + digit + number[place + 1 :])
        ]

        assert accepted == []

    @given(st.text())
    def test_answers_any_text_with_a_number_or_a_refusal(self, text: str) -> None:
        assert is_refused(text) or str(parse(text, "SI")).startswith("SI-")
