from collections.abc import Iterator

import pytest
from django.test import Client
from structlog.testing import capture_logs
from structlog.typing import EventDict

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.refusal_urls")]


@pytest.fixture
def logged() -> Iterator[list[EventDict]]:
    with capture_logs() as events:
        yield events


class TestRefusalMiddleware:
    def test_answers_a_page_that_says_what_to_do(self, client: Client) -> None:
        answer = client.get("/refuse/")

        assert answer.status_code == 429
        assert answer["Content-Type"].startswith("text/html")
        assert "Viniste 3 veces. Espera un momento." in answer.content.decode()
        assert "<html" in answer.content.decode()

    def test_answers_htmx_with_a_fragment(self, client: Client) -> None:
        answer = client.get("/refuse/", headers={"HX-Request": "true"})

        assert answer.status_code == 429
        assert "Viniste 3 veces. Espera un momento." in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_answers_a_program_with_json(self, client: Client) -> None:
        answer = client.get("/refuse/", headers={"Accept": "application/json"})

        assert answer.status_code == 429
        assert answer.json() == {
            "code": "tests.too_many_visits",
            "message": "Viniste 3 veces. Espera un momento.",
        }

    def test_says_when_to_come_back(self, client: Client) -> None:
        assert client.get("/refuse/")["Retry-After"] == "60"

    def test_logs_the_code(self, client: Client, logged: list[EventDict]) -> None:
        client.get("/refuse/")

        assert [(event["event"], event["error_code"]) for event in logged] == [("refused", "tests.too_many_visits")]

    def test_lets_a_bug_be_a_bug(self, client: Client) -> None:
        with pytest.raises(ValueError, match="a bug"):
            client.get("/break/")


class TestErrorPages:
    def test_an_unknown_address_is_refused_like_anything_else(self, client: Client) -> None:
        answer = client.get("/no-existe/")

        assert answer.status_code == 404
        assert "No encontramos esta página" in answer.content.decode()

    def test_a_form_from_elsewhere_is_refused_in_plain_words(self) -> None:
        answer = Client(enforce_csrf_checks=True).post("/cuenta/login/", {"login": "x"})

        assert answer.status_code == 403
        assert "Esta página ya no está al día" in answer.content.decode()

    def test_a_bug_is_admitted_without_its_detail(self) -> None:
        answer = Client(raise_request_exception=False).get("/break/")

        assert answer.status_code == 500
        assert "Algo falló de nuestro lado" in answer.content.decode()
        assert "a bug" not in answer.content.decode()

    def test_an_unknown_host_gets_no_page(self, client: Client) -> None:
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
