"""What a phone may keep of a case, to be read without a connection."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.cases import commands
from cercana.cases.models import Case
from cercana.rules.access import Actor, Role
from cercana.rules.lifecycle import Stage
from tests.factories import make_actor, make_case
from tests.portal.walking import come_in


@pytest.fixture
def officer() -> Actor:
    return make_actor(Role.AREA_OFFICER, "obras_infraestructura")


def kept(client: Client, case: Case) -> dict[str, object]:
    """Return what the phone of the holder keeps."""
    answer = client.get(f"{come_in(client, case)}en-el-telefono/")
    found: dict[str, object] = json.loads(answer.content)
    return found


class TestWhatAPhoneMayKeep:
    def test_says_how_it_goes_and_until_when(self, client: Client, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, now=timezone.now() - timedelta(hours=1))

        told = kept(client, case)

        assert told["number"] == case.number
        assert "se está haciendo cargo" in str(told["sentence"])
        assert "Hasta" in str(told["promises"])
        assert "Recibimos tu caso" in str(told["story"])

    def test_has_the_answer_and_not_what_the_person_said_and_who_they_are(self, client: Client, officer: Actor) -> None:
        late = timezone.now() - timedelta(days=90)
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, now=late, description="Me caí en el bache de mi casa.")
        note = "Mañana parchamos el bache."
        commands.write_to_citizen(number=case.number, text=note, actor=officer, now=timezone.now())

        told = json.dumps(kept(client, case), ensure_ascii=False)

        assert "Vamos tarde con tu caso." in told
        assert note in told
        assert not any(word in told for word in ("Rosa", "vecinos.example", "Me caí"))

    def test_says_of_a_reserved_case_nothing_but_how_it_goes(self, client: Client) -> None:
        told = kept(client, make_case(Stage.REFERRED, category="violence_or_child"))

        assert (told["title"], told["talk"], told["story"]) == ("Tu caso", [], [])

    def test_is_for_its_holder_alone(self, client: Client) -> None:
        case = make_case(Stage.REGISTERED)

        answer = client.get(f"/casos/{case.number}/en-el-telefono/")

        assert answer["Location"] == f"/casos/seguir/?numero={case.number}"
