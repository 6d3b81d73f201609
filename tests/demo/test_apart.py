"""What is made in a process of its own arrives here, and its failure too."""

import os
from collections.abc import Iterator
from itertools import count

import pytest

from cercana.demo.apart import made_apart


def _three() -> Iterator[tuple[int, int]]:
    for number in range(3):
        yield number, os.getpid()


def _one_then_failure() -> Iterator[int]:
    yield 1
    raise ZeroDivisionError


class TestMadeApart:
    def test_yields_in_order_what_another_process_makes(self) -> None:
        made = list(made_apart(_three))

        assert [number for number, _ in made] == [0, 1, 2]
        assert {maker for _, maker in made}.isdisjoint({os.getpid()})

    def test_fails_when_it_fails_there(self, capfd: pytest.CaptureFixture[str]) -> None:
        making = made_apart(_one_then_failure)

        assert next(making) == 1
        with pytest.raises(ChildProcessError):
            next(making)
        assert "ZeroDivisionError" in capfd.readouterr().err

    def test_ends_the_other_process_when_no_more_is_wanted(self) -> None:
        making = made_apart(lambda: ((number, os.getpid()) for number in count()))
        _, maker = next(making)

        making.close()

        with pytest.raises(ProcessLookupError):
            os.kill(maker, 0)
