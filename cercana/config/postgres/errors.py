"""What can keep the embedded PostgreSQL from serving, each with a sentence that says what to do."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class PostgresMissing(DomainError):
    """The wheel with the binaries of PostgreSQL is not installed."""

    code: ClassVar[str] = "postgres.missing"
    message: ClassVar[str] = (
        "Falta el PostgreSQL integrado. Instálalo con «make run» o indica un servidor tuyo en DATABASE_URL."
    )
    status: ClassVar[int] = 503


class AlreadyRunning(DomainError):
    """Another process holds this ``var``; ``pid`` is its number."""

    code: ClassVar[str] = "postgres.already_running"
    message: ClassVar[str] = (
        "Cercana ya está en marcha con la carpeta {var} (proceso {pid}). "
        "Detén ese proceso, o usa otra carpeta con la variable CERCANA_VAR."
    )


class FolderForbidden(DomainError):
    """The account that must use ``path`` has no right to."""

    code: ClassVar[str] = "postgres.folder_forbidden"
    message: ClassVar[str] = (
        "La cuenta «{account}» no puede usar {path}. Entrégale la carpeta con «sudo chown -R {account} {folder}», "
        "o elige otra con la variable CERCANA_VAR."
    )
    status: ClassVar[int] = 503


class DataUnreachable(DomainError):
    """The data are where the account of the server cannot reach them."""

    code: ClassVar[str] = "postgres.data_unreachable"
    message: ClassVar[str] = (
        "La cuenta «{account}» no puede llegar a {path}. "
        "Da paso a las carpetas de arriba con «chmod o+x», o mueve {var} a otro lugar."
    )
    status: ClassVar[int] = 503


class DataMissing(DomainError):
    """The folder of data that ``record`` names is gone."""

    code: ClassVar[str] = "postgres.data_missing"
    message: ClassVar[str] = (
        "No está la carpeta de datos {path}, anotada en {record}. "
        "Devuélvela a su lugar. Si quieres empezar de nuevo, borra {record}."
    )
    status: ClassVar[int] = 503


class OtherVersion(DomainError):
    """The data belong to another major version of PostgreSQL."""

    code: ClassVar[str] = "postgres.other_version"
    message: ClassVar[str] = (
        "Los datos de {path} son de PostgreSQL {found} y esta instalación trae el {expected}. "
        "Haz una copia con la versión anterior de Cercana y recupérala con esta."
    )
    status: ClassVar[int] = 503


class SecretMissing(DomainError):
    """There are data, but not the password that opens them."""

    code: ClassVar[str] = "postgres.secret_missing"
    message: ClassVar[str] = "Falta {path}, la clave de la base de datos. Recupérala de tu copia de respaldo."
    status: ClassVar[int] = 503


class InitialisationFailed(DomainError):
    """``initdb`` could not make the folder of data; ``reason`` is what it said."""

    code: ClassVar[str] = "postgres.initialisation_failed"
    message: ClassVar[str] = "No se pudo crear la base de datos en {path}. Corrige la causa y repite: {reason}"
    status: ClassVar[int] = 503


class StartFailed(DomainError):
    """The server ended, or stood still, before it was ready; ``tail`` is the end of its log."""

    code: ClassVar[str] = "postgres.start_failed"
    message: ClassVar[str] = "PostgreSQL no arrancó. Corrige la causa que da el final de {log} y repite: {tail}"
    status: ClassVar[int] = 503
