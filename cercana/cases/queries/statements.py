"""Statements that pages ask again and again: their SQL is worked out once per shape, not once per request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# They stand in a statement for the moments of the request that asks it.
NOW, TOMORROW = datetime(1, 1, 2, tzinfo=UTC), datetime(1, 1, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Statement:
    """A query as SQL with its values; empty if no row can ever answer it."""

    sql: str
    values: tuple[Any, ...] = ()

    @classmethod
    def of(cls, asked: QuerySet[Any, Any]) -> "Statement":
        """Return what ``asked`` is in SQL."""
        try:
            sql, values = asked.query.sql_with_params()
        except EmptyResultSet:
            return cls("")
        return cls(sql, tuple(values))

    def rows(self, moments: Mapping[datetime, datetime]) -> list[tuple[Any, ...]]:
        """Return the rows, with ``moments`` in the place of what stands for them."""
        if not self.sql:
            return []
        values = [moments.get(each, each) if isinstance(each, datetime) else each for each in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
