"""The one thing that asks twice: blanks, and somebody else's personal data, in what is about to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from cercana.cases import queries
from cercana.desk.requests import StaffRequest
from cercana.desk.versions import digest
from cercana.desk.writing_help import WRITTEN
from cercana.rules.acts import Act
from cercana.rules.writing.parts import joined
from cercana.rules.writing.personal_details import Detail, FoundDetail, details_in

_NAMES: Mapping[Detail, str] = {
    Detail.DOCUMENT: "un número de documento",
    Detail.TAXPAYER: "un RUC",
    Detail.PHONE: "un teléfono",
    Detail.EMAIL: "un correo",
    Detail.HOME: "una dirección",
    Detail.BLANK: "un espacio sin llenar",
}


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What was found, and the word with which its sender says that it may go; another text needs another word."""

    found: tuple[FoundDetail, ...]
    key: str

    @property
    def lines(self) -> list[str]:
        """What to look at again, masked."""
        return list(dict.fromkeys(f"{_NAMES[each.kind]}: {each.masked}" for each in self.found))

    @property
    def has_data(self) -> bool:
        """Whether there is personal data among it."""
        return any(each.kind is not Detail.BLANK for each in self.found)


def texts_of(request: StaffRequest, verb: str) -> dict[str, str]:
    """Return what stands in the fields that ``verb`` sends to the citizen, by their names."""
    # A form that is sent without scripts ends its lines with two characters.
    return {name: request.POST.get(name, "").replace("\r\n", "\n") for name in WRITTEN[verb]}


def second_look(request: StaffRequest, number: str, verb: str, act: Act) -> SecondLook | None:
    """
    Return what has to be asked before ``verb`` is done, None if nothing has or the sender has said yes to just this.

    Raise CaseNotFound for whoever may not do ``act``.
    """
    if verb not in WRITTEN:
        return None
    text = joined(texts_of(request, verb))
    if not details_in(text):
        return None
    queries.case_for(request.actor, act, number=number)
    page = queries.page_of_case(request.actor, number)
    found = queries.details_beside(page, text)
    key = digest(number, verb, request.actor.signature, *(each.words for each in found))
    return SecondLook(tuple(found), key) if found and request.POST.get("anyway") != key else None
