"""Dates in what the staff writes: offered as promises, marked as kept, and apologised for."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.commands import DatedPromise
from cercana.cases.models import Case, Clock
from cercana.rules.access import Role
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import Due, to_lima
from tests.factories import make_case, make_user

CREW = "Buenos días. Mañana pasa la cuadrilla. Gracias por avisar."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def officer(client: Client) -> User:
    user = make_user(Role.AREA_OFFICER, "obras_infraestructura")
    client.force_login(user)
    return user


@pytest.fixture
def case(officer: User, now: datetime) -> Case:
    return make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=now - timedelta(hours=2))


def end_of_tomorrow(now: datetime) -> datetime:
    return to_lima(datetime.combine(to_lima(now).date() + timedelta(days=2), datetime.min.time()))


def promises(case: Case) -> list[datetime]:
    return list(Clock.objects.filter(case=case, kind="dated").values_list("due_at", flat=True))


class TestOffers:
    def test_name_the_dates_of_a_message_while_it_is_written(self, client: Client, case: Case) -> None:
        address = f"/mesa/casos/{case.number}/mensaje/fechas/"

        offered = client.post(address, {"text": CREW}, headers=HTMX).content.decode()

        assert "«Mañana»: hasta el final del" in offered
        assert client.post(address, {"text": "Lo vemos pronto."}, headers=HTMX).content.decode().strip() == ""

    def test_become_promises_when_they_are_ticked(self, client: Client, case: Case, now: datetime) -> None:
        until = end_of_tomorrow(now) - timedelta(seconds=1)

        client.post(f"/mesa/casos/{case.number}/mensaje/", {"text": CREW, "promise": until.isoformat()})

        assert promises(case) == [end_of_tomorrow(now)]

    def test_promise_nothing_that_the_text_does_not_say(self, client: Client, case: Case, now: datetime) -> None:
        until = end_of_tomorrow(now) + timedelta(days=4)

        client.post(f"/mesa/casos/{case.number}/mensaje/", {"text": CREW, "promise": until.isoformat()})

        assert promises(case) == []

    def test_stand_on_the_page_once_the_message_is_sent_without_them(
        self, client: Client, case: Case, now: datetime
    ) -> None:
        client.post(f"/mesa/casos/{case.number}/mensaje/", {"text": CREW})
        page = client.get(f"/mesa/casos/{case.number}/").content.decode()
        case.refresh_from_db()
        form = client.get(f"/mesa/casos/{case.number}/promesa/?de={case.last_sequence}").content.decode()

        assert "Usted escribió «Mañana»" in page
        assert "Mañana pasa la cuadrilla.</textarea>" in form
        assert f'value="{to_lima(now).date() + timedelta(days=1)}"' in form

    def test_of_an_answer_come_from_what_follows(self, client: Client, case: Case) -> None:
        answer = {"done": "Hoy tapamos el bache.", "next_step": "Se pinta la pista.", "by_when": "En tres días."}

        offered = client.post(f"/mesa/casos/{case.number}/responder/fechas/", answer, headers=HTMX).content.decode()

        assert "«En tres días»" in offered
        assert "«Hoy»" not in offered


class TestABrokenPromise:
    def test_is_reminded_of_with_the_apology_written(
        self, client: Client, case: Case, officer: User, now: datetime
    ) -> None:
        actor, earlier = actor_for(officer, now), now - timedelta(hours=1)
        promise = DatedPromise(text="Le llamo en un rato.", due=Due(now - timedelta(minutes=5), inclusive=True))
        commands.promise_date(number=case.number, promise=promise, actor=actor, now=earlier)
        commands.watch_promises(now=now)

        page = client.get(f"/mesa/casos/{case.number}/").content.decode()
        apology = client.get(f"/mesa/casos/{case.number}/disculpa/").content.decode()

        assert "Una fecha prometida no se cumplió" in page
        assert "«Le llamo en un rato». No cumplimos y le pedimos disculpas." in apology

    def test_is_marked_as_kept_with_what_was_done(
        self, client: Client, case: Case, officer: User, now: datetime
    ) -> None:
        promise = DatedPromise(text="Le llamo hoy.", due=Due(now + timedelta(hours=3), inclusive=True))
        commands.promise_date(number=case.number, promise=promise, actor=actor_for(officer, now), now=now)

        client.post(f"/mesa/casos/{case.number}/cumplida/", {"round": "1", "text": "La llamé."})

        assert Clock.objects.get(case=case, kind="dated").status == "met"
        assert "Promesa cumplida" in client.get(f"/mesa/casos/{case.number}/").content.decode()
