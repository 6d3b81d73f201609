"""How Django reaches the database that the environment names, or the embedded one."""

from typing import TypedDict

from cercana.config.environment import Database, Environment
from cercana.config.postgres.places import connection_of


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


def django_database(environment: Environment) -> DjangoDatabase:
    """Return Django's entry for the server of ``DATABASE_URL``, or for the embedded one in ``CERCANA_VAR``."""
    database = environment.database or _embedded(environment)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.name,
        "USER": database.user,
        "PASSWORD": database.password,
        "HOST": database.host,
        "PORT": database.port,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **database.options,
            "pool": {"min_size": 1, "max_size": environment.database_pool, "timeout": 10},
        },
    }


def _embedded(environment: Environment) -> Database:
    found = connection_of(environment.var)
    return Database(
        host=found.host, port=found.port, name=found.name, user=found.user, password=found.password, options={}
    )
