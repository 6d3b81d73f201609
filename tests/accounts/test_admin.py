import pytest
from django.test import Client

from cercana.rules.access import Role
from tests.factories import make_user

PAGES = [
    "organization/municipality",
    "organization/area",
    "organization/category",
    "organization/legalnature",
    "organization/policyversion",
    "organization/addedday",
    "organization/officehour",
    "organization/privacynotice",
    "organization/emergencynumber",
    "organization/site",
    "accounts/user",
    "accounts/membership",
    "accounts/dutyshift",
]


class TestTheAdmin:
    @pytest.mark.parametrize("page", PAGES)
    def test_explains_each_list_in_plain_spanish(self, client: Client, page: str) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))

        response = client.get(f"/admin/{page}/")

        assert response.status_code == 200
        assert 'class="mb-4 max-w-3xl text-base"' in response.content.decode()

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_is_closed_to_every_other_role(self, client: Client, role: Role) -> None:
        client.force_login(make_user(role, "alcaldia"))

        assert client.get("/admin/organization/area/", follow=True).status_code == 403

    def test_has_no_door_of_its_own(self, client: Client) -> None:
        response = client.get("/admin/organization/area/", follow=True)

        assert response.redirect_chain[-1][0] == "/cuenta/login/?next=/admin/organization/area/"

    def test_holds_no_case_and_no_person(self, client: Client) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))

        for page in ("cases/case", "cases/event", "citizens/citizen", "citizens/personalvalue"):
            assert client.get(f"/admin/{page}/").status_code == 404
