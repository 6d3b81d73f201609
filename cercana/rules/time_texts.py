"""The words with which time is said, per language; ``time_words`` puts them together."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["es", "en"]


@dataclass(frozen=True, slots=True)
class Texts:
    """Templates of one language; pairs are singular and plural, weekdays begin with Monday, months with January."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    am: str
    pm: str
    minutes: tuple[str, str]
    hours: tuple[str, str]
    days: tuple[str, str]
    working_days: tuple[str, str]
    under_a_minute: str
    conjunction: str
    left: tuple[str, str]
    late: str
    month_of: str
    day_of_month: str
    moment: str
    moment_at_one: str
    until: str
    before: str
    end_of: str
    since: str
    less_than: str
    skipped: tuple[str, str]
    kept: str


TEXTS: dict[Language, Texts] = {
    "es": Texts(
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        months=(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ),
        am="a.\N{NO-BREAK SPACE}m.",
        pm="p.\N{NO-BREAK SPACE}m.",
        minutes=("minuto", "minutos"),
        hours=("hora", "horas"),
        days=("día", "días"),
        working_days=("día hábil", "días hábiles"),
        under_a_minute="menos de un minuto",
        conjunction="y",
        left=("Queda {}", "Quedan {}"),
        late="Vamos tarde por {}",
        month_of="{} de {}",
        day_of_month="el {}",
        moment="{date} a las {clock}",
        moment_at_one="{date} a la {clock}",
        until="hasta el {}",
        before="antes del {}",
        end_of="hasta el final del {}",
        since="{} desde el {}",
        less_than="menos de {}",
        skipped=("{}; {} no cuenta", "{}; {} no cuentan"),
        kept="vale la promesa anterior, que termina antes: {}",
    ),
    "en": Texts(
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        am="a.m.",
        pm="p.m.",
        minutes=("minute", "minutes"),
        hours=("hour", "hours"),
        days=("day", "days"),
        working_days=("working day", "working days"),
        under_a_minute="less than a minute",
        conjunction="and",
        left=("{} left", "{} left"),
        late="We are late by {}",
        month_of="{} {}",
        day_of_month="{}",
        moment="{date} at {clock}",
        moment_at_one="{date} at {clock}",
        until="until {}",
        before="before {}",
        end_of="until the end of {}",
        since="{} from {}",
        less_than="less than {}",
        skipped=("{}; {} does not count", "{}; {} do not count"),
        kept="the earlier promise holds: {}",
    ),
}
