"""A claim about a member of staff goes past that person on every way of the desk (M3.3a; domain.md, Triage)."""

from datetime import timedelta

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases import commands, queries
from cercana.cases.models import Case, StaffNotice
from cercana.critical.models import AlarmMessage
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass
from cercana.rules.lifecycle import Stage
from tests.cases.test_attachments import attached, photo
from tests.critical.scenes import make_chain, ring, steps_at
from tests.desk.queue_pages import total_of
from tests.factories import NOW, make_case, make_user

AREA = "obras_infraestructura"
LONG_AGO = timedelta(days=8)
JPEG = b"\xff\xd8\xff"
HTMX = {"hx-request": "true"}


@pytest.fixture
def accused() -> User:
    """Return a head of works, about whom somebody claims."""
    return make_user(Role.SUPERVISOR, AREA, name="Ramiro Torres Lazo")


@pytest.fixture
def colleague() -> User:
    """Return the other head of works, who sees whatever the first would."""
    return make_user(Role.SUPERVISOR, AREA, name="Carmen Salazar Vega")


@pytest.fixture
def claim(accused: User) -> Case:
    """Return the critical claim about ``accused``, referred to works."""
    at = timezone.now() - timedelta(minutes=4)
    case = make_case(Stage.REFERRED, class_=CaseClass.CRITICAL, now=at, description="El jefe de obras me empujó.")
    Case.objects.filter(pk=case.pk).update(about_staff=True, complained_staff=accused)
    return case


def answer_of(client: Client, user: User, address: str) -> HttpResponseBase:
    client.force_login(user)
    return client.get(address, headers=HTMX if address.endswith("/alarmas/") else None)


def words(response: HttpResponseBase) -> str:
    return response.getvalue().decode()


class TestEveryPageThatNamesCases:
    @pytest.mark.parametrize("address", ["/mesa/?vista=todos", "/mesa/?vista=criticos", "/muro/"])
    def test_leaves_it_out(self, client: Client, accused: User, colleague: User, claim: Case, address: str) -> None:
        assert claim.number in words(answer_of(client, colleague, address))
        assert claim.number not in words(answer_of(client, accused, address))

    @pytest.mark.parametrize("address", ["/mesa/buscar/", "/mesa/buscar/paleta/"])
    @pytest.mark.parametrize("by", ["number", "words"])
    def test_does_not_find_it(
        self, client: Client, accused: User, colleague: User, claim: Case, address: str, by: str
    ) -> None:
        typed = claim.number if by == "number" else "empujó"
        found = {}
        for user in (accused, colleague):
            client.force_login(user)
            found[user] = words(client.post(address, {"q": typed}, headers=HTMX)).replace(f'value="{typed}"', "")

        assert f"/mesa/casos/{claim.number}/" in found[colleague]
        assert f"/mesa/casos/{claim.number}/" not in found[accused]

    def test_does_not_count_it(self, client: Client, accused: User, colleague: User, claim: Case) -> None:
        totals = [total_of(words(answer_of(client, user, "/mesa/")), "criticos") for user in (colleague, accused)]

        assert totals == ["1", "0"]

    def test_does_not_print_it(self, accused: User, colleague: User, claim: Case) -> None:
        printed = [
            [case.number for case in queries.wall_cases(actor_for(user, timezone.now()))]
            for user in (colleague, accused)
        ]

        assert printed == [[claim.number], []]

    def test_does_not_measure_it(self, accused: User, colleague: User, claim: Case) -> None:
        now = timezone.now()
        measured = [
            [judged.number for judged in queries.judged_proposals(actor_for(user, now), now - LONG_AGO)]
            for user in (colleague, accused)
        ]

        assert measured == [[claim.number], []]

    def test_does_not_offer_it_as_the_same_matter(self, accused: User, colleague: User, claim: Case) -> None:
        now = timezone.now()
        offered = [
            queries.similar_cases(
                actor_for(user, now),
                words="El jefe de obras me empujó",
                place="Av. Basadre",
                category="pothole",
                citizen=None,
                now=now,
            )
            for user in (colleague, accused)
        ]

        assert [[each.number for each in found] for found in offered] == [[claim.number], []]


class TestItsOwnAddresses:
    @pytest.mark.parametrize("below", ["", "protocolo/", "nota/", "derivar/", "asignar/"])
    def test_look_to_the_person_as_if_there_were_no_case(
        self, client: Client, accused: User, colleague: User, claim: Case, below: str
    ) -> None:
        address = f"/mesa/casos/{claim.number}/{below}"

        assert answer_of(client, colleague, address).status_code == 200
        assert answer_of(client, accused, address).status_code == 404

    def test_hide_its_files(self, client: Client, accused: User, colleague: User, claim: Case) -> None:
        file = attached(claim, photo("JPEG"))
        address = f"/mesa/casos/{claim.number}/archivos/{file.key}/"

        shown = answer_of(client, colleague, address)
        assert (shown.status_code, shown.getvalue()[:3]) == (200, JPEG)
        assert answer_of(client, accused, address).status_code == 404


class TestAlarmsAndNotices:
    def test_ring_at_no_desk_of_that_person(self, client: Client, accused: User, colleague: User, claim: Case) -> None:
        ring(claim, timezone.now() - timedelta(minutes=3))

        assert claim.number in words(answer_of(client, colleague, "/mesa/alarmas/"))
        assert claim.number not in words(answer_of(client, accused, "/mesa/alarmas/"))

    def test_call_the_next_in_the_chain_instead(self) -> None:
        chain = make_chain()
        case = make_case(Stage.REFERRED, class_=CaseClass.CRITICAL)
        Case.objects.filter(pk=case.pk).update(about_staff=True, complained_staff=chain.head)
        case.refresh_from_db()

        ring(case)
        for minutes in (10, 20, 30):
            steps_at(case, NOW + timedelta(minutes=minutes))

        called = set(AlarmMessage.objects.values_list("person", flat=True))
        assert chain.duty.pk in called
        assert chain.manager.pk in called
        assert chain.head.pk not in called

    def test_are_not_given_to_that_person(self, accused: User, colleague: User) -> None:
        case = make_case(Stage.REFERRED, now=NOW)
        Case.objects.filter(pk=case.pk).update(about_staff=True, complained_staff=accused)

        commands.watch_promises(now=NOW + LONG_AGO, goes_on=lambda: True)

        assert StaffNotice.objects.filter(user=colleague).exists()
        assert not StaffNotice.objects.filter(user=accused).exists()

    def test_given_before_it_was_about_that_person_are_withdrawn(self, accused: User) -> None:
        case = make_case(Stage.REFERRED, now=NOW)
        commands.watch_promises(now=NOW + LONG_AGO, goes_on=lambda: True)
        actor, now = actor_for(accused, NOW + LONG_AGO), NOW + LONG_AGO
        assert case.number in [line.number for line in queries.notices_of(actor, now=now + LONG_AGO)]

        Case.objects.filter(pk=case.pk).update(about_staff=True, complained_staff=accused)

        assert queries.notices_of(actor, now=now + LONG_AGO) == []
        assert queries.count_notices(actor, now=now + LONG_AGO) == 0
