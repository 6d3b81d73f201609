"""What is typed while attending somebody, read forgivingly: whatever is wrong is said beside its field."""

import uuid
from collections.abc import Container
from contextlib import suppress
from datetime import datetime

from django import forms
from django.http import QueryDict

from cercana.cases.commands import Reception
from cercana.cases.errors import SlowerClassRefused
from cercana.citizens.commands import (
    ContactKind,
    Document,
    DocumentType,
    Person,
    normalize_contact,
    parse_document,
)
from cercana.citizens.errors import DocumentMalformed, EmailMalformed, PhoneMalformed
from cercana.desk.intake_offer import Offer
from cercana.organization import queries as organization
from cercana.organization.errors import BeforeFirstPromises
from cercana.rules.classification import CaseClass, Channel, ClaimType, RequestKind
from cercana.rules.history import OccurrenceRefused, check_occurrence
from cercana.rules.promises import to_lima

LONGEST_TEXT = 20_000
INQUIRY = RequestKind.INQUIRY.value
LANGUAGES = {
    "es": "Español",
    "qu": "Quechua",
    "ay": "Aimara",
    "prl": "Lengua de señas peruana",
    "mul": "Otra lengua",
}
DOCUMENTS = {
    DocumentType.DNI: "DNI",
    DocumentType.FOREIGNER_CARD: "Carné de extranjería",
    DocumentType.PASSPORT: "Pasaporte",
    DocumentType.TEMPORARY_PERMIT: "Permiso temporal",
    DocumentType.RUC: "RUC",
}
NOTICES = {ContactKind.PHONE: "Llamada o mensaje", ContactKind.EMAIL: "Correo"}
_DIGITS_OF_DNI = 8
_LONGEST_NAME = 120
_DIGITS = frozenset("0123456789")
_NOT_IN_NAMES = _DIGITS | {"@"}
_MISSING = {
    "description": "Escriba qué pasó, aunque sea en pocas palabras.",
    "category": "Elija el motivo; si duda, el más parecido.",
    "type": "Elija si es un reclamo o una consulta.",
}
_TOO_LONG = f"El texto es muy largo: caben {LONGEST_TEXT:,} letras.".replace(",", "\N{NO-BREAK SPACE}")
_MALFORMED = "Elija una de las opciones de la lista."


def _text(longest: int = 200) -> forms.CharField:
    return forms.CharField(required=False, max_length=longest, error_messages={"max_length": _TOO_LONG})


