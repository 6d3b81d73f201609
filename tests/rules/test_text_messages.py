"""Texts in the letters of the telephone network, and how many messages they take."""

import pytest

from cercana.rules.text_messages import in_network_letters, messages_for


class TestInNetworkLetters:
    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("código, aquí, última", "codigo, aqui, ultima"),
            ("¿Ñandú? ¡Sí!", "¿Ñandu? ¡Si!"),
            ("é ü ñ ¿ ¡", "é ü ñ ¿ ¡"),
            ("«así» – 5…", '"asi" - 5...'),
            ("👍", "?"),
        ],
    )
    def test_keeps_what_the_network_knows(self, text: str, written: str) -> None:
        assert in_network_letters(text) == written


class TestMessagesFor:
    @pytest.mark.parametrize(
        ("text", "messages"), [("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 81, 2), ("a" * 307, 3)]
    )
    def test_counts_as_the_bill_does(self, text: str, messages: int) -> None:
        assert messages_for(text) == messages
