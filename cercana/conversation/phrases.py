"""The municipality's reply phrases: the shipped ones, their versions, and that a message was sent with one in it."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from cercana.cases import queries as case_queries
from cercana.conversation.errors import PhraseVariableUnknown
from cercana.conversation.models import ReplyPhrase, ReplyPhraseUse, ReplyPhraseVersion
from cercana.organization import queries as organization
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.history import EventType
from cercana.rules.reply_phrases import PhraseSituation, is_kept, unknown_variables

_SHIPPED = Path(__file__).parent / "texts" / "reply_phrases.toml"
_SENDING = (EventType.WROTE, EventType.ANSWERED)


@dataclass(frozen=True, slots=True)
class ShippedPhrase:
    """A phrase that comes with the product; without category or channel it is for all."""

    code: str
    title: str
    situation: PhraseSituation
    text: str
    category: str = ""
    channel: str = ""


@cache
def shipped_phrases() -> tuple[ShippedPhrase, ...]:
    """Return the phrases that come with the product, in the order of a message."""
    given = tomllib.loads(_SHIPPED.read_text(encoding="utf-8"))["phrase"]
    return tuple(ShippedPhrase(**{**each, "situation": PhraseSituation(each["situation"])}) for each in given)


@transaction.atomic
def set_up_phrases(*, now: datetime) -> int:
    """
    Enter the shipped phrases that the municipality does not have yet, and return how many; what it changed stays.

    A phrase for a category that is not in its catalogue is left out.
    """
    known = set(ReplyPhrase.objects.values_list("code", flat=True))
    categories = organization.category_names()
    wanted = [
        each
        for each in shipped_phrases()
        if each.code not in known and (not each.category or each.category in categories)
    ]
    rows = ReplyPhrase.objects.bulk_create(
        ReplyPhrase(
            code=each.code,
            title=each.title,
            situation=each.situation,
            category_id=each.category or None,
            channel=each.channel,
        )
        for each in wanted
    )
    ReplyPhraseVersion.objects.bulk_create(
        ReplyPhraseVersion(phrase=row, number=1, text=each.text, at=now, reason="Viene con Cercana")
        for row, each in zip(rows, wanted, strict=True)
    )
    return len(rows)


@transaction.atomic
def write_phrase(
    phrase: ReplyPhrase, *, text: str, author_id: int | None, reason: str, now: datetime
) -> ReplyPhraseVersion:
    """Give ``phrase`` a new version, which holds from now on; raise PhraseVariableUnknown."""
    if unknown := unknown_variables(text):
        raise PhraseVariableUnknown(names=", ".join(unknown))
    # Of two people who change it at once the second writes the next version, after the first.
    ReplyPhrase.objects.select_for_update().get(pk=phrase.pk)
    newest = phrase.versions.aggregate(newest=Max("number"))["newest"] or 0
    return phrase.versions.create(number=newest + 1, text=text.strip(), author_id=author_id, at=now, reason=reason)


@transaction.atomic
def record_phrase_uses(*, number: str, versions: Iterable[int], sent: str, actor: Actor, now: datetime) -> int:
    """
    Record which of the phrases that were put into a message its text still says, and return how many.

    Called in the transaction of the act that sent it; an exercise counts nothing.
    """
    inserted = list(ReplyPhraseVersion.objects.filter(pk__in=set(versions)))
    kept = [each for each in inserted if is_kept(each.text, sent)]
    case = case_queries.case_for(actor, Act.VIEW, number=number) if kept else None
    if case is None or case.is_drill:
        return 0
    event = case.events.filter(type__in=_SENDING).order_by("-sequence").first()
    if event is None:
        return 0
    rows = [ReplyPhraseUse(event=event, version=each, case=case, area_id=case.area_id, at=now) for each in kept]
    return len(ReplyPhraseUse.objects.bulk_create(rows))


def versions_in_use(category: str, channel: str) -> Iterator[ReplyPhraseVersion]:
    """Yield what the phrases for ``category`` and ``channel`` say today, those for that category alone first."""
    rows = ReplyPhraseVersion.objects.select_related("phrase").filter(
        phrase__is_active=True,
        pk__in=ReplyPhraseVersion.objects.order_by("phrase_id", "-number").distinct("phrase_id").values("pk"),
    )
    fitting = [
        row for row in rows if row.phrase.category_id in (None, category) and row.phrase.channel in ("", channel)
    ]
    yield from sorted(fitting, key=lambda row: (row.phrase.category_id is None, row.phrase_id))
