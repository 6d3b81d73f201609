from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from cercana.database.turns import take_turn


def _takes_turn(name: str) -> bool:
    """Tell whether this connection gets the turn of ``name`` at once, for one transaction."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '50ms'")
            take_turn(name)
    except OperationalError:
        return False
    finally:
        connection.close()
    return True


def is_free(name: str) -> bool:
    """Tell whether another connection gets the turn of ``name``."""
    with ThreadPoolExecutor(max_workers=1) as other:
        return other.submit(_takes_turn, name).result()


@pytest.mark.django_db
class TestTakeTurn:
    def test_has_others_wait_for_the_same(self) -> None:
        take_turn("mesa 1")

        assert not is_free("mesa 1")

    def test_ends_with_the_transaction(self) -> None:
        assert is_free("mesa 1")

        take_turn("mesa 1")

    def test_has_nobody_wait_for_another(self) -> None:
        take_turn("mesa 1")

        assert is_free("mesa 2")

    def test_can_be_taken_again_by_who_has_it(self) -> None:
        take_turn("mesa 1")
        take_turn("mesa 1")

        assert not is_free("mesa 1")
