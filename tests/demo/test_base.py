"""The demonstration municipality: complete, entered twice without harm, and nobody real in it."""

from datetime import timedelta
from pathlib import Path

import pytest

from cercana.accounts.models import DutyShift, Membership, User
from cercana.cases.models import Case
from cercana.citizens.models import Citizen, ContactPoint
from cercana.demo.base import set_up_municipality
from cercana.demo.demo_accounts import give_password, shown_accounts, sign_in_sheet
from cercana.demo.errors import NotADemonstration
from cercana.demo.story import load_stories
from cercana.demo.today import play_today
from cercana.organization import queries
from cercana.organization.models import Area, Category, EmergencyNumber, LegalTerm, Municipality, OfficeHour
from cercana.rules.access import Role
from cercana.rules.classification import CriticalState
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import to_lima
from tests.factories import NOW, make_municipality

SEED = 7
TODAY = to_lima(NOW).date()
STORIES = Path(__file__).parents[2] / "cercana" / "demo" / "stories"
SPECIALISED = {path.stem for path in STORIES.glob("*.toml")}
TOP = "gerencia_municipal"
COUNTED = (Area, Category, EmergencyNumber, LegalTerm, OfficeHour, User, Membership, DutyShift, Case, Citizen)


def heads_of(area: str) -> list[User]:
    """Return who heads ``area``: the head first, substitutes after."""
    heads = Membership.objects.filter(area_id=area, role=Role.SUPERVISOR).select_related("user")
    return [each.user for each in heads.order_by("is_substitute", "id")]


def heads_up_from(area: str) -> list[User]:
    """Return who heads ``area`` and those above it up the chain of command, nearest first, substitutes included."""
    parents = queries.area_parents()
    code: str | None = area
    heads = []
    while code is not None:
        heads += heads_of(code)
        code = parents[code]
    return heads


@pytest.mark.usefixtures("demonstration")
class TestMunicipality:
    def test_carries_the_twelve_codes_of_triage_below_managers(self) -> None:
        parents = queries.area_parents()

        assert len(SPECIALISED) == 12
        assert {parents[parents[code] or ""] for code in SPECIALISED} == {TOP}

    def test_gives_every_area_a_head(self) -> None:
        assert [area.code for area in queries.areas(TODAY) if not heads_of(area.code)] == []

    def test_ends_the_chain_of_command_at_the_municipal_manager(self) -> None:
        manager = heads_of(TOP)[0]

        for area in queries.areas(TODAY):
            assert manager in heads_up_from(area.code), area.code

    def test_has_somebody_beside_or_above_every_head(self) -> None:
        for area in queries.areas(TODAY):
            head, *others = heads_up_from(area.code)
            assert set(others) - {head}, area.code

    def test_has_every_role(self) -> None:
        assert set(Membership.objects.values_list("role", flat=True)) == set(Role)

    def test_has_agents_at_two_sites(self) -> None:
        assert len(set(Membership.objects.filter(role=Role.AGENT).values_list("site_id", flat=True))) == 2

    def test_has_a_lunch_break(self) -> None:
        slots = queries.office_hours("licencias_autorizaciones").slots

        assert all(len(slots[weekday]) == 2 for weekday in range(5))

    def test_is_marked_as_a_demonstration(self) -> None:
        assert queries.is_demonstration()


@pytest.mark.usefixtures("demonstration")
class TestRoster:
    def test_covers_every_hour_outside_office_hours(self) -> None:
        hours = [NOW.replace(minute=30) + timedelta(hours=hour) for hour in range(24 * 21)]
        working = queries.calendar()
        outside = [
            hour
            for hour in map(to_lima, hours)
            if not working.is_working_day(hour.date()) or hour.hour < 8 or hour.hour >= 17
        ]

        shifts = DutyShift.objects.values_list("starts_at", "ends_at")

        assert [hour for hour in outside if sum(starts <= hour < ends for starts, ends in shifts) != 1] == []


@pytest.mark.usefixtures("demonstration")
class TestCatalogue:
    def test_knows_every_category_of_the_stories(self) -> None:
        known = set(Category.objects.values_list("code", flat=True))

        assert {story.category for story in load_stories()} == known

    def test_gives_each_category_to_the_area_of_its_stories_or_a_unit_below(self) -> None:
        parents = queries.area_parents()
        areas = dict(Category.objects.values_list("code", "area_id"))
        reach = {code: queries.reach_of(code, parents) for code in SPECIALISED}

        for path in STORIES.glob("*.toml"):
            told = {line.split('"')[1] for line in path.read_text("utf-8").splitlines() if line.startswith("category")}
            assert {category for category in told if areas[category] not in reach[path.stem]} == set()

    def test_keeps_people_at_risk_to_named_people(self) -> None:
        restricted = Category.objects.filter(is_restricted=True).values_list("code", flat=True)

        assert set(restricted) == {"person_at_risk", "violence_or_child"}

    def test_proposes_for_staff_complaints_the_formal_claim(self) -> None:
        natures = dict(Category.objects.filter(is_about_staff=True).values_list("code", "legal_nature_id"))

        assert natures == {"guard_conduct": "formal_claim", "poor_attention": "formal_claim"}


@pytest.mark.usefixtures("demonstration")
class TestToday:
    def test_shows_every_stage_and_critical_cases_in_time(self) -> None:
        play_today(seed=SEED, now=NOW)

        stages = Case.objects.values_list("stage", flat=True)
        assert set(stages) == set(Stage) - {Stage.RECEIVED}
        critical = Case.objects.filter(critical_state=CriticalState.MARKED)
        assert critical.count() == 3
        assert not critical.filter(clocks__due_at__lt=NOW, clocks__ended_at=None).exists()

    def test_reaches_nobody_outside_the_reserved_domain_and_numbers(self) -> None:
        play_today(seed=SEED, now=NOW)

        mails = ContactPoint.objects.filter(kind="email").values_list("normalized", flat=True)
        phones = ContactPoint.objects.filter(kind="phone").values_list("normalized", flat=True)
        assert {mail.rpartition("@")[2] for mail in mails} == {"vecinos.example"}
        assert {phone[: len("+51900000")] for phone in phones} == {"+51900000"}
        assert {email.rpartition("@")[2] for email in User.objects.values_list("email", flat=True)} == {
            "sanisidro.example"
        }

    def test_changes_nothing_the_second_time(self) -> None:
        play_today(seed=SEED, now=NOW)
        before = [model.objects.count() for model in COUNTED]

        set_up_municipality(NOW)
        again = play_today(seed=SEED, now=NOW + timedelta(days=2))

        assert again == 0
        assert [model.objects.count() for model in COUNTED] == before


@pytest.mark.usefixtures("demonstration")
class TestDemoAccounts:
    def test_show_one_of_each_role_and_the_password_that_opens_them(self) -> None:
        password = give_password()

        users = User.objects.filter(email__in=[each.email for each in shown_accounts()])
        assert set(users.values_list("memberships__role", flat=True)) == set(Role)
        assert all(user.check_password(password) for user in users[:2])
        assert password in sign_in_sheet(password)

    def test_differ_between_installations(self) -> None:
        assert give_password() != give_password()


class TestSetUpMunicipality:
    def test_refuses_a_real_municipality(self, db: None) -> None:
        make_municipality()

        with pytest.raises(NotADemonstration):
            set_up_municipality(NOW)

        assert not Municipality.objects.get().is_demo
