"""How telephone numbers and initials are written."""

import pytest

from cercana.ui.contacts import initials, phone, phone_link


class TestPhone:
    @pytest.mark.parametrize(
        ("number", "words"),
        [
            ("+5113190450", "(01) 319-0450"),
            ("013190450", "(01) 319-0450"),
            ("+51987654321", "987 654 321"),
            ("+34911234567", "+34 911 23 45 67"),
            ("116", "116"),
            ("anexo 2040", "anexo 2040"),
        ],
    )
    def test_is_written_as_people_in_peru_do(self, number: str, words: str) -> None:
        assert phone(number).replace("\xa0", " ") == words

    def test_is_not_broken_over_two_lines(self) -> None:
        assert " " not in phone("+51987654321")

    @pytest.mark.parametrize(("number", "link"), [("(01) 319-0450", "tel:+5113190450"), ("116", "tel:116")])
    def test_can_be_dialled(self, number: str, link: str) -> None:
        assert phone_link(number) == link


class TestInitials:
    @pytest.mark.parametrize(
        ("name", "letters"),
        [
            ("Rosa Huamán", "RH"),
            ("Teresa Gamarra Villanueva", "TG"),
            ("Juan Carlos Oblitas Meza", "JO"),
            ("Silvia Ponce de la Torre", "SP"),
            ("élida", "É"),
            ("", ""),
        ],
    )
    def test_are_those_of_given_name_and_surname(self, name: str, letters: str) -> None:
        assert initials(name) == letters
