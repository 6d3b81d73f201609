"""Numbers and sizes of files as Peru writes them: «1,234.5», «97.4 %», «1.2 MB»."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from cercana.rules.time_texts import Language

_LOCALES: dict[Language, str] = {"es": "es_PE", "en": "en"}
_PERCENT: dict[Language, str] = {"es": "\N{NO-BREAK SPACE}%", "en": "%"}
_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_STEP = 1000


def number(value: float | Decimal, language: Language = "es", *, decimals: int | None = None) -> str:
    """Return a number with its separators: «1,234.5»; ``decimals`` fixes how many digits follow the point."""
    pattern = None if decimals is None else f"#,##0.{'0' * decimals}".rstrip(".")
    return format_decimal(value, pattern, locale=_LOCALES[language])


def percent(share: float | Decimal, language: Language = "es") -> str:
    """Return a share between 0 and 1 as a percentage with at most one decimal: «97.4 %», «100 %»."""
    return format_decimal(share * 100, "#,##0.#", locale=_LOCALES[language]) + _PERCENT[language]


def file_size(size: int, language: Language = "es") -> str:
    """Return a size of ``size`` bytes in powers of 1000, as limits are told to people: «1.2 MB», «640 kB»."""
    amount, unit = Decimal(size), 0
    while round(amount) >= _STEP and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    digits = Decimal("0.1") if unit > 1 and amount < 10 else Decimal(1)
    rounded = amount.quantize(digits, rounding=ROUND_HALF_UP)
    return f"{format_decimal(rounded, '#,##0.#', locale=_LOCALES[language])}\N{NO-BREAK SPACE}{_UNITS[unit]}"
