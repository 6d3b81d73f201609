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
from django.test import Client

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
        assert "Escribe tu código" in client.get("/cuenta/2fa/authenticate/").content.decode()

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
