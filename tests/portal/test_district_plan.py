"""The plan on which somebody marks a place: what it shows is where it says."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cercana.organization.models import Municipality
from cercana.portal.district_plan import SAN_ISIDRO, plan_for
from tests.portal.walking import WHAT, WHERE, fill_in, page
from tests.ui.site import UI

DRAWING = UI / "frontend" / "art" / "plan-san-isidro.svg"


class TestThePlan:
    def test_draws_the_district_where_it_tells_the_script_that_it_is(self) -> None:
        drawn = DRAWING.read_text(encoding="utf-8")
        width, height = re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn)[0]
        outline = re.findall(r'id="distrito"[^>]* d="M([^Z]+)Z"', drawn)[0]
        corners = [tuple(map(float, each.split(","))) for each in outline.split()]

        plan = SAN_ISIDRO
        meant = [
            (
                (longitude - plan.west) / (plan.east - plan.west) * float(width),
                (plan.north - latitude) / (plan.north - plan.south) * float(height),
            )
            for longitude, latitude in plan.outline
        ]
        assert corners == [pytest.approx(corner, abs=0.5) for corner in meant]

    def test_weighs_a_few_kilobytes(self) -> None:
        assert DRAWING.stat().st_size <= 4_000

    def test_is_of_its_district_alone(self) -> None:
        assert plan_for(Municipality(prefix="SI", short_name="San Isidro")) is SAN_ISIDRO
        assert plan_for(Municipality(prefix="MI", short_name="Miraflores")) is None


class TestThePageOfThePlace:
    def test_offers_the_plan_of_its_district_to_a_script_and_nobody_else(self, client: Client) -> None:
        Municipality.objects.update(prefix="SI", short_name="San Isidro")
        client.post("/casos/nuevo/que-paso/", WHAT)

        assert re.search(r"<div data-plan [^>]* hidden>", page(client, reverse("portal:where")))

    def test_goes_without_where_there_is_none(self, client: Client) -> None:
        Municipality.objects.update(prefix="MI", short_name="Miraflores")
        client.post("/casos/nuevo/que-paso/", WHAT)

        assert "data-plan" not in page(client, reverse("portal:where"))

    def test_keeps_the_point_until_the_case_is_sent(self, client: Client) -> None:
        Municipality.objects.update(prefix="SI", short_name="San Isidro")
        fill_in(client, where={**WHERE, "punto": "-12.0974,-77.0366"})

        assert 'name="punto" value="-12.0974,-77.0366"' in page(client, reverse("portal:where"))
        assert "Av. Basadre, Cuadra 9, ≈ -12.0974, -77.0366" in page(client, reverse("portal:review"))

    @pytest.mark.parametrize("typed", ["mi casa", "-12.0974", "-12.0974,-77.0366,1"])
    def test_takes_nothing_else_for_a_point(self, client: Client, typed: str) -> None:
        fill_in(client, where={**WHERE, "punto": typed})

        assert "≈" not in page(client, reverse("portal:review"))
