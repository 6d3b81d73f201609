import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client, RequestFactory

from cercana.accounts.attempts import Attempt
from cercana.accounts.models import User
from cercana.organization.models import Municipality
from cercana.rules.access import Role
from tests.factories import make_user

PASSWORD = "olivos-de-san-isidro-1"


@pytest.fixture
def user() -> User:
    member = make_user(Role.AGENT, "atencion_ciudadano")
    member.set_password(PASSWORD)
    member.save(update_fields=["password"])
    return member


def sign_in(client: Client, user: User, password: str = PASSWORD, query: str = "") -> str:
    """Send the form of sign-in and return where it leads, or "" if it stays."""
    response = client.post(f"/cuenta/login/{query}", {"login": user.email, "password": password})
    return response.headers.get("Location", "")


class TestSignIn:
    def test_shows_the_passkey_first_and_then_the_password(self, client: Client) -> None:
        page = client.get("/cuenta/login/").content.decode()

        assert page.index("Entrar con mi llave de acceso") < page.index("Correo de la municipalidad")

    def test_answers_a_wrong_password_and_an_unknown_account_alike(self, client: Client, user: User) -> None:
        wrong = client.post("/cuenta/login/", {"login": user.email, "password": "otra-clave-larga"})
        unknown = client.post("/cuenta/login/", {"login": "nadie@prueba.example", "password": "otra-clave-larga"})

        for response in (wrong, unknown):
            assert "No pudimos ingresar con esos datos." in response.content.decode()

    def test_sends_somebody_without_a_second_factor_to_its_setup_whatever_they_ask_for(
        self, client: Client, user: User
    ) -> None:
        sign_in(client, user, query="?next=/mesa/")

        response = client.get("/mesa/")

        assert (response.status_code, response.headers["Location"]) == (302, "/cuenta/2fa/")

    def test_asks_for_no_second_factor_in_a_demonstration(self, client: Client, user: User) -> None:
        Municipality.objects.update(is_demo=True)
        sign_in(client, user)

        assert client.get("/mesa/").headers.get("Location") != "/cuenta/2fa/"

    def test_asks_for_the_code_of_the_telephone(self, client: Client, user: User) -> None:
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        assert Authenticator.objects.filter(user=user).exists()

        assert sign_in(client, user) == "/cuenta/2fa/authenticate/"
        assert "Escriba su código" in client.get("/cuenta/2fa/authenticate/").content.decode()

        code = get_adapter() and format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
        client.post("/cuenta/2fa/authenticate/", {"code": code})
        assert client.session.get("_auth_user_id") == str(user.pk)

    def test_lets_whoever_forgot_their_password_set_up_a_second_factor(self, client: Client, user: User) -> None:
        client.post("/cuenta/password/reset/", {"email": user.email})
        sign_in(client, user)
        client.post("/cuenta/reauthenticate/", {"password": PASSWORD})

        assert client.get("/cuenta/2fa/totp/activate/").status_code == 200

    def test_is_the_only_way_in_nobody_registers_alone(self, client: Client) -> None:
        page = client.get("/cuenta/signup/").content.decode()

        assert "password1" not in page


class TestTooManyTries:
    def try_from(self, address: str, login: str, password: str = PASSWORD[::-1]) -> str:
        response = Client(REMOTE_ADDR=address).post("/cuenta/login/", {"login": login, "password": password})
        return response.headers.get("Location", "") or response.content.decode()

    def test_from_elsewhere_lock_nobody_out(self, user: User) -> None:
        for last in range(1, 7):
            self.try_from(f"203.0.113.{last}", user.email)

        assert self.try_from("198.51.100.7", user.email, PASSWORD).startswith("/")

    @pytest.mark.parametrize("login", ["", "nadie@prueba.example"])
    def test_from_one_address_are_told_to_wait_whether_the_account_exists_or_not(self, user: User, login: str) -> None:
        for _ in range(5):
            assert "No pudimos ingresar con esos datos." in self.try_from("203.0.113.1", login or user.email)

        page = self.try_from("203.0.113.1", login or user.email, PASSWORD)

        assert "Demasiados intentos. Espere 10 minutos." in page
        assert "No pudimos ingresar" not in page

    def test_of_many_accounts_from_one_address_end(self, rf: RequestFactory) -> None:
        for number in range(40):
            Attempt(rf.post("/", REMOTE_ADDR="203.0.113.1"), f"nadie{number}@prueba.example").count()

        assert "Demasiados intentos." in self.try_from("203.0.113.1", "nadie@prueba.example")

    def test_of_one_account_from_everywhere_end(self, rf: RequestFactory, user: User) -> None:
        for number in range(100):
            Attempt(rf.post("/", REMOTE_ADDR=f"203.0.{number}.1"), user.email).count()

        page = self.try_from("198.51.100.7", user.email)

        assert re.search(r"Demasiados intentos. Espere (59|60) minutos.", page)

    def test_without_end_get_a_page_of_ours(self, client: Client) -> None:
        for _ in range(60):
            client.post("/cuenta/login/", {"login": "", "password": ""})

        answer = client.post("/cuenta/login/", {"login": "", "password": ""})

        assert (answer.status_code, answer["Retry-After"]) == (429, "60")
        assert "Demasiados intentos. Espere un minuto" in answer.content.decode()

    def test_do_not_count_what_was_right(self, user: User) -> None:
        for _ in range(6):
            assert self.try_from("203.0.113.1", user.email, PASSWORD).startswith("/")

    def test_of_the_code_say_so(self, client: Client, user: User) -> None:
        TOTP.activate(user, generate_totp_secret())
        sign_in(client, user)
        for _ in range(5):
            client.post("/cuenta/2fa/authenticate/", {"code": "000000"})

        page = client.post("/cuenta/2fa/authenticate/", {"code": "000000"}).content.decode()

        assert "Demasiados intentos. Espere 5 minutos." in page
        assert "no coincide" not in page
