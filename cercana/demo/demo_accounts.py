"""The accounts with which a visitor enters the desk: a few members of staff, one password of this installation."""

import secrets
from dataclasses import dataclass

from cercana.accounts import commands as accounts
from cercana.demo.municipality import MAIL_DOMAIN, staff

# Nothing that is read aloud or copied by hand can be confused.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 3, 4

_SHOWN = {
    "rquintanilla": "orientadora, sede central",
    "mllontop": "orientadora, El Olivar",
    "jarevalo": "responsable, Obras y Pavimentos",
    "itoledo": "responsable, Fiscalización",
    "mtello": "responsable, Serenazgo",
    "ovillanueva": "jefe, Obras Públicas",
    "ciparraguirre": "jefa, Atención al Ciudadano",
    "malarcon": "gerenta municipal",
    "pocampo": "guardia de noche",
    "sbalbuena": "analista",
    "evilcapoma": "capacitador",
    "cespejo": "administradora",
    "npachas": "auditora",
    "garana": "oficial de datos personales",
}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account worth showing, and who it is."""

    email: str
    name: str
    role: str


def shown_accounts() -> list[DemoAccount]:
    """Return the accounts to show to a visitor, at least one for each role."""
    names = {each.email: each.full_name for each in staff()}
    emails = {f"{local}@{MAIL_DOMAIN}": role for local, role in _SHOWN.items()}
    return [DemoAccount(email, names[email], role) for email, role in emails.items()]


def give_password() -> str:
    """Give every member of staff of the demonstration one new random password, and return it."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    password = "-".join(groups)
    accounts.set_password([each.email for each in staff()], password)
    return password


def sign_in_sheet(password: str) -> str:
    """Return what is printed for a visitor: the accounts by role, and the password of all of them."""
    lines = [f"  {each.email:<34} {each.name} ({each.role})" for each in shown_accounts()]
    return "\n".join(["  Cuentas de la demostración", *lines, f"  Clave de todas: {password}", ""])
