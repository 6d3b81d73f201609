"""What people fill in: every field keeps what was typed, and says in plain words what to mend."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy

from cercana.cases.errors import DescriptionMissing, TextTooLong
from cercana.citizens.commands import DocumentType, parse_document, parse_email, parse_phone
from cercana.citizens.errors import ContactMissing
from cercana.rules.classification import ClaimType
from cercana.rules.errors import DomainError
from cercana.rules.negation import denies

LONGEST_TEXT = 20_000
LONGEST_LINE = 140
MARKS = (1, 2, 3, 4, 5)
INQUIRY = "inquiry"
OTHER = "other"
_LONGEST_CHOICE = 40
_MOST_CHOICES = 10
_POINT = re.compile(r"-?\d{1,2}\.\d{1,7},-?\d{1,3}\.\d{1,7}")
_CLOCK = re.compile(r"(\d+)[:.](\d{2})")
_LAST_HOUR, _LAST_MINUTE = 23, 59
_DECISIONS = ("si", "no")
_T = TypeVar("_T")
_ONE_OF_THEM = {"invalid_choice": gettext_lazy("Elige una de las opciones, por favor.")}


class PlainForm(forms.Form):
    """
    A form whose page asks it for what was typed, what is wrong, and in which order.

    Characters that nobody typed are dropped before any field is read.
    """

    def __init__(self, data: Mapping[str, object] | None = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(None if data is None else _readable(data), initial=initial)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length:
                field.error_messages["max_length"] = said(TextTooLong(limit=field.max_length))

    def typed(self, name: str) -> str:
        """Return what stands in a field of one line."""
        value = self[name].value()
        return "" if value is None else str(value)

    def chosen(self, name: str) -> list[str]:
        """Return what is ticked in a field of several choices."""
        value = self[name].value()
        return [str(each) for each in value] if isinstance(value, list | tuple) else []

    def error(self, name: str) -> str:
        """Return what is wrong with a field, or ""."""
        return str(self.errors[name][0]) if self.is_bound and name in self.errors else ""

    def summary(self) -> list[tuple[str, str]]:
        """Return the ids of the fields to mend with their sentences, in the order of the page."""
        return [(name, self.error(name)) for name in self.fields if self.error(name)]

    def as_typed(self) -> dict[str, object]:
        """Return everything as it was typed, for the draft, but of each field little more than it may hold."""
        return {name: _bounded(self[name].value(), _room_in(field)) for name, field in self.fields.items()}

    def parsed(self, name: str, parse: Callable[[str], _T]) -> _T | None:
        """Return what ``parse`` makes of a field, None if it is empty or refused; the refusal stands at the field."""
        text = str(self.cleaned_data.get(name, "")).strip()
        if not text:
            return None
        try:
            return parse(text)
        except DomainError as refusal:
            self.add_error(name, said(refusal))
            return None


def said(refusal: DomainError) -> str:
    """Return a refusal in the language of the page, with its reason if it has one."""
    params = {name: gettext(str(value)) if name == "reason" else value for name, value in refusal.params.items()}
    return gettext(refusal.message).format(**params)


def _readable(data: Mapping[str, object]) -> Mapping[str, object]:
    """Return ``data`` without the one character that neither a person types nor the database keeps."""
    if isinstance(data, MultiValueDict):
        return MultiValueDict({name: [_without_null(each) for each in data.getlist(name)] for name in data})
    return {name: _without_null(value) for name, value in data.items()}


def _without_null(value: object) -> object:
    return value.replace("\0", "") if isinstance(value, str) else value


def _room_in(field: forms.Field) -> int:
    """Return how many letters of a field a draft keeps: one too many, so that what is too long stays so."""
    return (getattr(field, "max_length", None) or _LONGEST_CHOICE) + 1


def _bounded(value: object, room: int) -> object:
    if isinstance(value, str):
        return value if len(value) <= room else value.strip()[:room]
    return [_bounded(each, room) for each in value[:_MOST_CHOICES]] if isinstance(value, list) else value


class WhatForm(PlainForm):
    """Step 1: what happened."""

    tipo = forms.ChoiceField(
        choices=[(each.value, each.value) for each in ClaimType] + [(INQUIRY, INQUIRY)],
        error_messages={
            "required": gettext_lazy("Elige qué nos quieres contar."),
            "invalid_choice": gettext_lazy("Elige qué nos quieres contar."),
        },
    )
    relato = forms.CharField(required=False, max_length=LONGEST_TEXT)
    ubicacion = forms.BooleanField(required=False)

    def clean_relato(self) -> str:
        """Return the account; it may be short but not missing."""
        text = str(self.cleaned_data["relato"])
        if not text.strip():
            raise ValidationError(said(DescriptionMissing()))
        return text


class WhereForm(PlainForm):
    """Step 2: what it is about, where and when."""

    motivo = forms.CharField(required=False, max_length=60)
    lista = forms.CharField(required=False, max_length=60)
    calle = forms.CharField(required=False, max_length=100)
    cuadra = forms.CharField(required=False, max_length=40)
    referencia = forms.CharField(required=False, max_length=120)
    punto = forms.CharField(required=False, max_length=30)
    cuando = forms.CharField(required=False, max_length=10)
    fecha = forms.DateField(
        required=False, error_messages={"invalid": gettext_lazy("Revisa la fecha: no la pudimos leer.")}
    )
    hora = forms.CharField(required=False, max_length=40)
    antes = forms.CharField(required=False, max_length=10)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        today: date,
        categories: frozenset[str],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self._today = today
        self._categories = categories

    @property
    def today(self) -> date:
        """The day on which the form is read."""
        return self._today

    @property
    def point(self) -> str:
        """Where the phone was, or what was tapped: «-12.097400,-77.036600» (WGS 84), "" if that is not what came."""
        text = self.typed("punto").strip()
        return text if _POINT.fullmatch(text) else ""

    @property
    def category(self) -> str:
        """The category chosen, by its card or in the list; "" if none."""
        card, listed = self.typed("motivo"), self.typed("lista")
        wanted = listed if card in ("", OTHER) else card
        return wanted if wanted in self._categories else ""

    def clean(self) -> None:
        """Ask for what the case cannot do without."""
        if not self.category:
            self.add_error("motivo", gettext("Elige de qué se trata. Si dudas, elige lo más parecido."))
        day = self.cleaned_data.get("fecha")
        if day is not None and day > self._today:
            self.add_error("fecha", gettext("Esa fecha todavía no llega. Revísala, por favor."))
        if self.cleaned_data.get("cuando") == "otro" and day is None and not self.has_error("fecha"):
            self.add_error("fecha", gettext("Elige qué día fue. Si no lo sabes, pon el que te parezca."))

    def clean_hora(self) -> str:
        """Return the hour in the person's words; only a clock that does not exist is refused."""
        text = str(self.cleaned_data["hora"])
        if any(int(hour) > _LAST_HOUR or int(minute) > _LAST_MINUTE for hour, minute in _CLOCK.findall(text)):
            raise ValidationError(gettext("Revisa la hora: debe verse como 9:30 a. m. o 21:30."))
        return text


