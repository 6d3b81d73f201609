from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from cercana.cases import commands
from cercana.cases.models import Case
from cercana.database import throttle
from cercana.portal.links import case_link, code_of
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, citizen_of, make_case
from tests.portal.walking import come_in, number_never_given, page, shown_errors

WRONG_PAIR = "El número y el código no van juntos. Revísalos en tu constancia, por favor."


def try_code(client: Client, number: str, code: str) -> list[str]:
    """Try a number and a code, and return what the page says is wrong."""
    return shown_errors(client.post("/casos/seguir/", {"numero": number, "codigo": code}).content.decode())


def path_of(case: Case) -> str:
    """Return the signed link of a case, without the host."""
    return "/caso/" + case_link(case.key, case.access_generation).rpartition("/")[2]


class TestFind:
    def test_opens_a_case_by_number_and_code_however_they_are_typed(self, client: Client) -> None:
        case = make_case()
        code = code_of(case.key, case.access_generation)
        typed = {"numero": f" {case.number.lower().replace('-', '')} ", "codigo": code.lower().replace("-", " ")}

        answer = client.post("/casos/seguir/", typed)

        assert answer["Location"] == f"/casos/{case.number}/"
        assert page(client, answer["Location"])

    def test_says_the_same_of_a_wrong_code_and_of_a_number_that_was_never_given(self, client: Client) -> None:
        case = make_case()

        assert try_code(client, case.number, "2222-2222") == [WRONG_PAIR]
        assert try_code(client, number_never_given(), code_of(case.key, 1)) == [WRONG_PAIR]

    def test_asks_the_database_the_same_either_way(self, client: Client) -> None:
        case = make_case()
        asked = []
        for number in (case.number, number_never_given()):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                try_code(client, number, "2222-2222")
            asked.append(len(queries))

        assert asked[0] == asked[1]

    def test_helps_with_the_last_letter(self, client: Client) -> None:
        case = make_case()
        wrong = case.number[:-1] + ("X" if case.number[-1] != "X" else "Y")

        assert try_code(client, wrong, "2222-2222") == ["Ese número no existe; la letra final no coincide."]

    def test_keeps_what_was_typed_but_not_in_the_address(self, client: Client) -> None:
        answer = client.post("/casos/seguir/", {"numero": number_never_given(), "codigo": "2222-2222"})

        assert f'value="{number_never_given()}"' in answer.content.decode()
        assert answer.status_code == 422

    def test_opens_one_case_and_no_other(self, client: Client) -> None:
        case, other = make_case(), make_case()
        come_in(client, case)

        answer = client.get(f"/casos/{other.number}/")

        assert (answer.status_code, answer["Location"]) == (302, f"/casos/seguir/?numero={other.number}")

    def test_gives_a_cookie_that_goes_to_the_pages_of_this_case_only(self, client: Client) -> None:
        case = make_case()
        come_in(client, case)

        cookie = client.cookies["caso"]
        assert (cookie["path"], cookie["httponly"], cookie["max-age"]) == (f"/casos/{case.number}/", True, 7200)

    def test_can_be_left(self, client: Client) -> None:
        case = make_case()
        come_in(client, case)

        client.post(f"/casos/{case.number}/salir/")

        assert client.get(f"/casos/{case.number}/").status_code == 302

    def test_does_not_stay_open_after_the_code_was_changed(self, client: Client) -> None:
        case = make_case()
        come_in(client, case)
        commands.revoke_access(number=case.number, actor=citizen_of(case), now=NOW)

        assert client.get(f"/casos/{case.number}/").status_code == 302
        assert client.post(f"/casos/{case.number}/mensajes/", {"mensaje": "hola"}).status_code == 302
        assert not case.events.filter(type="message_received").exists()


