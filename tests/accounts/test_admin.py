import re
from typing import Any, TypeAlias

import pytest
from django.forms import Field
from django.test import Client
from django.test.utils import ContextList

from cercana.rules.access import Role
from tests.factories import make_user
from tests.ui.site import UI

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
    "accounts/changerecord",
    "conversation/replyphrase",
    "counter/room",
]
# Nobody adds a municipality, or a line of the register.
FORMS = [
    "organization/municipality/1/change",
    "conversation/template/add",
    *(f"{page}/add" for page in PAGES if page not in ("organization/municipality", "accounts/changerecord")),
]


# What a page of the admin was drawn from.
Context: TypeAlias = ContextList | dict[str, Any]


def fields_of(context: Context) -> dict[str, Field]:
    """Return what is filled in on a page of the admin, in the form and in the rows that belong to it."""
    rows = [each.formset for each in context["inline_admin_formsets"]]
    hidden = {name for each in rows for name in ("id", each.fk.name, "DELETE")}
    forms = [context["adminform"].form, *(each.empty_form for each in rows)]
    return {name: field for form in forms for name, field in form.fields.items() if name not in hidden}


class TestTheAdmin:
    @pytest.mark.parametrize("page", PAGES)
    def test_explains_each_list_in_plain_spanish(self, client: Client, page: str) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))

        response = client.get(f"/admin/{page}/")

        assert response.status_code == 200
        assert 'class="mb-4 max-w-3xl text-base"' in response.content.decode()

    def test_has_no_list_but_those(self, client: Client) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))

        linked = re.findall(r'href="/admin/(\w+/\w+)/"', client.get("/admin/").content.decode())

        # The texts of letters and other systems are tested with their apps.
        systems = {"api/client", "api/token", "api/webhook", "api/webhookmessage"}
        assert set(linked) == {*PAGES, "conversation/template"} | systems

    def test_is_titled_in_our_own_words(self, client: Client) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))

        page = client.get("/admin/").content.decode()

        assert "<title>¿Qué quiere configurar? | Cercana · Administración</title>" in re.sub(
            r"\s*(</?title>)\s*", r"\1", page
        )
        assert "Django" not in page

    @pytest.mark.parametrize(
        ("page", "labels", "codes"),
        [
            ("organization/category", ["Simple", "Complejo"], ["simple", "complex"]),
            ("organization/officehour", ["lunes", "viernes"], ["0", "4"]),
            ("accounts/membership", ["administración"], ["administrator"]),
        ],
    )
    def test_shows_labels_and_no_codes(self, client: Client, page: str, labels: list[str], codes: list[str]) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia", name="Claudia Espejo"))

        listed = client.get(f"/admin/{page}/").content.decode().partition('id="result_list"')[2]
        shown = {text.strip() for text in re.findall(r">([^<>]+)<", listed)}

        assert shown >= set(labels)
        assert not shown & set(codes)

    def test_speaks_spanish_in_its_frame_too(self, client: Client) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))

        page = client.get("/admin/organization/category/").content.decode()

        assert "Escriba para buscar" in page
        assert not re.search("Type to search|Select all rows|Filters", page)

    def test_labels_every_field_of_the_roles_of_a_person(self, client: Client) -> None:
        user = make_user(Role.AGENT, "alcaldia")
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))

        page = client.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()

        fields = {f"id_memberships-0-{name}" for name in ("role", "area", "is_substitute", "valid_from")}
        assert set(re.findall(r'<label[^>]* for="([^"]+)"', page)) >= fields

    @pytest.mark.parametrize("page", FORMS)
    def test_says_below_each_field_what_it_is_for(self, client: Client, page: str) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))

        fields = fields_of(client.get(f"/admin/{page}/").context)

        assert fields
        assert {name: field.help_text for name, field in fields.items() if not field.help_text} == {}
        assert max(len(str(field.help_text).split()) for field in fields.values()) <= 20

    def test_leads_back_to_the_desk(self, client: Client) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))

        back = re.findall(r'<a href="/mesa/".*?</a>', client.get("/admin/").content.decode(), re.DOTALL)

        assert back
        assert all("Volver a la mesa" in link for link in back)

    def test_has_the_olive_of_the_desk(self, client: Client) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))
        tokens = (UI / "frontend" / "css" / "common" / "tokens.css").read_text(encoding="utf-8")

        page = client.get("/admin/").content.decode()

        colours = dict(re.findall(r"--color-primary-(\d+): (oklch\([^)]+\));", page))
        olive = set(re.findall(r"--color-olivo-\d+: (oklch\([^)]+\));", tokens))
        assert colours["600"] in olive
        assert set(colours.values()) <= olive

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
