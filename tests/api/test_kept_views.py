"""The views of the queue that an account keeps, through the API: kept once, read, counted and forgotten."""

import uuid

import pytest

from cercana.rules.access import Role
from cercana.rules.lifecycle import Stage
from cercana.workplace.models import SavedView
from tests.api.calling import System, connect
from tests.factories import make_case, make_user

VIEW = {"name": "Baches", "view": "todos", "category": "pothole"}


@pytest.fixture
def officer() -> System:
    return connect(make_user(Role.AREA_OFFICER, "obras_infraestructura"))


class TestAKeptView:
    def test_is_kept_once_and_read_with_its_cases(self, officer: System) -> None:
        case, key = make_case(Stage.IN_FOLLOW_UP, category="pothole"), str(uuid.uuid4())

        for _ in range(2):
            kept = officer.post("/views", VIEW, key=key)
        (view,) = officer.get("/views").json["views"]
        listed = officer.get(f"/cases?kept={view['id']}").json["cases"]
        counts = officer.get("/views/counts").json

        assert (kept.status, SavedView.objects.count()) == (201, 1)
        assert (view["name"], view["view"], view["category"], view["class"]) == ("Baches", "todos", "pothole", "")
        assert [each["number"] for each in listed] == [case.number]
        assert (counts["views"]["todos"], counts["kept"][str(view["id"])]) == (1, 1)

    def test_narrows_what_is_listed(self, officer: System) -> None:
        make_case(Stage.IN_FOLLOW_UP, category="pothole")
        officer.post("/views", {"name": "Críticos", "view": "criticos"})
        (view,) = officer.get("/views").json["views"]

        assert officer.get(f"/cases?kept={view['id']}").json["cases"] == []

    def test_is_forgotten(self, officer: System) -> None:
        officer.post("/views", VIEW)
        (view,) = officer.get("/views").json["views"]

        assert officer.post(f"/views/{view['id']}/remove").status == 200
        assert officer.get(f"/cases?kept={view['id']}").json["code"] == "desk.view_unknown"

    def test_of_somebody_else_stays_theirs(self, officer: System) -> None:
        officer.post("/views", VIEW)
        (view,) = officer.get("/views").json["views"]
        other = connect(make_user(Role.AREA_OFFICER, "obras_infraestructura"))

        other.post(f"/views/{view['id']}/remove")

        assert (other.get("/views").json["views"], other.get(f"/cases?kept={view['id']}").status) == ([], 404)
        assert SavedView.objects.count() == 1
