"""What is typed when somebody is helped while they wait: six fields, of which one may stay empty."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from cercana.cases.commands import Answer, Reception
from cercana.citizens.commands import ContactKind, Document, DocumentType, Person, normalize_contact, parse_document
from cercana.citizens.errors import DocumentMalformed, EmailMalformed, PhoneMalformed
from cercana.rules.classification import CaseClass, Cause, Channel, ClaimType, RequestKind
from cercana.rules.lifecycle import Outcome
from cercana.rules.similarity import Match, proposals

LONGEST_TEXT = 2_000
SPOKEN_YES = "Se le preguntó si quedó resuelto y dijo que sí."
_NO_CONTACT = "Se le atendió en el momento y no dejó contacto."
_NOTHING_FOLLOWS = "No queda nada pendiente."
_RESOLVED_NOW = "Quedó resuelto en el momento."


@dataclass(frozen=True, slots=True)
class Matter:
    """What it was, in one choice: kind, claim type and why it arose."""

    label: str
    kind: RequestKind
    claim_type: ClaimType | None
    cause: Cause


MATTERS: Mapping[str, Matter] = {
    "consulta": Matter("Una consulta", RequestKind.INQUIRY, None, Cause.INFORMATION),
    "demora": Matter("Un reclamo por demora", RequestKind.CLAIM, ClaimType.DELAY, Cause.BACKLOG),
    "dato": Matter("Un reclamo por un dato equivocado", RequestKind.CLAIM, ClaimType.ERROR, Cause.DATA_ERROR),
    "informacion": Matter(
        "Un reclamo por información equivocada", RequestKind.CLAIM, ClaimType.ERROR, Cause.INFORMATION
    ),
    "sistema": Matter(
        "Un reclamo por una falla del sistema", RequestKind.CLAIM, ClaimType.POOR_SERVICE, Cause.SYSTEM_FAILURE
    ),
}


@dataclass(frozen=True, slots=True)
class SpotMotive:
    """A category that can be closed while the person waits."""

    code: str
    name: str
    words: str
    class_: CaseClass


class OnTheSpotForm(forms.Form):
    """The compact form; ``proposed`` is the category that was shown as a proposal when nobody chose another."""

    client_key = forms.UUIDField()
    channel = forms.ChoiceField(choices=[(Channel.PHONE, "Teléfono"), (Channel.COUNTER, "Ventanilla")])
    description = forms.CharField(
        max_length=LONGEST_TEXT, error_messages={"required": "Escriba qué pidió, aunque sea en pocas palabras."}
    )
    matter = forms.ChoiceField(choices=[(code, each.label) for code, each in MATTERS.items()])
    category = forms.CharField(required=False)
    proposed = forms.CharField(required=False)
    done = forms.CharField(max_length=LONGEST_TEXT, error_messages={"required": "Escriba qué se le respondió o hizo."})
    who = forms.CharField(required=False, max_length=120)
    said_yes = forms.BooleanField(
        error_messages={"required": "Pregúntele si quedó resuelto. Si dice que no, regístrelo como caso."}
    )

    def __init__(self, data: QueryDict, *, motives: Mapping[str, SpotMotive]) -> None:
        super().__init__(data)
        self.motives = motives

    def value(self, name: str) -> str:
        """Return what was typed in a field, as it was typed."""
        return str(self.data.get(name, ""))

    def error(self, name: str) -> str:
        """Return what is wrong with a field, or ""."""
        return str(next(iter(self.errors.get(name, [])), ""))

    @property
    def proposal(self) -> Match | None:
        """The category whose words were typed, if there is one."""
        catalogue = {code: f"{each.name} {each.words}" for code, each in self.motives.items()}
        return next(iter(proposals(self.value("description"), catalogue, limit=1)), None)

    def clean(self) -> dict[str, object]:
        """Take the category that was chosen, or else the one that was shown."""
        given = self.cleaned_data
        chosen = given.get("category") or given.get("proposed") or ""
        if chosen not in self.motives:
            self.add_error("category", "Elija el motivo; si duda, el más parecido.")
        given["category"] = chosen
        return given

    def to_reception(self) -> Reception:
        """Return what the person came with; the form must be valid."""
        given = self.cleaned_data
        matter = MATTERS[given["matter"]]
        return Reception(
            person=person_of(given["who"], Channel(given["channel"])),
            kind=matter.kind,
            claim_type=matter.claim_type,
            category=given["category"],
            channel=Channel(given["channel"]),
            description=given["description"],
            client_key=given["client_key"],
        )

    def to_answer(self) -> Answer:
        """Return what was answered; the form must be valid."""
        matter = MATTERS[self.cleaned_data["matter"]]
        return Answer(
            done=self.cleaned_data["done"],
            next_step=_NOTHING_FOLLOWS,
            by_when=_RESOLVED_NOW,
            outcome=Outcome.EXPLAINED if matter.kind is RequestKind.INQUIRY else Outcome.SOLVED,
            cause=matter.cause,
        )


def person_of(typed: str, channel: Channel) -> Person:
    """Return who was meant by one line: a telephone, a mail address, a DNI, or else a name."""
    text = typed.strip()
    for kind in (ContactKind.EMAIL, ContactKind.PHONE):
        with suppress(EmailMalformed, PhoneMalformed):
            normalize_contact(kind, text)
            return Person(contacts=((kind, text),), channel=kind.value)
    document = _dni(text)
    return Person(name="" if document else text, document=document, no_contact_reason=_NO_CONTACT)


def _dni(text: str) -> Document | None:
    with suppress(DocumentMalformed):
        return parse_document(DocumentType.DNI, text)
    return None
