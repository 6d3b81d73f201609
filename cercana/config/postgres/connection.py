"""How to reach the embedded PostgreSQL."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from psycopg.conninfo import make_conninfo

# Part of the socket's name only: the server listens on no port.
PORT = "5432"
SUPERUSER = "postgres"
USER = "cercana"
DATABASE = "cercana"


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the server listens and how to sign in; ``host`` is the folder of its socket."""

    host: str
    password: str
    user: str = USER
    name: str = DATABASE
    port: str = PORT

    @property
    def conninfo(self) -> str:
        """Return the connection string for libpq and psycopg."""
        return make_conninfo(host=self.host, port=self.port, user=self.user, password=self.password, dbname=self.name)

    @property
    def url(self) -> str:
        """Return the same as a ``DATABASE_URL``."""
        user, password, name = (quote(part, safe="") for part in (self.user, self.password, self.name))
        return f"postgresql://{user}:{password}@/{name}?host={quote(self.host, safe='/')}&port={self.port}"

    @property
    def socket(self) -> Path:
        """Return the path of the socket."""
        return Path(self.host) / f".s.PGSQL.{self.port}"
