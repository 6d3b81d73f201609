"""«Mis avisos»: where else alarms find a person."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cercana.accounts.models import User
from cercana.critical.models import AlarmTarget
from cercana.organization.models import Municipality
from cercana.rules.access import Role
from tests.couriers.strangers import Stranger, stranger
from tests.factories import make_user
from tests.jobs import work_off

PAGE = "/mesa/mis-avisos/"


@pytest.fixture
def officer(client: Client) -> User:
    user = make_user(Role.AREA_OFFICER, "obras_infraestructura", name="Luis Obras")
    client.force_login(user)
    return user


@pytest.fixture
def service() -> Iterator[Stranger]:
    with stranger() as found:
        yield found


def add(client: Client, service: Stranger) -> AlarmTarget:
    """Return the target that the form of the page adds."""
    fields = {"paso": "servicio", "direccion": f"json://{service.address}/muy-secreta", "nombre": "Central"}
    assert client.post(PAGE, fields).status_code == 302
    return AlarmTarget.objects.get()


class TestThePage:
    def test_never_shows_an_address_again(self, client: Client, officer: User, service: Stranger) -> None:
        add(client, service)

        page = client.get(PAGE).content.decode()

        assert "JSON: Central" in page
        assert "secreta" not in page

    def test_tries_a_target_and_says_what_came_of_it(self, client: Client, officer: User, service: Stranger) -> None:
        Municipality.objects.update(is_demo=False)
        target = add(client, service)

        client.post(PAGE, {"paso": "probar", "destino": target.pk})
        waiting = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
        work_off()
        done = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()

        assert "Enviando la prueba" in waiting
        assert 'hx-trigger="every 1s"' in waiting
        assert "La prueba salió" in done
        assert "hx-trigger" not in done

    def test_subscribes_the_browser_before_which_one_sits(self, client: Client, officer: User) -> None:
        fields = {"paso": "equipo", "endpoint": "https://push.example.com/x", "p256dh": "clave", "auth": "secreto"}

        client.post(PAGE, {**fields, "nombre": "Chrome en Android"})

        target = AlarmTarget.objects.get()
        assert (target.person_id, target.way, target.label) == (officer.pk, "push", "Chrome en Android")

    def test_removes_a_target(self, client: Client, officer: User, service: Stranger) -> None:
        target = add(client, service)

        client.post(PAGE, {"paso": "quitar", "destino": target.pk})

        assert not AlarmTarget.objects.exists()

    def test_says_what_is_wrong_with_an_address(self, client: Client, officer: User) -> None:
        answer = client.post(PAGE, {"paso": "servicio", "direccion": "nada"})

        assert answer.status_code == 422
        assert "no es de ningún servicio conocido" in answer.content.decode()


class TestThePageOfSomebodyElse:
    def test_is_for_administrators_alone(self, client: Client, officer: User, service: Stranger) -> None:
        address = f"{PAGE}?persona={officer.pk}"
        others = {
            role: make_user(role, "alcaldia") for role in (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.DUTY_OFFICER)
        }
        for role, user in others.items():
            client.force_login(user)
            assert client.get(address).status_code == (200 if role is Role.ADMINISTRATOR else 404)

        client.force_login(others[Role.ADMINISTRATOR])
        fields = {"paso": "servicio", "direccion": f"json://{service.address}", "persona": officer.pk}
        client.post(address, fields)
        subscribing = client.post(address, {**fields, "paso": "equipo", "endpoint": "https://push.example.com/x"})

        assert AlarmTarget.objects.get().person_id == officer.pk
        assert subscribing.status_code == 404

    def test_gives_no_hold_on_the_targets_of_others(self, client: Client, officer: User) -> None:
        other = make_user(Role.AREA_OFFICER, "obras_infraestructura")
        target = AlarmTarget.objects.create(
            person=other, way="push", label="Suyo", sealed="x", mark="1", created_at=timezone.now()
        )

        statuses = [
            client.post(PAGE, {"paso": step, "destino": target.pk}).status_code for step in ("probar", "quitar")
        ]

        assert statuses == [404, 404]
        assert AlarmTarget.objects.exists()


class TestTheScriptOfPushes:
    def test_may_see_the_desk_alone(self, client: Client, officer: User) -> None:
        answer = client.get(reverse("desk:push-worker"))

        assert answer["Content-Type"] == "text/javascript"
        assert answer["Service-Worker-Allowed"] == "/mesa/"
        assert b"showNotification" in answer.content