class WhoForm(PlainForm):
    """Step 3: who it is, and how we reach them."""

    canal = forms.ChoiceField(
        choices=[("email", ""), ("phone", ""), ("none", "")],
        error_messages={
            "required": gettext_lazy("Elige cómo te respondemos."),
            "invalid_choice": gettext_lazy("Elige cómo te respondemos."),
        },
    )
    correo = forms.CharField(required=False, max_length=254)
    celular = forms.CharField(required=False, max_length=30)
    sin_contacto = forms.CharField(required=False, max_length=200)
    nombres = forms.CharField(required=False, max_length=60)
    apellidos = forms.CharField(required=False, max_length=59)
    tipo_documento = forms.ChoiceField(
        required=False, choices=[(each.value, each.value) for each in DocumentType], error_messages=_ONE_OF_THEM
    )
    documento = forms.CharField(required=False, max_length=20)
    preferente = forms.MultipleChoiceField(
        required=False,
        choices=[(each, each) for each in ("older_adult", "pregnancy", "disability", "small_child", "veteran")],
        error_messages=_ONE_OF_THEM,
    )
    lengua = forms.CharField(required=False, max_length=8)
    menor = forms.BooleanField(required=False)
    adulto = forms.CharField(required=False, max_length=120)

    def clean(self) -> None:
        """Read the contacts and the document as they are written, and see that we can reach the person."""
        type_ = DocumentType(self.cleaned_data.get("tipo_documento") or DocumentType.DNI)
        self.cleaned_data["document"] = self.parsed("documento", lambda text: parse_document(type_, text))
        email, phone = self.parsed("correo", parse_email), self.parsed("celular", parse_phone)
        self.cleaned_data |= {"email": email, "phone": phone}
        channel = self.cleaned_data.get("canal")
        if channel == "email" and not email and not self.has_error("correo"):
            self.add_error("correo", gettext("Escribe tu correo para poder responderte."))
        if channel == "phone" and not phone and not self.has_error("celular"):
            self.add_error("celular", gettext("Escribe tu teléfono para poder llamarte."))
        if channel == "none" and not self.cleaned_data.get("sin_contacto", "").strip():
            self.add_error("sin_contacto", said(ContactMissing()))
        if self.cleaned_data.get("menor") and not self.cleaned_data.get("adulto", "").strip():
            self.add_error("adulto", gettext("Escribe el nombre y el teléfono de un adulto que te cuide."))


