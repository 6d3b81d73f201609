from tools.messages import gather, read_catalogue


class TestEnglish:
    def test_lacks_nothing_that_the_public_reads(self) -> None:
        translated = {(message.context, message.id): message.string for message in read_catalogue()}

        missing = [
            message.id
            for message in gather()
            if message.id and not all(_as_tuple(translated.get((message.context, message.id), "")))
        ]

        assert missing == []

    def test_keeps_the_names_that_values_are_put_in(self) -> None:
        catalog = read_catalogue()

        assert [error for message in catalog for error in message.check(catalog)] == []


def _as_tuple(text: object) -> tuple[object, ...]:
    return text if isinstance(text, tuple) else (text,)