class TestTries:
    def test_wait_longer_and_longer(self) -> None:
        now, waits = timezone.now(), []
        for _ in range(9):
            wait = throttle.wait_before_try("SI-2026-000001-1", "10.0.0.1", now)
            waits.append(wait)
            now += wait
            if wait:
                assert not throttle.wait_before_try("SI-2026-000001-1", "10.0.0.1", now)

        assert [each.total_seconds() for each in waits] == [0, 0, 0, 0, 0, 30, 60, 120, 240]

    def test_are_counted_for_each_number_and_address(self) -> None:
        now = timezone.now()
        for _ in range(6):
            throttle.wait_before_try("uno", "10.0.0.1", now)

        assert throttle.wait_before_try("uno", "10.0.0.1", now)
        assert not throttle.wait_before_try("uno", "10.0.0.2", now)
        assert not throttle.wait_before_try("otro", "10.0.0.1", now)

    def test_of_many_numbers_from_one_address_wait_too(self) -> None:
        now = timezone.now()
        waits = [throttle.wait_before_try(f"número {n}", "10.0.0.1", now) for n in range(45)]

        assert not any(waits[:40])
        assert all(timedelta() < each <= timedelta(seconds=90) for each in waits[40:])

    def test_that_succeed_are_not_counted(self, client: Client) -> None:
        cases = [make_case() for _ in range(3)]

        for turn in range(60):
            come_in(client, cases[turn % 3])

    def test_from_one_address_are_forgotten_little_by_little(self) -> None:
        now = timezone.now()
        for n in range(40):
            throttle.wait_before_try(f"número {n}", "10.0.0.1", now)

        later = [throttle.wait_before_try(f"luego {n}", "10.0.0.1", now + timedelta(minutes=15)) for n in range(11)]

        assert not any(later[:10])
        assert later[10]

    def test_of_somebody_else_there_let_the_right_code_through_after_a_minute_and_a_half(self) -> None:
        now = timezone.now()
        for n in range(41):
            throttle.wait_before_try(f"número {n}", "10.0.0.1", now)

        assert not throttle.wait_before_try("mío", "10.0.0.1", now + timedelta(seconds=90))

    @pytest.mark.parametrize(
        ("address", "is_same"),
        [("2001:db8:7:1:ffff::2", True), ("2001:db8:7:2::1", False), ("::ffff:10.0.0.1", False)],
    )
    def test_from_one_network_of_ipv6_are_counted_together(self, address: str, is_same: bool) -> None:
        now = timezone.now()
        for n in range(40):
            throttle.wait_before_try(f"número {n}", f"2001:db8:7:1::{n:x}", now)

        assert bool(throttle.wait_before_try("otro", address, now)) is is_same

    def test_of_one_number_from_many_addresses_leave_each_a_single_one(self) -> None:
        now = timezone.now()
        for n in range(50):
            throttle.wait_before_try("uno", f"10.0.1.{n}", now)

        waits = [throttle.wait_before_try("uno", "10.0.2.1", now) for _ in range(2)]

        assert [each.total_seconds() for each in waits] == [0, 30]

    def test_of_one_number_from_many_addresses_never_lock_out_its_owner(self, client: Client) -> None:
        case, now = make_case(), timezone.now()
        for n in range(200):
            throttle.wait_before_try(case.number, f"10.0.1.{n}", now)

        assert come_in(client, case) == f"/casos/{case.number}/"

    def test_are_answered_with_the_wait_in_words(self, client: Client) -> None:
        case = make_case()
        for _ in range(5):
            try_code(client, case.number, "2222-2222")

        answer = client.post("/casos/seguir/", {"numero": case.number, "codigo": code_of(case.key, 1)})

        assert answer.status_code == 429
        assert "Espera 1 minuto y prueba otra vez" in answer.content.decode()
        assert int(answer["Retry-After"]) <= 30

    def test_that_wait_keep_the_number(self, client: Client) -> None:
        case = make_case()
        for _ in range(6):
            answer = client.post("/casos/seguir/", {"numero": case.number, "codigo": "2222-2222"})

        assert answer.status_code == 429
        assert f'href="/casos/seguir/?numero={case.number}"' in answer.content.decode()

    def test_are_forgiven_after_a_success(self, client: Client) -> None:
        case = make_case()
        for _ in range(3):
            try_code(client, case.number, "2222-2222")
            come_in(client, case)

        assert try_code(client, case.number, "2222-2222") == [WRONG_PAIR]


