"""How people are read: one profile, the words of a history, and finding somebody at the desk."""

import re
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from cercana.citizens.errors import PhoneMalformed
from cercana.citizens.identity import ContactKind, parse_phone
from cercana.citizens.models import NAME_WORDS, Citizen, ContactPoint, PersonalValue, Vulnerability
from cercana.rules.folding import fold

_MOST_FOUND = 8
_MOST_NAMESAKES = 500
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Profile:
    """Who a person is and how to reach them; vulnerabilities are not part of it."""

    key: uuid.UUID
    name: str
    document_type: str
    document_number: str
    is_verified: bool
    language: str
    channel: str
    may_ask_opinion: bool
    no_contact_reason: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    addresses: tuple[str, ...]
    is_erased: bool


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A line of the list at the desk: enough to recognise somebody, with the document masked."""

    key: uuid.UUID
    name: str
    masked_document: str
    is_verified: bool
    case_count: int


def profile(key: uuid.UUID, *, case: uuid.UUID | None = None) -> Profile:
    """Return the profile of a citizen, with what they gave for ``case`` alone before their other contacts."""
    contact = JSONObject(kind="contact_points__kind", value="contact_points__value", form="contact_points__normalized")
    own = given_for(case, through="contact_points__")
    contacts = ArrayAgg(
        contact,
        filter=own & Q(contact_points__is_bounced=False),
        order_by=[F("contact_points__given_for").asc(nulls_last=True), F("contact_points__id").asc()],
    )
    citizen = Citizen.objects.annotate(contacts=contacts).get(key=key)
    points = citizen.contacts or []

    def values(kind: ContactKind) -> tuple[str, ...]:
        shown = "form" if kind is ContactKind.PHONE else "value"
        return tuple(point[shown] for point in points if point["kind"] == kind)

    return Profile(
        key=citizen.key,
        name=citizen.name,
        document_type=citizen.document_type,
        document_number=citizen.document_number,
        is_verified=citizen.is_verified,
        language=citizen.language,
        channel=citizen.channel,
        may_ask_opinion=citizen.may_ask_opinion,
        no_contact_reason=citizen.no_contact_reason,
        emails=values(ContactKind.EMAIL),
        phones=values(ContactKind.PHONE),
        addresses=values(ContactKind.ADDRESS),
        is_erased=citizen.erased_at is not None,
    )


def addresses_of(key: uuid.UUID, *, case: uuid.UUID) -> frozenset[str]:
    """Return the mail addresses of a citizen that serve ``case``, as they are compared; also those that bounced."""
    points = ContactPoint.objects.filter(given_for(case), citizen_id=key, kind=ContactKind.EMAIL)
    return frozenset(points.values_list("normalized", flat=True))


def can_be_written_to(key: uuid.UUID, *, case: uuid.UUID) -> bool:
    """Tell whether the citizen left where to write about ``case``: a mail address that works, or a home address."""
    return _written_to().filter(given_for(case), citizen_id=key).exists()


def written_to(*, citizen: str, case: str) -> Exists:
    """Return can_be_written_to for a query whose columns ``citizen`` and ``case`` hold the two keys."""
    return Exists(_written_to().filter(given_for(OuterRef(case)), citizen_id=OuterRef(citizen)))


def given_for(case: uuid.UUID | Combinable | None, *, through: str = "") -> Q:
    """Return which contacts serve ``case``: the person's own and those given for it alone; ``through`` leads there."""
    column = f"{through}given_for"
    return Q(**{column: None}) | Q(**{column: case})


def _written_to() -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(is_bounced=False, kind__in=[ContactKind.EMAIL, ContactKind.ADDRESS])


def vulnerabilities_of(key: uuid.UUID) -> list[str]:
    """Return the recorded vulnerabilities of a citizen; ask access before showing them."""
    return list(Vulnerability.objects.filter(citizen_id=key).order_by("recorded_at").values_list("kind", flat=True))


def values_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str | None]:
    """Return the texts behind references; an erased one is None."""
    rows = PersonalValue.objects.filter(id__in=list(ids)).values_list("id", "value", "salt")
    return {id_: value if salt is not None else None for id_, value, salt in rows}


