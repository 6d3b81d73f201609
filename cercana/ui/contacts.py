"""Telephone numbers the Peruvian way and the initials of people."""

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    format_number,
    is_valid_number,
    national_significant_number,
    parse,
)

_PERU = 51
_PARTICLES = frozenset({"de", "del", "la", "las", "los", "y", "e", "da", "di", "van", "von"})


def phone(value: str) -> str:
    """
    Return a number as people in Peru write it: «(01) 319-0450», «987 654 321», «+34 911 23 45 67».

    Short numbers («116») and whatever is no valid number come back as they are.
    """
    parsed = _parse(value)
    if parsed is None:
        return value
    digits = national_significant_number(parsed)
    if parsed.country_code != _PERU:
        return format_number(parsed, PhoneNumberFormat.INTERNATIONAL).replace(" ", "\N{NO-BREAK SPACE}")
    if len(digits) == 8 and digits.startswith("1"):
        return f"(01)\N{NO-BREAK SPACE}{digits[1:4]}-{digits[4:]}"
    return format_number(parsed, PhoneNumberFormat.NATIONAL).replace(" ", "\N{NO-BREAK SPACE}")


def phone_link(value: str) -> str:
    """Return the address that dials a number: «tel:+5113190450», «tel:116»."""
    parsed = _parse(value)
    if parsed is None:
        return f"tel:{''.join(character for character in value if character.isdigit() or character in '+*#')}"
    return f"tel:{format_number(parsed, PhoneNumberFormat.E164)}"


def initials(name: str) -> str:
    """
    Return the letters of the first given name and of the first surname, or one letter if there is one word.

    Of four words or more the third is taken for the first surname: «Juan Carlos Oblitas Meza» is JO.
    """
    words = [word for word in name.split() if word.lower() not in _PARTICLES]
    chosen = words[:1] + words[2:3] if len(words) > 3 else words[:2]
    return "".join(word[0] for word in chosen).upper()


def _parse(value: str) -> PhoneNumber | None:
    try:
        parsed = parse(value, "PE")
    except NumberParseException:
        return None
    return parsed if is_valid_number(parsed) else None