class IntakeForm(forms.Form):
    """
    The guided form of telephone and counter.

    ``type`` is one of the three types of a claim, or «inquiry»; ``person`` the key of somebody known, or empty. A
    class slower than that of the motive is for whoever ``may_slow``.
    """

    client_key = forms.UUIDField(required=False)
    person_query = _text()
    person = forms.UUIDField(required=False)
    name = _text(_LONGEST_NAME)
    document_type = forms.ChoiceField(required=False, choices=list(DOCUMENTS.items()))
    document_number = _text(20)
    is_verified = forms.BooleanField(required=False)
    responsible_adult = _text(120)
    language = forms.ChoiceField(required=False, choices=list(LANGUAGES.items()))
    description = forms.CharField(
        max_length=LONGEST_TEXT, error_messages={"required": _MISSING["description"], "max_length": _TOO_LONG}
    )
    category = forms.CharField(error_messages={"required": _MISSING["category"]})
    type = forms.CharField(error_messages={"required": _MISSING["type"]})
    class_ = _text()
    legal_nature = _text()
    place = _text()
    request = _text(500)
    preferential = forms.BooleanField(required=False)
    about_staff = forms.BooleanField(required=False)
    complained_area = _text()
    complained_site = _text()
    notice_by = forms.ChoiceField(required=False, choices=list(NOTICES.items()))
    phone = _text()
    email = _text()
    no_contact_reason = _text()
    may_ask_opinion = forms.BooleanField(required=False)
    received_at = forms.DateTimeField(
        required=False, error_messages={"invalid": "Escriba el día y la hora en que llegó."}
    )
    source = _text(100)
    merge_into = _text(24)
    contact = forms.UUIDField(required=False)
    call = forms.UUIDField(required=False)

    def __init__(self, data: QueryDict | None, *, offer: Offer, now: datetime, may_slow: bool) -> None:
        super().__init__(data)
        self.offer = offer
        self.now = now
        self.may_slow = may_slow

    @property
    def channel(self) -> Channel:
        """By which of the two ways the person came."""
        return Channel.COUNTER if self.value("channel") == Channel.COUNTER else Channel.PHONE

    @property
    def key(self) -> uuid.UUID | None:
        """The key of this form, which its case and its files go by; None if it came without one."""
        with suppress(ValueError):
            return uuid.UUID(self.value("client_key"))
        return None

    def value(self, name: str) -> str:
        """Return what was typed in a field, as it was typed."""
        return str(self.data.get(name, ""))

    def error(self, name: str) -> str:
        """Return what is wrong with a field, or ""."""
        return str(next(iter(self.errors.get(name, [])), "")) if self.is_bound else ""

    def clean_category(self) -> str:
        """Refuse a category that is not in use."""
        return self._among("category", self.offer.categories)

    def clean_type(self) -> str:
        """Refuse what is neither a type of claim nor an inquiry."""
        return self._among("type", (INQUIRY, *ClaimType))

    def clean_class_(self) -> str:
        """Refuse an unknown class; empty is the one of the category."""
        return self._among("class_", ("", *CaseClass))

    def clean_legal_nature(self) -> str:
        """Refuse an unknown nature; empty is the one of the category."""
        return self._among("legal_nature", ("", *(nature.code for nature in self.offer.natures)))

    def clean_complained_area(self) -> str:
        """Refuse an area that does not exist today."""
        return self._among("complained_area", ("", *self.offer.areas))

    def clean_complained_site(self) -> str:
        """Refuse a site that does not exist."""
        return self._among("complained_site", ("", *self.offer.sites))

    def clean_received_at(self) -> datetime | None:
        """Read the moment as one of Lima."""
        given: datetime | None = self.cleaned_data["received_at"]
        return to_lima(given) if given else None

    def clean(self) -> dict[str, object]:
        """Check what no field can check alone: when it arrived, who it is and how to reach them."""
        self._check_arrival()
        self._check_pace()
        self._take_from_query()
        for kind, field in ((ContactKind.PHONE, "phone"), (ContactKind.EMAIL, "email")):
            self._check_contact(kind, field)
        self._check_document()
        given = self.cleaned_data
        reached = given.get("person") or given.get("phone") or given.get("email") or given.get("no_contact_reason")
        if not reached and not {"phone", "email"} & self.errors.keys():
            self.add_error("phone", "Anote un teléfono o un correo, o por qué no se puede.")
        return given

    def to_reception(self) -> Reception:
        """Return what is registered; the form must be valid."""
        given = self.cleaned_data
        is_inquiry = given["type"] == INQUIRY
        return Reception(
            person=self._person(),
            kind=RequestKind.INQUIRY if is_inquiry else RequestKind.CLAIM,
            claim_type=None if is_inquiry else ClaimType(given["type"]),
            category=given["category"],
            channel=self.channel,
            description=given["description"],
            place=given["place"],
            request=given["request"],
            class_=CaseClass(given["class_"]) if given["class_"] else None,
            legal_nature=given["legal_nature"],
            is_preferential=given["preferential"],
            about_staff=given["about_staff"],
            complained_area=given["complained_area"],
            complained_site=given["complained_site"],
            received_at=given["received_at"],
            source=given["source"],
            client_key=given["client_key"],
        )

    def _person(self) -> Person:
        given = self.cleaned_data
        contacts = [(ContactKind.PHONE, given["phone"]), (ContactKind.EMAIL, given["email"])]
        return Person(
            name=given["name"],
            document=self._document(),
            contacts=[(kind, text) for kind, text in contacts if text],
            language=given["language"] or "es",
            channel=given["notice_by"],
            may_ask_opinion=given["may_ask_opinion"],
            no_contact_reason=given["no_contact_reason"],
            responsible_adult=given["responsible_adult"],
            is_verified=given["is_verified"],
            key=given["person"],
        )

    def _document(self) -> Document | None:
        given = self.cleaned_data
        if given["person"] or not given["document_number"]:
            return None
        return parse_document(DocumentType(given["document_type"] or DocumentType.DNI), given["document_number"])

    def _among(self, name: str, offered: Container[str]) -> str:
        given = str(self.cleaned_data[name])
        if given not in offered:
            raise forms.ValidationError(_MALFORMED)
        return given

    def _check_arrival(self) -> None:
        received_at: datetime | None = self.cleaned_data.get("received_at")
        if received_at is None:
            return
        try:
            check_occurrence(received_at, self.now, self.cleaned_data.get("source", ""))
            organization.check_in_force(received_at)
        except (OccurrenceRefused, BeforeFirstPromises) as refusal:
            self.add_error("received_at", str(refusal))

    def _check_pace(self) -> None:
        chosen, motive = (
            self.cleaned_data.get("class_"),
            self.offer.categories.get(self.cleaned_data.get("category", "")),
        )
        if chosen and motive and CaseClass(chosen).is_slower_than(motive.class_) and not self.may_slow:
            self.add_error("class_", SlowerClassRefused.message)

    def _take_from_query(self) -> None:
        """Keep the telephone, mail, document or name by which somebody was looked for and not found."""
        given, typed = self.cleaned_data, self.cleaned_data.get("person_query", "").strip()
        if given.get("person") or not typed:
            return
        if len(typed) == _DIGITS_OF_DNI and _DIGITS.issuperset(typed):
            given["document_number"] = given.get("document_number") or typed
            return
        for kind, field in ((ContactKind.PHONE, "phone"), (ContactKind.EMAIL, "email")):
            if not given.get(field) and field not in self.errors:
                with suppress(PhoneMalformed, EmailMalformed):
                    normalize_contact(kind, typed)
                    given[field] = typed
                    return
        is_name = any(each.isalpha() for each in typed) and not _NOT_IN_NAMES & set(typed)
        if is_name and not given.get("name"):
            given["name"] = typed[:_LONGEST_NAME]

    def _check_contact(self, kind: ContactKind, field: str) -> None:
        typed = self.cleaned_data.get(field)
        if typed:
            try:
                normalize_contact(kind, typed)
            except (PhoneMalformed, EmailMalformed) as refusal:
                self.add_error(field, refusal.message)

    def _check_document(self) -> None:
        if {"person", "document_type", "document_number"} & self.errors.keys():
            return
        try:
            self._document()
        except DocumentMalformed as refusal:
            self.add_error("document_number", refusal.message.format(**refusal.params))
