"""The guide beside the form of attention: it follows what is chosen, and only which steps were said is kept."""

import pytest
from django.test import Client

from cercana.cases.models import Case, Event
from cercana.rules.access import Role
from cercana.rules.history import EventType
from tests.desk.test_intake import HTMX, register, text_of, typed
from tests.factories import Given, make_user


@pytest.fixture(autouse=True)
def agent(client: Client) -> None:
    client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))


def beside(client: Client, **given: Given) -> str:
    """Return what stands beside the form when the person has told what happened, and nothing else yet."""
    fields = typed(place="", request="", **given)
    return text_of(client.post("/mesa/atender/parecidos/", fields, headers=HTMX))


class TestTheGuide:
    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"type": "error"}, "Lamento el error y el tiempo que le costó."),
            ({"category": "noise", "type": "poor_service", "description": "Música"}, "Dormir mal varias noches"),
            ({"guide_mood": "llora"}, "Sigo aquí con usted."),
            ({"about_staff": "on"}, "Debió ser difícil venir a contarlo."),
            ({"guide_moment": "decir_no"}, "No voy a poder hacerlo, y le explico por qué."),
            ({"guide_moment": "espera"}, "¿Me permite dos minutos para consultarlo?"),
            ({"class_": "critical"}, "Entiendo su preocupación."),
            ({"language": "qu", "description": ""}, "Allinllachu."),
            (
                {"document_type": "passport", "document_number": "X1234567", "description": ""},
                "Puede registrar su caso con pasaporte",
            ),
            ({"preferential": "on"}, "¿Qué le haría más fácil esta atención?"),
        ],
    )
    def test_changes_with_what_is_chosen_m2_1b(self, client: Client, given: Given, said: str) -> None:
        assert said not in beside(client)
        assert said in beside(client, **given)

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ("Hay noise toda la noche.", "Dormir mal varias noches"),
            ("Mi vecino pone música muy alta toda la noche.", "vivir al lado de eso agota"),
            ("La señorita de la ventanilla me gritó delante de todos.", "Debió ser difícil venir a contarlo."),
            ("El poste de la esquina hace chispas y los chicos se apoyan ahí.", "Entiendo su preocupación."),
        ],
    )
    def test_speaks_of_what_is_suggested_before_it_is_accepted(self, client: Client, told: str, said: str) -> None:
        assert said in beside(client, description=told, category="", type="")

    def test_promises_nothing_before_a_motive_is_chosen(self, client: Client) -> None:
        told = "Hay un hueco en la pista."

        assert "tenemos plazo" not in beside(client, description=told, category="", type="")
        assert "tenemos plazo" in beside(client, description=told, category="pothole", type="")

    def test_goes_on_without_script(self, client: Client) -> None:
        page = text_of(
            client.post("/mesa/atender/", typed(description="", place="", request="", guia="dicha:escuchar"))
        )

        assert 'name="guide_used" value="escuchar"' in page
        assert 'name="guide_at" value="reconocer"' in page
        assert not Case.objects.exists()


class TestWhatIsKept:
    def test_are_the_steps_that_were_said_and_nothing_of_the_citizen(self, client: Client) -> None:
        register(client, guide_used="reconocer escuchar invento", guide_mood="molesta", guide_moment="decir_no")

        payload = Event.objects.get(type=EventType.REGISTERED).payload
        assert payload["guide"] == ["escuchar", "reconocer"]
        assert "molesta" not in str(list(Event.objects.values_list("payload", flat=True)))

    def test_is_nothing_where_the_guide_was_not_used(self, client: Client) -> None:
        register(client)

        assert "guide" not in Event.objects.get(type=EventType.REGISTERED).payload
