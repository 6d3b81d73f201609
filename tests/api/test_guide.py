"""The guide of a conversation through the API: what to say now, and its texts in the hands of who teaches."""

import uuid

import pytest

from cercana.cases.models import Event
from cercana.rules.access import Role
from cercana.rules.history import EventType
from cercana.workplace.models import GuideText
from tests.api.calling import System, connect, make_case_given
from tests.factories import make_user

TEXT = """---
titulo: La persona pide hablar con la alcaldesa
paso: limites
canal: ambos
cuando: molesta
---

## Diga

- Yo la ayudo ahora, y dejo anotado su pedido.

## Mejor no diga

- Eso no se puede.

## Cuándo escalar

- Si insiste, llame a su jefatura.
"""


@pytest.fixture
def agent() -> System:
    return connect(make_user(Role.AGENT, "atencion_ciudadano"))


@pytest.fixture
def trainer() -> System:
    return connect(make_user(Role.TRAINER, "alcaldia"))


class TestTheGuide:
    def test_says_what_fits_a_conversation(self, agent: System) -> None:
        told = "Quiero que tapen el hueco de la cuadra 9, ya van dos meses."
        asked = {"channel": "phone", "text": told, "place": "Av. Basadre 900", "marks": ["molesta"]}

        guide = agent.post("/guide", asked).json
        steps = {each["step"]: each for each in guide["steps"]}

        assert [each["step"] for each in guide["steps"]] == ["escuchar", "reconocer", "aclarar", "limites"]
        assert [each["step"] for each in guide["steps"] if each["state"] == "now"] == ["aclarar"]
        assert "Av. Basadre 900" in steps["aclarar"]["phrase"]
        assert steps["reconocer"]["situations"][0].startswith("molesta")

    def test_hears_danger_in_the_words(self, agent: System) -> None:
        asked = {"channel": "phone", "text": "Hay un cable caído con chispas en la puerta del colegio."}

        found = agent.post("/guide", asked).json
        named = {
            each["key"] for each in agent.get("/guide/situations").json["situations"] if "peligro" in each["marks"]
        }

        assert named & {key for step in found["steps"] for key in step["situations"]}

    def test_is_for_who_attends_people(self) -> None:
        auditor = connect(make_user(Role.AUDITOR, "alcaldia"))

        assert auditor.post("/guide", {"channel": "phone"}).status == 403
        assert auditor.get("/guide/situations").status == 403


class TestACaseRegistered:
    def test_keeps_which_steps_were_said(self, agent: System) -> None:
        given = {**make_case_given(), "channel": "phone", "guide": ["limites", "escuchar", "escuchar"]}

        agent.post("/cases", given)

        assert Event.objects.get(type=EventType.REGISTERED).payload["guide"] == ["escuchar", "limites"]


class TestAText:
    def test_is_begun_once_and_changed_and_brought_back(self, trainer: System) -> None:
        key = str(uuid.uuid4())
        for _ in range(2):
            begun = trainer.post("/guide/texts", {"text": TEXT}, key=key)
        path = f"/guide/texts/{begun.json['key']}"

        trainer.post(path, {"text": TEXT.replace("Yo la ayudo", "La ayudo yo"), "after": 1})
        trainer.post(f"{path}/bring-back", {"number": 1})
        versions = trainer.get(path).json["versions"]

        assert (begun.status, GuideText.objects.count()) == (201, 3)
        assert [each["number"] for each in versions] == [3, 2, 1]
        assert versions[0]["text"] == versions[2]["text"]

    def test_that_somebody_else_changed_is_looked_at_again(self, trainer: System) -> None:
        path = f"/guide/texts/{trainer.post('/guide/texts', {'text': TEXT}).json['key']}"

        refused = trainer.post(path, {"text": TEXT, "after": 0})

        assert (refused.status, refused.json["code"]) == (409, "desk.guide_changed")

    def test_has_to_be_a_situation(self, trainer: System) -> None:
        assert trainer.post("/guide/texts", {"text": "Hola."}).json["code"] == "guidance.malformed"
        assert trainer.get("/guide/texts/ninguna").status == 404

    def test_is_for_who_teaches(self, agent: System) -> None:
        assert agent.post("/guide/texts", {"text": TEXT}).status == 403
        assert agent.get("/guide/texts/calla").status == 403
