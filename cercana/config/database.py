"""How to reach the database that the environment names, or the embedded one."""

from typing import TypedDict

from cercana.config.environment import Database, Environment
from cercana.config.postgres import connection_of


class DjangoDatabase(TypedDict):
    """One entry of ``DATABASES``."""

    ENGINE: str
    NAME: str
    USER: str
    PASSWORD: str
    HOST: str
    PORT: str
    CONN_HEALTH_CHECKS: bool
    OPTIONS: dict[str, object]


def database_of(environment: Environment) -> Database:
    """Return where the database is: the server of ``DATABASE_URL``, or the embedded one of ``CERCANA_VAR``."""
    if environment.database is not None:
        return environment.database
    found = connection_of(environment.var)
    return Database(
        host=found.host, port=found.port, name=found.name, user=found.user, password=found.password, options={}
    )


def django_database(environment: Environment) -> DjangoDatabase:
    """Return Django's entry for that database."""
    database = database_of(environment)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.name,
        "USER": database.user,
        "PASSWORD": database.password,
        "HOST": database.host,
        "PORT": database.port,
        # The server may have been started anew since the pool last saw it.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **database.options,
            "pool": {"min_size": 1, "max_size": environment.database_pool, "timeout": 10},
        },
    }
