"""``cercana doctor``: what is wrong with this installation, and how to mend it."""

import os
import shutil
import smtplib
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import LiteralString

import click
import psycopg

from cercana.command_line.preparation import DatabaseUnreachable, connect, read_preparation, schema_stamp
from cercana.command_line.static_files import are_static_files_gathered
from cercana.config.database import database_of
from cercana.config.environment import UNDECLARED_PROXY, Database, Environment, read_environment
from cercana.rules.errors import DomainError
from cercana.rules.promises import to_lima

_OLDEST_SERVER = 150000
_LEAST_FREE = 1_000_000_000
_MOST_CLOCK_SECONDS = 5.0
_MOST_SILENCE_SECONDS = 40.0
_MOST_WAITING_SECONDS = 300.0
_SMTP_SECONDS = 5.0
_HOURS_AHEAD = 48

_UNDELIVERED = """
    SELECT way, count(*)::text,
        to_char(min(min(created_at)) OVER () AT TIME ZONE 'America/Lima', 'HH24:MI "del" DD/MM')
    FROM critical_alarmmessage
    WHERE created_at > now() - interval '1 day' AND (state = 'failed' OR (state = 'queued' AND last_error <> ''))
    GROUP BY way ORDER BY way
"""
_WAYS = {
    "mail": ("correo", "Revisa el servidor de correo y las direcciones del personal."),
    "push": ("celular", "Revisa que el servidor salga a internet por el puerto 443."),
    "notifier": ("otro servicio", "Cada persona prueba los suyos en «Mis avisos»."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found; ``remedy`` is "" when all is well."""

    subject: str
    state: str
    remedy: str = ""


@click.command()
def doctor() -> None:
    """Look at database, worker, mail, disk, clock and front end; exit 1 if anything needs mending."""
    findings = examine(read_environment(os.environ))
    for finding in findings:
        click.echo(f"{'✗' if finding.remedy else '✓'} {finding.subject:<15} {finding.state}")
        if finding.remedy:
            click.echo(f"  {'':<15} → {finding.remedy}")
    sys.exit(1 if any(finding.remedy for finding in findings) else 0)


def examine(environment: Environment) -> list[Finding]:
    """Return what every look found, in a fixed order; those that need the database are left out if it is down."""
    database = database_of(environment)
    findings = [_look_at_connection(database)]
    if not findings[0].remedy:
        looks = (_look_at_tables, _look_at_worker, _look_at_jobs, _look_at_alarms, _look_at_clock, _look_at_proxies)
        findings += [look(database) for look in looks]
        if not findings[1].remedy:
            findings.append(_look_at_roster())
    return [*findings, _look_at_mail(environment), _look_at_disk(environment), _look_at_front_end(environment)]


def _look_at_connection(database: Database) -> Finding:
    try:
        with connect(database) as connection:
            version = connection.info.server_version
    except DatabaseUnreachable as refusal:
        return Finding("Base de datos", "no responde", str(refusal))
    if version < _OLDEST_SERVER:
        return Finding("Base de datos", f"PostgreSQL {version // 10000}", "Pásala a PostgreSQL 15 o posterior.")
    return Finding("Base de datos", f"PostgreSQL {version // 10000} responde")


def _look_at_tables(database: Database) -> Finding:
    if read_preparation(database).stamp != schema_stamp():
        return Finding("Tablas", "no son las de esta versión", "Ejecuta «cercana migrate».")
    return Finding("Tablas", "al día")


def _look_at_worker(database: Database) -> Finding:
    silence = _seconds(database, "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
    remedy = "Ponlos en marcha con «cercana run», «cercana serve» o «cercana worker»."
    if silence is None:
        return Finding("Trabajos", "nadie los atiende", remedy)
    if silence > _MOST_SILENCE_SECONDS:
        return Finding("Trabajos", f"sin señal de vida hace {silence:.0f} s", remedy)
    return Finding("Trabajos", f"atendidos, última señal hace {silence:.0f} s")


def _look_at_jobs(database: Database) -> Finding:
    waiting = _seconds(
        database,
        "SELECT extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at))) FROM procrastinate_jobs job"
        " JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'"
        " WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()",
    )
    if waiting is not None and waiting > _MOST_WAITING_SECONDS:
        remedy = "Mira el registro de sucesos; si no hay errores, añade otro «cercana worker»."
        return Finding("Cola", f"un trabajo espera hace {waiting / 60:.0f} min", remedy)
    return Finding("Cola", "nada espera de más")


def _look_at_alarms(database: Database) -> Finding:
    with connect(database) as connection:
        try:
            rows = connection.execute(_UNDELIVERED).fetchall()
        except psycopg.errors.UndefinedTable:
            rows = []
    if not rows:
        return Finding("Alarmas", "ningún mensaje de alarma detenido")
    ways = ", ".join(f"{_WAYS[way][0]} {count}" for way, count, _ in rows)
    state = f"{sum(int(count) for _, count, _ in rows)} sin salir desde las {rows[0][2]}: {ways}"
    remedies = " ".join(_WAYS[way][1] for way, _, _ in rows)
    return Finding("Alarmas", state, f"{remedies} El muro y la mesa suenan igual, y los demás avisos salen.")


def _look_at_clock(database: Database) -> Finding:
    with connect(database) as connection:
        asked = datetime.now(UTC)
        row = connection.execute("SELECT extract(epoch FROM clock_timestamp())::text").fetchone()
    apart = abs(float(row[0]) - asked.timestamp()) if row else 0.0
    if apart > _MOST_CLOCK_SECONDS:
        remedy = "Pon en hora ambos equipos con NTP: «timedatectl set-ntp true». Los plazos dependen del reloj."
        return Finding("Reloj", f"a {apart:.0f} s del de la base de datos", remedy)
    return Finding("Reloj", "igual al de la base de datos")


def _look_at_proxies(database: Database) -> Finding:
    with connect(database) as connection:
        try:
            found = connection.execute(
                "SELECT min(split_part(cache_key, %s, 2)) FROM config_cache"
                " WHERE cache_key LIKE %s AND expires > now()",
                [UNDECLARED_PROXY, f"%{UNDECLARED_PROXY}%"],
            ).fetchone()
        except psycopg.errors.UndefinedTable:
            found = None
    if found and found[0]:
        remedy = "Si es tu intermediario, nómbralo en CERCANA_TRUSTED_PROXIES: hoy todos cuentan como una sola persona."
        return Finding("Intermediario", f"{found[0]} envía X-Forwarded-For y no está declarado", remedy)
    return Finding("Intermediario", "ninguno sin declarar")


def _look_at_roster() -> Finding:
    from cercana.command_line.database import set_up_django

    set_up_django()
    from cercana.accounts.queries import duty_gaps
    from cercana.organization.errors import NotSetUp

    now = datetime.now(UTC)
    try:
        gaps = duty_gaps(now, now + timedelta(hours=_HOURS_AHEAD))
    except NotSetUp:
        return Finding("Guardia", "todavía sin municipalidad")
    if gaps:
        starts_at = to_lima(gaps[0].starts_at)
        remedy = (
            "Una jefatura la completa en «Guardia», en la mesa. Mientras tanto, las alarmas empiezan por la jefatura."
        )
        return Finding("Guardia", f"nadie desde las {starts_at:%H:%M} del {starts_at:%d/%m}", remedy)
    return Finding("Guardia", f"completa las próximas {_HOURS_AHEAD} horas")


def _look_at_mail(environment: Environment) -> Finding:
    smtp = environment.smtp
    if smtp is None:
        return Finding("Correo", "sin servidor: ningún mensaje sale; en la demostración se leen en su buzón")
    connect_to = smtplib.SMTP_SSL if smtp.is_tls else smtplib.SMTP
    try:
        with connect_to(smtp.host, smtp.port, timeout=_SMTP_SECONDS) as session:
            session.ehlo()
            if smtp.user:
                if not smtp.is_tls:
                    session.starttls()
                session.login(smtp.user, smtp.password)
    except (OSError, smtplib.SMTPException) as error:
        remedy = "Revisa CERCANA_SMTP_URL: nombre, puerto, usuario y clave."
        return Finding("Correo", f"{smtp.host}:{smtp.port} no acepta ({type(error).__name__})", remedy)
    return Finding("Correo", f"{smtp.host}:{smtp.port} acepta mensajes")


def _look_at_disk(environment: Environment) -> Finding:
    if not environment.var.is_dir():
        return Finding("Disco", f"falta la carpeta {environment.var}", "Se crea con «cercana run».")
    free = shutil.disk_usage(environment.var).free
    state = f"{free / 1e9:.1f} GB libres".replace(".", ",")
    if free < _LEAST_FREE:
        return Finding("Disco", state, f"Libera espacio donde está {environment.var}: hace falta 1 GB.")
    return Finding("Disco", state)


def _look_at_front_end(environment: Environment) -> Finding:
    try:
        if are_static_files_gathered(environment):
            return Finding("Páginas", "estilos y letras al día")
    except DomainError as refusal:
        return Finding("Páginas", "sin construir", str(refusal))
    return Finding("Páginas", "los estilos no son de esta versión", "Reinicia «cercana run» o «cercana serve».")


def _seconds(database: Database, query: LiteralString) -> float | None:
    """Return the one number that ``query`` asks for, None if there is none or its table does not exist yet."""
    with connect(database) as connection:
        try:
            row = connection.execute(query).fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return float(row[0]) if row and row[0] is not None else None
