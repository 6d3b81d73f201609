"""Turns: what two requests must not do at once, one does after the other, on whatever node they run."""

from django.db import connection


def take_turn(name: str) -> None:
    """Wait until nobody else has the turn of ``name``, and keep it until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
