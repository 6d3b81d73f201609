from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from cercana.config.jobs import sweep_cache

pytestmark = pytest.mark.django_db


def keys_kept() -> int:
    """Return how many rows the cache of all nodes holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM config_cache")
        return int(cursor.fetchone()[0])


class TestTheCache:
    def test_forgets_no_counter_because_others_are_many(self) -> None:
        cache.set("a_counter_of_tries", 5, timeout=600)

        for other in range(350):
            cache.set(f"b{other}", 1, timeout=600)

        assert cache.get("a_counter_of_tries") == 5


class TestSweepCache:
    def test_drops_what_is_over_and_nothing_else(self) -> None:
        cache.set("lasting", 1, timeout=600)
        cache.set("over", 1, timeout=600)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE config_cache SET expires = %s WHERE cache_key LIKE %s",
                [timezone.now() - timedelta(seconds=1), "%over"],
            )

        sweep_cache(0)

        assert (keys_kept(), cache.get("lasting")) == (1, 1)