class TestLink:
    def test_opens_the_case_and_hides_itself(self, client: Client) -> None:
        case = make_case()

        answer = client.get(path_of(case))

        assert answer["Location"] == f"/casos/{case.number}/"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert page(client, answer["Location"])

    def test_leads_no_search_engine_to_a_case(self, client: Client) -> None:
        case = make_case()
        tracking = f"/casos/{case.number}/"

        opened = client.get(path_of(case))
        robot = Client()
        refused = robot.get(tracking)
        asked = robot.get(refused["Location"])

        assert [each.get("X-Robots-Tag") for each in (opened, refused, asked)] == ["noindex"] * 3
        assert "numero" in refused["Location"]
        # Whoever shows the cookie is the person themselves.
        assert client.get(tracking).get("X-Robots-Tag") is None
        assert robot.get("/casos/seguir/").get("X-Robots-Tag") is None

    @pytest.mark.parametrize("choice", ["si", "no"])
    def test_shows_a_choice_and_does_nothing_by_being_opened(self, client: Client, choice: str) -> None:
        case = make_case(Stage.ANSWERED)

        answer = client.get(f"{path_of(case)}?cierre={choice}", follow=True)

        assert f'id="r-{choice}" name="resuelto" value="{choice}" checked' in answer.content.decode()
        case.refresh_from_db()
        assert case.stage == Stage.ANSWERED

    def test_is_worthless_after_the_code_was_changed(self, client: Client) -> None:
        case = make_case()
        path = path_of(case)
        commands.revoke_access(number=case.number, actor=citizen_of(case), now=NOW)

        assert client.get(path).status_code == 410

    def test_serves_until_thirty_days_after_closure(self, client: Client) -> None:
        case = make_case(Stage.CLOSED, now=timezone.now() - timedelta(days=29))
        assert client.get(path_of(case)).status_code == 302

        case = make_case(Stage.CLOSED, now=timezone.now() - timedelta(days=31))
        assert client.get(path_of(case)).status_code == 410

    @pytest.mark.parametrize("token", ["x", signing.dumps({"k": "00000000-0000-0000-0000-000000000000", "g": 1})])
    def test_cannot_be_made_up(self, client: Client, token: str) -> None:
        answer = client.get(f"/caso/{token}")

        assert answer.status_code == 410
        assert "Este enlace ya no sirve" in answer.content.decode()


class TestLost:
    def test_says_the_same_whether_or_not_there_is_such_a_case(self, client: Client) -> None:
        case = make_case()
        pages = []
        for number in (case.number, number_never_given()):
            answer = client.post("/casos/sin-codigo/", {"numero": number})
            pages.append((answer.status_code, answer.content.decode().replace(number, "N")))

        assert pages[0][0] == pages[1][0] == 200
        assert strip_tokens(pages[0][1]) == strip_tokens(pages[1][1])

    def test_has_a_link_sent_by_the_worker(self, client: Client) -> None:
        case = make_case()

        client.post("/casos/sin-codigo/", {"numero": case.number.lower()})

        job = ProcrastinateJob.objects.get(task_name="cercana.tracking_link")
        assert job.args == {"number": case.number}

    def test_is_slowed_down_like_codes(self, client: Client) -> None:
        for _ in range(5):
            client.post("/casos/sin-codigo/", {"numero": number_never_given()})

        assert client.post("/casos/sin-codigo/", {"numero": number_never_given()}).status_code == 429


def strip_tokens(html: str) -> str:
    """Return a page without the token that differs each time."""
    return "\n".join(line for line in html.splitlines() if "csrfmiddlewaretoken" not in line)