def find_people(typed: str) -> list[PersonFound]:
    """
    Return up to eight people whose document, phone, mail or name (any word order, no accents) match what was typed.

    Best first: exact document or contact, then names beginning like the words.
    """
    text = typed.strip()
    if len(text) < len("abc"):
        return []
    people = Citizen.objects.filter(erased_at=None)
    exact = list(people.filter(_exact(text))[:_MOST_FOUND])
    known = {citizen.key for citizen in exact}
    named = [] if len(exact) == _MOST_FOUND else _named(people, text).exclude(key__in=known)[: _MOST_FOUND - len(exact)]
    return _counted([*exact, *named])


def people_called(keys: Iterable[uuid.UUID]) -> list[PersonFound]:
    """Return the people of ``keys`` who are known and not erased, by name."""
    return _counted(Citizen.objects.filter(key__in=set(keys), erased_at=None).order_by("folded_name", "key"))


def _counted(found: Iterable[Citizen]) -> list[PersonFound]:
    found = list(found)
    counted = Citizen.objects.filter(key__in=[each.key for each in found]).annotate(total=Count("cases"))
    totals = dict(counted.values_list("key", "total"))
    return [
        PersonFound(each.key, each.name, mask(each.document_number), each.is_verified, totals[each.key])
        for each in found
    ]


def people_exactly(typed: str) -> "QuerySet[Citizen, uuid.UUID]":
    """
    Return the keys of those whose document, phone or mail was typed, or whose name begins like it, accents apart.

    It is meant to stand inside another query: each part walks its own index.
    """
    text = typed.strip()
    if len(text) < len("abc"):
        return Citizen.objects.none().values_list("key", flat=True)
    people = Citizen.objects.filter(erased_at=None)
    named = people.filter(folded_name__startswith=fold(text)).values_list("key", flat=True)
    owners = people.filter(document_number=_bare(text), document_number__gt="").values_list("key", flat=True)
    reached = ContactPoint.objects.filter(normalized__in=_contacts(text)).values_list("citizen_id", flat=True)
    return named[:_MOST_NAMESAKES].union(owners, reached)


def keys_by_phone(phones: Iterable[str]) -> dict[str, uuid.UUID]:
    """Return who was last registered with each of these numbers, as compared («+51987654321»)."""
    rows = ContactPoint.objects.filter(kind=ContactKind.PHONE, normalized__in=list(phones)).order_by("id")
    return dict(rows.values_list("normalized", "citizen_id"))


def has_document(key: uuid.UUID, typed: str) -> bool:
    """Tell whether this is the document of a person that somebody saw; one that nobody saw proves nothing."""
    seen = Citizen.objects.filter(key=key, is_verified=True, erased_at=None, document_number__gt="")
    return seen.filter(document_number=_bare(typed)).exists()


def is_own_phone(key: uuid.UUID, phone: str) -> bool:
    """Tell whether a person left this number as their own, for more than one case alone."""
    try:
        number = parse_phone(phone)
    except PhoneMalformed:
        return False
    own = ContactPoint.objects.filter(citizen_id=key, kind=ContactKind.PHONE, given_for=None)
    return own.filter(normalized=number).exists()


def mask(number: str) -> str:
    """Return a document of which only the last four characters are shown."""
    return f"•••• {number[-4:]}" if number else ""


def _exact(text: str) -> Q:
    reached = ContactPoint.objects.filter(normalized__in=_contacts(text)).values("citizen_id")
    return Q(document_number=_bare(text), document_number__gt="") | Q(key__in=reached)


def _bare(text: str) -> str:
    """Return what was typed as a document is kept."""
    return re.sub(r"[\s.\-]", "", text).upper()


def _contacts(text: str) -> list[str]:
    """Return what was typed as contacts are compared."""
    contacts = [text.lower()]
    with suppress(PhoneMalformed):
        contacts.append(parse_phone(text))
    return contacts


def _named(people: QuerySet[Citizen], text: str) -> QuerySet[Citizen]:
    """Return those of ``people`` in whose name every word of ``text`` begins a word."""
    words = re.findall(r"\w+", fold(text))[:_MOST_WORDS]
    if not words:
        return people.none()
    beginnings = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
    return people.annotate(words=NAME_WORDS).filter(words=beginnings)
