"""Rows as PostgreSQL's COPY reads them: binary, which it takes in fastest, or lines of text."""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
# The signature, no flags, no extension; at the end, a row of -1 columns.
_HEADER, _TRAILER = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
NULL = b"\xff\xff\xff\xff"
# The lengths that stand before a bigint or an instant, a UUID, a hash.
EIGHT, SIXTEEN, THIRTY_TWO = (length.to_bytes(4, "big") for length in (8, 16, 32))


def copy_lines(connection: Connection[Any], table: str, columns: str, lines: Sequence[bytes]) -> None:
    """Write ``lines``, each ended by a line break, into ``columns`` of ``table``; both names are ours."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        copy.write(b"".join(lines))


def copy_rows(connection: Connection[Any], table: str, columns: str, rows: Sequence[bytes]) -> None:
    """Write ``rows``, each a ``row_start`` and its columns, into ``columns`` of ``table``; both names are ours."""
    statement = f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(b"".join([_HEADER, *rows, _TRAILER]))


def copy_text(text: str) -> str:
    """Return ``text`` as a column of a line."""
    return text.translate(_ESCAPES)


def row_start(columns: int) -> bytes:
    """Return what a binary row of so many ``columns`` begins with."""
    return columns.to_bytes(2, "big")


def column(content: bytes) -> bytes:
    """Return a binary column: its length and its content."""
    return len(content).to_bytes(4, "big") + content


def text_column(text: str) -> bytes:
    """Return the binary column of a ``text``."""
    return column(text.encode())


def flag_column(*, is_set: bool) -> bytes:
    """Return the binary column of a boolean."""
    return column(b"\1" if is_set else b"\0")
