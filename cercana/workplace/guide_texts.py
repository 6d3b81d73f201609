"""The texts of the guide in the hands of their trainer: read, written anew, and brought back; each version is kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from cercana.accounts import queries as accounts
from cercana.rules.access import Actor
from cercana.rules.entitlements import may_edit_guide
from cercana.rules.guidance_text import parse_situation
from cercana.workplace.errors import GuideChanged, GuideClosed, GuideTextUnknown
from cercana.workplace.models import GuideText
from cercana.workplace.situations import shipped_texts

SHIPPED = 0
_LONGEST_KEY = 60
BLANK = """---
titulo:
paso: escuchar
canal: ambos
cuando:
tono:
---

## Diga

-

## Mejor no diga

-

## Cuándo escalar

"""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A version of a situation: ``number`` is 0 for the one shipped with the product, which nobody here wrote."""

    number: int
    text: str
    written_at: datetime | None = None
    written_by: str = ""


def check_trainer(actor: Actor) -> None:
    """Raise GuideClosed to whoever does not write the guide."""
    if not may_edit_guide(actor).allowed:
        raise GuideClosed


def versions_of(key: str) -> list[TextVersion]:
    """Return the versions of a situation, the last first; raise GuideTextUnknown if there is none."""
    rows = list(GuideText.objects.filter(key=key).order_by("-version"))
    names = accounts.names_of(row.written_by_id for row in rows if row.written_by_id)
    found = [TextVersion(row.version, row.text, row.written_at, names.get(row.written_by_id or 0, "")) for row in rows]
    if key in shipped_texts():
        found.append(TextVersion(SHIPPED, shipped_texts()[key]))
    if not found:
        raise GuideTextUnknown
    return found


def write_text(*, key: str, text: str, after: int, actor: Actor, now: datetime) -> None:
    """
    Keep ``text`` as the version after ``after``, which was the last one when somebody began to write.

    Raise GuidanceMalformed if it is no situation, and GuideChanged if there is a later version already.
    """
    check_trainer(actor)
    tidy = _tidy(text)
    parse_situation(key, tidy)
    last = versions_of(key)[0]
    if last.number != after:
        raise GuideChanged
    if tidy.strip() != last.text.strip():
        _keep(key, after + 1, tidy, actor, now)


def begin_text(*, text: str, actor: Actor, now: datetime) -> str:
    """Keep a new situation and return its key, made of its title; raise GuidanceMalformed if it is none."""
    check_trainer(actor)
    tidy = _tidy(text)
    title = parse_situation("nueva", tidy).title
    key = slugify(title)[:_LONGEST_KEY] or "situacion"
    taken = {*shipped_texts(), *GuideText.objects.filter(key__startswith=key[:50]).values_list("key", flat=True)}
    if key in taken or key == "nueva":
        key = next(each for each in (f"{key[:50]}-{number}" for number in range(2, 10_000)) if each not in taken)
    _keep(key, 1, tidy, actor, now)
    return key


def bring_back(*, key: str, number: int, actor: Actor, now: datetime) -> None:
    """Make an earlier version the last one again; raise GuideTextUnknown if there is no such version."""
    check_trainer(actor)
    versions = versions_of(key)
    wanted = next((each for each in versions if each.number == number), None)
    if wanted is None:
        raise GuideTextUnknown
    write_text(key=key, text=wanted.text, after=versions[0].number, actor=actor, now=now)


def _tidy(text: str) -> str:
    """Return what a form sent as a file has it: one character a line end, nothing around it."""
    return text.replace("\r\n", "\n").strip() + "\n"


def _keep(key: str, version: int, text: str, actor: Actor, now: datetime) -> None:
    try:
        with transaction.atomic():
            GuideText.objects.create(
                key=key, version=version, text=text, written_at=now, written_by_id=actor.staff_id or 0
            )
    except IntegrityError as met:
        # Two saved in the same moment: the constraint lets one through.
        raise GuideChanged from met
