"""Queue, page of the case, search, «Avisos», wall and portal tell one time left and one sum (domain.md, Clocks)."""

import html
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.queries import actor_for
from cercana.cases import commands, queries
from cercana.cases.models import Case, StaffNotice
from cercana.conversation.queries import promises_of
from cercana.desk.case_clocks import clocks_of
from cercana.organization import queries as organization
from cercana.organization.models import LegalTerm
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass, ClaimType, RequestKind
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import to_lima
from tests.factories import NOW, citizen_of, make_case, make_user
from tests.portal.walking import come_in, page


def sums(case: Case, now: datetime) -> tuple[list[str], list[str]]:
    """Return the sums of the dues of ``case`` as the staff and as the citizen read them."""
    institution, calendar = organization.outline(to_lima(now).date()), organization.calendar()
    tracked = queries.tracked_case(citizen_of(case), number=case.number)
    clocks = clocks_of(queries.state_of(case), institution.terms, now, calendar)
    shown = promises_of(tracked, calendar, now)
    return sorted(each.sum.rstrip(".") for each in clocks), sorted(each.sum_.rstrip(".") for each in shown)


class TestTheTimeLeft:
    @pytest.mark.parametrize(
        ("category", "ago", "words"),
        [
            ("noise", timedelta(hours=1, seconds=1), "46 h"),
            ("noise", timedelta(hours=51, seconds=1), "venció hace 3 h"),
            ("pothole", timedelta(), "5 días hábiles"),
        ],
    )
    def test_is_the_same_in_every_list_and_page(
        self, client: Client, category: str, ago: timedelta, words: str
    ) -> None:
        area = "fiscalizacion" if category == "noise" else "obras_infraestructura"
        user, now = make_user(Role.AREA_OFFICER, area), timezone.now()
        case = make_case(Stage.IN_FOLLOW_UP, category=category, officer=actor_for(user, now), now=now - ago)
        commands.watch_promises(now=now + timedelta(days=30))
        StaffNotice.objects.update(shown_from=now)
        client.force_login(user)

        pages = [client.get(address).content.decode() for address in ("/mesa/", "/mesa/avisos/")]
        pages.append(client.get(f"/mesa/casos/{case.number}/").content.decode().replace("Venc", "venc"))
        pages.append(client.post("/mesa/buscar/", {"q": "malogró"}).content.decode())

        assert [words in html.unescape(each) for each in pages] == [True] * 4

    def test_is_the_citizens_too(self, client: Client) -> None:
        case = make_case(category="pothole", now=timezone.now())

        assert "Quedan 5 días hábiles" in page(client, come_in(client, case))


class TestTheSum:
    @pytest.mark.parametrize("category", ["noise", "pothole"])
    def test_is_the_same_for_staff_and_citizen(self, category: str) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, category=category)

        staff, citizen = sums(case, NOW + timedelta(hours=2))

        assert staff == citizen
        assert staff

    def test_is_the_same_for_a_term_that_began_after_office_hours(self) -> None:
        LegalTerm.objects.filter(nature="data_access").update(within_office_hours=True)
        evening = NOW.replace(hour=20)
        case = make_case(legal_nature="data_access", now=evening)

        staff, citizen = sums(case, evening + timedelta(hours=1))

        assert staff == citizen
        assert any(each.startswith("20 días hábiles desde el miércoles 25 de noviembre") for each in staff)

    def test_is_the_same_once_a_case_has_become_critical(self) -> None:
        user = make_user(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(user, NOW))
        late = NOW + timedelta(days=7, hours=10)
        change = commands.Reclassification(
            class_=CaseClass.CRITICAL,
            category="pothole",
            kind=RequestKind.CLAIM,
            claim_type=ClaimType.POOR_SERVICE,
            reason="Hay peligro.",
        )
        commands.reclassify(number=case.number, change=change, actor=actor_for(user, NOW), now=late)
        case.refresh_from_db()

        staff, citizen = sums(case, late + timedelta(minutes=1))

        assert staff == citizen
