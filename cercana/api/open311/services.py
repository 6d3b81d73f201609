"""What may be reported: the categories that are open, and what may be answered about each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from cercana.api.open311.errors import ServiceUnknown
from cercana.api.open311.formats import Content, Rows
from cercana.api.shapes.registration import Matter
from cercana.organization import queries as organization
from cercana.rules.classification import CaseClass
from cercana.rules.open_reports import is_category_open

_MATTERS = {
    Matter.POOR_SERVICE: "Algo está mal o no funciona",
    Matter.DELAY: "Algo que se pidió no llega",
    Matter.ERROR: "Hay un error en un dato o registro",
    Matter.INQUIRY: "Solo quiero preguntar",
}


@dataclass(frozen=True, slots=True)
class Service:
    """A category that may be reported; ``group`` is the area that attends to it."""

    code: str
    name: str
    words: str
    group: str
    usual: Matter

    @property
    def shown(self) -> Content:
        """It as the list of services tells it."""
        return {
            "service_code": self.code,
            "service_name": self.name,
            "description": self.words,
            "metadata": True,
            "type": "realtime",
            "keywords": ", ".join(dict.fromkeys((self.name.lower(), self.group.lower()))),
            "group": self.group,
        }


def services() -> Sequence[Service]:
    """Return what may be reported today, in the order of the catalogue."""
    chosen = settings.OPEN311_SERVICES
    return [
        Service(
            code=each.code,
            name=each.name,
            words=each.citizen_words,
            group=each.area.name,
            usual=Matter.INQUIRY if each.default_kind == "inquiry" else Matter.POOR_SERVICE,
        )
        for each in organization.categories()
        if (not chosen or each.code in chosen)
        and is_category_open(
            is_restricted=each.is_restricted,
            is_about_staff=each.is_about_staff,
            class_=CaseClass(each.class_),
            legal_nature=each.legal_nature_id,
        )
    ]


def service(code: str) -> Service:
    """Return the service called ``code``; raise ServiceUnknown."""
    found = next((each for each in services() if each.code == code), None)
    if found is None:
        raise ServiceUnknown(service=code)
    return found


def definition(code: str) -> Content:
    """Return what may be answered about a service; raise ServiceUnknown."""
    values = Rows("value", [{"key": each.value, "name": label} for each, label in _MATTERS.items()])
    return {
        "service_code": service(code).code,
        "attributes": Rows(
            "attribute",
            [
                _attribute(1, "matter", "singlevaluelist", "¿Qué pasa?", values),
                _attribute(2, "happened", "string", "¿Cuándo ocurrió?"),
                _attribute(3, "request", "text", "¿Qué pides a la municipalidad?"),
            ],
        ),
    }


def _attribute(order: int, code: str, datatype: str, question: str, values: Rows | None = None) -> Content:
    told: dict[str, Content] = {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": None,
        "order": order,
        "description": question,
    }
    return {**told, "values": values} if values else told
