"""Addresses of mail: which mailbox they reach, and slips («rosa@gmial.com» probably means «rosa@gmail.com»)."""

_COMMON = ("gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com", "hotmail.es", "outlook.es", "yahoo.es")
# Real ones that lie near a common one.
_REAL = frozenset({*_COMMON, "mail.com", "email.com", "ymail.com", "gmx.com", "hotmail.pe", "hotmail.fr", "yahoo.fr"})


def likely_address(email: str) -> str:
    """Return the address that ``email`` probably means, or "" if its domain is one or not near any; only a hint."""
    name, at, domain = email.strip().lower().rpartition("@")
    if not at or domain in _REAL:
        return ""
    return next((f"{name}@{each}" for each in _COMMON if _is_one_slip(domain, each)), "")


def _is_one_slip(typed: str, meant: str) -> bool:
    """Tell whether one letter is wrong, missing or too many, or two neighbours are swapped."""
    at = next((place for place, pair in enumerate(zip(typed, meant, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return abs(len(typed) - len(meant)) == 1
    rest, wanted = typed[at:], meant[at:]
    swapped = rest[1::-1] + rest[2:]
    return wanted in (rest[1:], swapped) or wanted[1:] in (rest, rest[1:])


def mailbox_of(email: str) -> str:
    """Return the mailbox that ``email`` most likely reaches: what follows a «+» is a label, and case means nothing."""
    local, _, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
