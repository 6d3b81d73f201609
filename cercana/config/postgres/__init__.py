"""
The PostgreSQL that Cercana brings along, for whoever has no server (decision record 0001).

``EmbeddedPostgres`` runs it; ``connection_of`` tells other processes of the same ``var`` how to reach it;
``bin_path`` finds ``pg_dump`` and the like. Linux only; the server listens on a Unix socket and no port.
"""

from cercana.config.postgres.account import make_var
from cercana.config.postgres.binaries import bin_path
from cercana.config.postgres.connection import Connection
from cercana.config.postgres.embedded import EmbeddedPostgres
from cercana.config.postgres.places import connection_of

__all__ = ["Connection", "EmbeddedPostgres", "bin_path", "connection_of", "make_var"]
