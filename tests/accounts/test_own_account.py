import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from cercana.accounts.commands import StaffEntry, set_staff
from cercana.accounts.models import User
from cercana.organization.models import Municipality
from cercana.rules.access import Role
from tests.factories import make_user

KEYS = "/cuenta/2fa/webauthn/"


def come_in(client: Client, user: User) -> None:
    """Sign somebody in who has just shown again who they are."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.fixture
def user() -> User:
    return make_user(Role.AGENT, "atencion_ciudadano")


@pytest.fixture
def client(client: Client, user: User) -> Client:
    """Return a browser whose person has just shown again who they are."""
    come_in(client, user)
    return client


@pytest.fixture
def key(user: User) -> Authenticator:
    given = {"name": "Celular", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=given)


def heading(page: str) -> str:
    """Return the heading of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert found is not None
    return found[1]


class TestTheSafeSignIn:
    def test_offers_what_is_missing_in_words(self, client: Client) -> None:
        page = client.get("/cuenta/2fa/").content.decode()

        assert heading(page) == "Mi ingreso seguro"
        assert "Añadir una llave" in page
        assert "Todavía no la ha activado." in page

    def test_counts_what_is_there(self, client: Client, key: Authenticator) -> None:
        page = client.get("/cuenta/2fa/").content.decode()

        assert "Tiene 1." in page
        assert "Códigos de respaldo" in page


class TestForms:
    def test_show_where_to_write(self, client: Client, user: User) -> None:
        user.set_password("olivos-de-san-isidro-1")
        user.save(update_fields=["password"])
        come_in(client, user)

        page = client.get("/cuenta/password/change/").content.decode()

        assert len(re.findall(r'<input class="input" type="password" name="(?:old)?password[12]?"', page)) == 3


class TestPasskeys:
    def test_are_told_to_somebody_who_has_none(self, client: Client) -> None:
        page = client.get(KEYS).content.decode()

        assert "Todavía no tiene ninguna llave de acceso." in page
        assert 'href="/cuenta/2fa/webauthn/add/"' in page

    def test_are_listed_in_words(self, client: Client, key: Authenticator) -> None:
        page = client.get(KEYS).content.decode()

        assert "Celular" in page
        assert "Todavía no la ha usado." in page
        assert f"{KEYS}keys/{key.pk}/edit/" in page
        assert f"{KEYS}keys/{key.pk}/remove/" in page

    def test_are_renamed(self, client: Client, key: Authenticator) -> None:
        assert heading(client.get(f"{KEYS}keys/{key.pk}/edit/").content.decode()) == "Cambiar el nombre de la llave"

        client.post(f"{KEYS}keys/{key.pk}/edit/", {"name": "Equipo de la oficina"})

        assert "Equipo de la oficina" in client.get(KEYS).content.decode()

    def test_are_removed_after_a_question(self, client: Client, key: Authenticator) -> None:
        page = client.get(f"{KEYS}keys/{key.pk}/remove/").content.decode()
        assert heading(page) == "¿Quitar la llave «Celular»?"
        assert Authenticator.objects.exists()

        client.post(f"{KEYS}keys/{key.pk}/remove/")

        assert not Authenticator.objects.exists()

    def test_are_nobody_elses_to_remove(self, client: Client, key: Authenticator) -> None:
        Authenticator.objects.update(user=make_user(Role.AUDITOR, "alcaldia"))

        assert client.post(f"{KEYS}keys/{key.pk}/remove/").status_code == 404
        assert Authenticator.objects.exists()


class TestAnAddressEnteredByAnAdministrator:
    @pytest.mark.parametrize("page", ["webauthn", "totp"])
    def test_lets_its_owner_add_a_second_factor(self, client: Client, user: User, page: str) -> None:
        Municipality.objects.update(is_demo=True)
        set_staff([StaffEntry(email="ana@prueba.example", full_name="Ana Poma", roles=[])])
        come_in(client, User.objects.get(email="ana@prueba.example"))
        # A letter to set a password had the address noted as one that nobody has verified.
        client.post("/cuenta/password/reset/", {"email": "ana@prueba.example"})

        assert client.get(f"/cuenta/2fa/{page}/{'add' if page == 'webauthn' else 'activate'}/").status_code == 200

    def test_is_verified_when_it_changes_and_the_old_one_is_nobodys(self, client: Client, user: User) -> None:
        EmailAddress.objects.create(user=user, email="vieja@prueba.example", verified=False, primary=True)
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))

        client.post(
            f"/admin/accounts/user/{user.pk}/change/",
            {
                "full_name": user.full_name,
                "email": "Nueva@Prueba.example",
                "is_active": "on",
                "memberships-TOTAL_FORMS": "0",
                "memberships-INITIAL_FORMS": "0",
            },
        )

        kept = EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")
        assert list(kept) == [("nueva@prueba.example", True, True)]