class ReviewForm(PlainForm):
    """Step 4: what is asked once, before sending; silence, or what is no answer, means no."""

    formal = forms.CharField(required=False)
    opinion = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        offers_formal: bool,
        asks_formal: bool,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self._offers_formal = offers_formal
        self._asks_formal = asks_formal

    def clean_formal(self) -> str:
        """Return the decision; nobody who was not asked makes a formal claim."""
        decision = str(self.cleaned_data["formal"])
        if self._asks_formal and decision not in _DECISIONS:
            raise ValidationError(gettext("Elige si quieres presentar también un reclamo formal."))
        return decision if self._offers_formal and decision in _DECISIONS else ""


class FindForm(PlainForm):
    """The number and the code of a case."""

    numero = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Escribe tu número de caso.")})
    codigo = forms.CharField(
        max_length=40, error_messages={"required": gettext_lazy("Escribe tu código de seguimiento.")}
    )


class LostForm(PlainForm):
    """The number of a case whose code was lost."""

    numero = forms.CharField(max_length=40, error_messages={"required": gettext_lazy("Escribe tu número de caso.")})


class MessageForm(PlainForm):
    """What the citizen writes about a case, with files or without."""

    mensaje = forms.CharField(required=False, max_length=LONGEST_TEXT)
    # The files themselves are read by the view; here stands why one could not be taken.
    archivos = forms.Field(required=False)


class DecisionForm(PlainForm):
    """Whether it is resolved."""

    resuelto = forms.ChoiceField(
        choices=[("si", "si"), ("no", "no")],
        error_messages={
            "required": gettext_lazy("Elige si quedó resuelto o no."),
            "invalid_choice": gettext_lazy("Elige si quedó resuelto o no."),
        },
    )
    falta = forms.CharField(required=False, max_length=2000)
    nota = forms.TypedChoiceField(
        required=False, choices=[(mark, mark) for mark in MARKS], coerce=int, error_messages=_ONE_OF_THEM
    )
    linea = forms.CharField(required=False, max_length=LONGEST_LINE)

    @property
    def asks_again(self) -> bool:
        """Whether a yes stands beside words that deny it, and nobody has asked about that yet."""
        # «seguro» comes with the page that asked a second time.
        if not self.is_bound or self.typed("resuelto") != "si" or "seguro" in self.data:
            return False
        return denies(self.typed("linea"))

    def clean(self) -> None:
        """Ask what is missing of whoever says no, and once more whoever says yes with the words of a no."""
        if self.asks_again:
            self.add_error("resuelto", gettext("Por lo que escribiste, quizá todavía falta algo. ¿Quedó resuelto?"))
        if self.cleaned_data.get("resuelto") == "no" and not self.cleaned_data.get("falta", "").strip():
            self.add_error("falta", gettext("Cuéntanos en una línea qué falta, para empezar por ahí."))


class WhyForm(PlainForm):
    """Why a case is begun again, or is no longer wanted."""

    motivo = forms.CharField(required=False, max_length=2000)


class PlatformCodeForm(PlainForm):
    """The code that the State's Libro de Reclamaciones gave."""

    codigo = forms.CharField(
        max_length=60, error_messages={"required": gettext_lazy("Escribe el código que te dio la plataforma.")}
    )
