"""Statements that pages ask again and again: their SQL is worked out once per shape, not once per request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg.sql import Literal

# What may stand in a statement for a value that changes from one asking to the next; a datetime is a date.
StandIn: TypeAlias = str | date


@dataclass(frozen=True, slots=True)
class Statement:
    """A query as SQL, with a hole for each of its ``stand_ins``; empty if no row can ever answer it."""

    sql: str
    stand_ins: tuple[StandIn, ...] = ()

    @classmethod
    def of(cls, asked: QuerySet[Any, Any], *stand_ins: StandIn) -> "Statement":
        """Return what ``asked`` is in SQL, where ``stand_ins`` stand for what each request means by them."""
        try:
            sql, values = asked.query.sql_with_params()
        except EmptyResultSet:
            return cls("")
        # Written out once: to find the places of two hundred values takes longer than to answer some pages.
        holes = ["%s" if _is_among(stand_ins, each) else _literal(each) for each in values]
        filled = sql.replace("%%", "%%%%") % tuple(holes)
        return cls(filled, tuple(each for each in values if _is_among(stand_ins, each)))

    def rows(self, meant: Mapping[StandIn, object] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows, with what is ``meant`` in the place of each stand-in; raise KeyError if one is missing."""
        if not self.sql:
            return []
        known: Mapping[StandIn, Any] = meant or {}
        values = [known[each] for each in self.stand_ins]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _is_among(stand_ins: Sequence[StandIn], value: object) -> bool:
    return isinstance(value, StandIn) and value in stand_ins


def _literal(value: object) -> str:
    connection.ensure_connection()
    return Literal(value).as_string(connection.connection).replace("%", "%%")
