import pytest
import structlog
from structlog.testing import capture_logs

from cercana.config.logs import MASK, LoggingSettings, configure_logging, mask, mask_event


class TestMask:
    @pytest.mark.parametrize(
        "text",
        [
            "rosa.quispe+1@correo.example",
            "999 888 777",
            "+51 999 888 777",
            "+51999888777",
            "999-888-777",
            "01 234-5678",
            "(01) 234-5678",
            "45678912",
            "20131312955",
        ],
    )
    def test_hides_what_leads_to_a_person(self, text: str) -> None:
        assert mask(f"Aviso a {text} por el caso") == f"Aviso a {MASK} por el caso"

    def test_hides_signed_links(self) -> None:
        token = "eyJjYXNlIjoxMn0:1vNabc:" + "x7Jq" * 10

        assert mask(f"Not Found: /casos/enlace/{token}") == f"Not Found: /casos/enlace/{MASK}"

    @pytest.mark.parametrize(
        "text",
        ["SI-2026-004217-G", "2026-11-24T18:41:47", "salida 137 en 12.5 s", "127.0.0.1:8000", "job 123456"],
    )
    def test_leaves_what_helps_to_find_a_fault(self, text: str) -> None:
        assert mask(text) == text


class TestMaskEvent:
    def test_hides_whatever_has_a_personal_name(self) -> None:
        event = mask_event(None, "info", {"event": "sent", "name": "Rosa", "document": "X1", "status": 200})

        assert event == {"event": "sent", "name": MASK, "document": MASK, "status": 200}

    def test_hides_persons_in_the_traceback(self) -> None:
        event = mask_event(None, "error", {"event": "failed", "exception": "Key (email)=(ana@correo.example) exists"})

        assert event["exception"] == f"Key (email)=({MASK}) exists"

    def test_drops_the_request_with_what_was_searched_for(self) -> None:
        event = mask_event(None, "error", {"event": "failed", "request": "<WSGIRequest: GET '/mesa/?q=quispe'>"})

        assert event == {"event": "failed"}


class TestConfigureLogging:
    def test_reaches_the_loggers_that_were_used_before(self) -> None:
        # ``cercana.config.wsgi`` sets Django up again wherever it is imported.
        log = structlog.get_logger("tests")
        log.info("before")

        configure_logging(LoggingSettings(is_json=False))

        with capture_logs() as events:
            log.info("after")
        assert [event["event"] for event in events] == ["after"]
