"""Giving the connection back while somebody outside is waited for."""

from django.db import connection


def let_go_of_database() -> None:
    """Give the connection back, unless it is in the middle of a transaction; the next statement takes another."""
    if not connection.in_atomic_block:
        connection.close()
