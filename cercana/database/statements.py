"""Statements that pages ask again and again: their SQL is worked out once per shape, not once per request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# What may stand in a statement for a value that changes from one asking to the next; a datetime is a date.
StandIn: TypeAlias = str | date


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

    def rows(self, meant: Mapping[StandIn, object] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows, with what is ``meant`` in the place of what stands for it."""
        if not self.sql:
            return []
        known = meant or {}
        values: list[Any] = [known.get(each, each) if isinstance(each, StandIn) else each for each in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
