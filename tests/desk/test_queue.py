import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import Membership, User
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.models import AccessRecord, Task
from cercana.cases.queries import PAGE_SIZE
from cercana.desk.queue_lines import resolve_words
from cercana.organization.queries import outline
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass, Channel, RequestKind, TaskKind
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import Due, to_lima
from cercana.ui.moments import moment
from cercana.workplace.models import SavedView
from tests.desk.queue_pages import numbers_in, page_of, total_of
from tests.factories import PUBLIC, citizen_of, make_case, make_person, make_reception, make_user

MOST_QUERIES = 8
HTMX = {"hx-request": "true"}


@pytest.fixture
def head() -> User:
    return make_user(Role.SUPERVISOR, "obras_infraestructura", name="Carmen Salazar")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


class TestTheQueue:
    def test_shows_critical_cases_first_and_then_by_time_left(self, client: Client, head: User, now: datetime) -> None:
        later = make_case(Stage.REFERRED, now=now - timedelta(hours=1))
        overdue = make_case(Stage.REFERRED, now=now - timedelta(days=20))
        critical = make_case(Stage.REFERRED, now=now - timedelta(hours=1), class_=CaseClass.CRITICAL)
        answered = make_case(Stage.ANSWERED, now=now - timedelta(days=20))

        page = page_of(client, head)

        assert numbers_in(page) == [critical.number, overdue.number, later.number, answered.number]
        headings = ["Críticos (1)", "Vencidos (1)", "Próximos días hábiles (1)", "Esperando al ciudadano (1)"]
        assert [page.index(heading) for heading in headings] == sorted(page.index(heading) for heading in headings)

    def test_says_the_time_left_in_words(self, client: Client, head: User, now: datetime) -> None:
        make_case(Stage.REFERRED, now=now - timedelta(days=20))
        make_case(Stage.REFERRED, now=now - timedelta(minutes=30), class_=CaseClass.CRITICAL)

        page = page_of(client, head)

        assert re.search(r"venció hace \d+ días", page)
        assert "responder en 1 h 29 min" in page

    def test_stops_asking_for_a_response_once_somebody_has_written(
        self, client: Client, head: User, now: datetime
    ) -> None:
        case = make_case(Stage.REFERRED, now=now - timedelta(minutes=30), class_=CaseClass.CRITICAL)
        commands.write_to_citizen(number=case.number, text="Ya vamos.", actor=actor_for(head, now), now=now)

        page = page_of(client, head)

        assert "vence en 23 h" in page
        assert "sin respuesta" not in page

    def test_shows_neither_document_nor_telephone_nor_address(self, client: Client, head: User, now: datetime) -> None:
        make_case(Stage.REFERRED, now=now, person=make_person(name="Rosa Quispe"), place="Calle Los Cedros 123")

        page = page_of(client, head)

        assert "Rosa Quispe" in page
        assert "Los Cedros" not in page
        assert "@vecinos.example" not in page

    def test_names_a_restricted_case_by_nothing_but_its_number(self, client: Client, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now, category="violence_or_child", person=make_person(name="Ana Rojas"))

        page = page_of(client, make_user(Role.SUPERVISOR, "fiscalizacion"))

        assert case.number in page
        assert "Caso reservado" in page
        assert "Ana Rojas" not in page

    def test_marks_what_the_citizen_wrote_last(self, client: Client, head: User, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now - timedelta(hours=1))
        assert "La persona espera" not in page_of(client, head)

        commands.receive_message(
            number=case.number, text="¿Hay novedades?", channel="app", actor=citizen_of(case), now=now
        )

        assert "La persona espera" in page_of(client, head)

    def test_is_recorded_as_one_look_with_the_numbers_shown(self, client: Client, head: User, now: datetime) -> None:
        cases = [make_case(Stage.REFERRED, now=now) for _ in range(2)]

        page_of(client, head)

        record = AccessRecord.objects.get(act="list")
        assert sorted(record.numbers) == sorted(case.number for case in cases)

    def test_crosses_the_wire_in_twelve_kilobytes(self, client: Client, head: User, now: datetime) -> None:
        for minutes in range(PAGE_SIZE):
            make_case(Stage.REFERRED, now=now - timedelta(minutes=minutes))
        client.force_login(head)

        page = client.get("/mesa/?vista=todos", headers={"accept-encoding": "gzip"})

        assert len(page.content) <= 12_000

    def test_says_kindly_that_a_view_is_empty(self, client: Client, head: User) -> None:
        assert "Nada está vencido" in page_of(client, head, "?vista=vencidos")
        assert "Nada con estos filtros" in page_of(client, head, "?vista=vencidos&clase=simple")

    def test_is_closed_to_strangers(self, client: Client) -> None:
        assert client.get("/mesa/").headers["Location"].startswith("/cuenta/login/")

    @pytest.mark.parametrize(
        "query", ["vista=nada", "vista=todos&clase=9&etapa=x&canal=&tipo='", "desde=1.x.2", "desde=."]
    )
    def test_forgives_an_address_that_makes_no_sense(self, client: Client, head: User, query: str) -> None:
        assert "Todos los abiertos" in page_of(client, head, f"?{query}")


class TestPages:
    def test_follow_each_other_without_gap_or_repetition(
        self, client: Client, head: User, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cercana.cases.queries.queue.PAGE_SIZE", 2)
        urgent = [make_case(Stage.REFERRED, now=now, class_=CaseClass.CRITICAL) for _ in range(3)]
        # Received at the same instant, so that only the id tells their places apart.
        others = [make_case(Stage.REFERRED, now=now) for _ in range(3)]
        waiting = [make_case(Stage.ANSWERED, now=now - timedelta(days=1)) for _ in range(3)]
        address, seen = "?vista=todos", list[str]()

        while address:
            page = page_of(client, head, address)
            seen += numbers_in(page)
            following = re.search(r'href="/mesa/(\?[^"]+)" rel="next"', page)
            address = following[1].replace("&amp;", "&") if following else ""

        assert seen == [case.number for case in (*urgent, *others, *waiting)]

    def test_lead_through_the_closed_from_the_last_one_back(
        self, client: Client, head: User, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cercana.cases.queries.queue.PAGE_SIZE", 2)
        closed = [make_case(Stage.CLOSED, now=now - timedelta(days=days)) for days in (3, 2, 1)]

        first = page_of(client, head, "?vista=cerrados")
        following = re.search(r'href="/mesa/(\?[^"]+)" rel="next"', first)
        assert following is not None
        second = page_of(client, head, following[1].replace("&amp;", "&"))

        assert numbers_in(first) + numbers_in(second) == [case.number for case in reversed(closed)]
        assert "Volver al comienzo" in second

    @pytest.mark.parametrize("count", [3, 12])
    def test_ask_the_database_no_more_for_more_rows(
        self,
        client: Client,
        head: User,
        now: datetime,
        count: int,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        Membership.objects.create(
            user=head, role=Role.DUTY_OFFICER, area_id="obras_infraestructura", valid_from="2020-01-01"
        )
        SavedView.objects.create(staff=head, name="Simples", view="todos", filters={"class_": "simple"})
        for _ in range(count):
            make_case(Stage.REFERRED, now=now)
        client.force_login(head)

        with django_assert_max_num_queries(MOST_QUERIES):
            page = client.get("/mesa/?vista=todos").content.decode()

        assert len(numbers_in(page)) == count <= PAGE_SIZE


class TestViews:
    def test_divide_the_work(self, client: Client, head: User, now: datetime) -> None:
        boss = actor_for(head, now)
        mine = make_case(Stage.IN_FOLLOW_UP, officer=boss, now=now - timedelta(hours=1))
        overdue = make_case(Stage.REFERRED, now=now - timedelta(days=20))
        answered = make_case(Stage.ANSWERED, officer=boss, now=now - timedelta(hours=1))
        closed = make_case(Stage.CLOSED, now=now - timedelta(hours=1))
        shown = {
            view: set(numbers_in(page_of(client, head, f"?vista={view}")))
            for view in ("mios", "todos", "vencidos", "esperando", "por-confirmar", "cerrados", "sin-derivar")
        }

        assert shown == {
            "mios": {mine.number, answered.number},
            "todos": {mine.number, overdue.number, answered.number},
            "vencidos": {overdue.number},
            "esperando": {answered.number},
            "por-confirmar": {answered.number},
            "cerrados": {closed.number},
            "sin-derivar": set(),
        }

    def test_hold_what_falls_due_today(self, client: Client, head: User) -> None:
        # A simple promise ends after 48 hours: one second from now, before the day is over wherever the test runs.
        case = make_case(
            Stage.IN_FOLLOW_UP,
            officer=actor_for(head, timezone.now()),
            now=timezone.now() - timedelta(hours=47, minutes=59, seconds=30),
            class_=CaseClass.SIMPLE,
        )

        assert numbers_in(page_of(client, head, "?vista=hoy")) == [case.number]

    def test_begin_for_an_agent_with_what_waits_for_referral(self, client: Client, now: datetime) -> None:
        case = make_case(now=now)

        page = page_of(client, make_user(Role.AGENT, "atencion_ciudadano"), "")

        assert '<h1 class="d-h1">Sin derivar</h1>' in page
        assert numbers_in(page) == [case.number]

    def test_hold_what_an_agent_registered_until_it_is_referred(self, client: Client, now: datetime) -> None:
        agent = make_user(Role.AGENT, "atencion_ciudadano")
        case = commands.register_case(
            make_reception(channel=Channel.PHONE), actor=actor_for(agent, now), now=now - timedelta(hours=1)
        )
        assert numbers_in(page_of(client, agent, "?vista=mios")) == [case.number]

        commands.refer(number=case.number, area="fiscalizacion", actor=actor_for(agent, now), now=now)

        assert numbers_in(page_of(client, agent, "?vista=mios")) == []

    def test_hold_the_tasks_of_the_area_also_on_closed_cases(self, client: Client, head: User, now: datetime) -> None:
        boss = actor_for(head, now)
        closed = make_case(Stage.CLOSED, now=now - timedelta(hours=2))
        commands.receive_message(
            number=closed.number, text="Gracias.", channel="app", actor=citizen_of(closed), now=now
        )
        open_ = make_case(Stage.REFERRED, now=now - timedelta(hours=1))
        commands.open_task(number=open_.number, task=TaskKind.REACH_OTHERWISE, actor=boss, now=now)

        page = page_of(client, head, "?vista=tareas")

        assert set(numbers_in(page)) == {closed.number, open_.number}
        assert total_of(page, "tareas") == "2"

    def test_say_what_is_to_be_done_for_which_case_and_by_when(self, client: Client, head: User, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now - timedelta(hours=1))
        boss, due = actor_for(head, now), now + timedelta(days=1)
        commands.open_task(number=case.number, task=TaskKind.INTERPRETER, actor=boss, now=now)
        commands.open_task(number=case.number, task=TaskKind.REACH_OTHERWISE, actor=boss, now=now)
        Task.objects.filter(kind=TaskKind.REACH_OTHERWISE).update(due_at=due)

        tasks, others = page_of(client, head, "?vista=tareas"), page_of(client, head)

        assert ">Comunicarse por otro medio (y 1 tarea más)</a>" in tasks
        assert f">Antes del {moment(due, now=now)}. Caso: {case.text.title}</span>" in tasks
        assert "Comunicarse por otro medio" not in others

    def test_hand_a_task_on_with_its_case(self, client: Client, head: User, now: datetime) -> None:
        agent = make_user(Role.AGENT, "atencion_ciudadano")
        case = make_case(now=now - timedelta(hours=1), legal_nature="formal_claim")
        assert numbers_in(page_of(client, agent, "?vista=tareas")) == [case.number]

        commands.refer(number=case.number, area="obras_infraestructura", actor=actor_for(agent, now), now=now)

        assert numbers_in(page_of(client, head, "?vista=tareas")) == [case.number]
        assert numbers_in(page_of(client, agent, "?vista=tareas")) == []

    def test_say_how_many_cases_each_holds(self, client: Client, head: User, now: datetime) -> None:
        for _ in range(2):
            make_case(Stage.REFERRED, now=now - timedelta(days=20))
        make_case(Stage.REFERRED, now=now, class_=CaseClass.CRITICAL)

        page = page_of(client, head)

        assert [total_of(page, view) for view in ("todos", "vencidos", "criticos", "mios")] == ["3", "2", "1", "0"]
        assert "1 sin respuesta" in page

    def test_narrow_by_filters(self, client: Client, head: User, now: datetime) -> None:
        simple = make_case(Stage.REFERRED, now=now, class_=CaseClass.SIMPLE, channel=Channel.PHONE)
        inquiry = make_case(Stage.IN_FOLLOW_UP, now=now, kind=RequestKind.INQUIRY)

        def shown(query: str) -> list[str]:
            return numbers_in(page_of(client, head, f"?vista=todos&{query}"))

        assert shown("clase=simple") == shown("canal=phone") == shown("etapa=referred") == [simple.number]
        assert shown("tipo=inquiry") == shown("clase=complex&etapa=in_follow_up") == [inquiry.number]
        assert set(shown("area=obras_infraestructura&motivo=pothole")) == {simple.number, inquiry.number}
        assert shown("area=fiscalizacion") == shown("motivo=noise") == []


class TestFilters:
    @pytest.mark.parametrize("query", ["vista=todos&clase=simple", "vista=todos&clase=simple&canal=phone"])
    def test_get_the_focus_back_on_the_page_they_lead_to(self, client: Client, head: User, query: str) -> None:
        client.force_login(head)

        answer = client.get(f"/mesa/?{query}", headers={**HTMX, "hx-trigger": "filtro-clase"})

        assert answer.headers["HX-Redirect"] == f"/mesa/?{query}#filtro-clase"
        assert 'id="filtro-clase"' in page_of(client, head, f"?{query}")

    def test_leave_the_focus_on_what_they_were_when_they_are_taken_off(self, client: Client, head: User) -> None:
        page = page_of(client, head, "?vista=todos&clase=simple")

        assert 'href="/mesa/?vista=todos#filtro-clase"' in page
        assert '<select class="d-filtro" id="filtro-clase"' in page_of(client, head)


class TestACaseAboutStaff:
    def test_is_not_listed_to_the_desk_it_is_about(self, client: Client, now: datetime) -> None:
        reception = make_reception(category="poor_attention", complained_site="sede_central")
        commands.register_case(reception, actor=PUBLIC, now=now)
        here = make_user(Role.AGENT, "atencion_ciudadano", site="sede_central")

        page = page_of(client, here, "?vista=sin-derivar")

        assert numbers_in(page) == []
        assert total_of(page, "sin-derivar") == "0"


class TestAnAnalyst:
    def test_sees_closed_cases_without_their_person(self, client: Client, now: datetime) -> None:
        case = make_case(Stage.CLOSED, now=now - timedelta(hours=1), person=make_person(name="Rosa Quispe"))
        analyst = make_user(Role.ANALYST, "alcaldia")

        page = page_of(client, analyst, "?vista=cerrados")

        assert numbers_in(page) == [case.number]
        assert "Rosa Quispe" not in page
        assert "bache" not in page
        assert "Oculto para su rol</a>" in page
        assert "Sin título" not in page
        assert "Sin identificar" not in page
        assert "bache" not in client.get(f"/mesa/casos/{case.number}/").content.decode()


class TestAPromiseForTheWeekend:
    def test_says_until_when_people_work_at_it(self) -> None:
        saturday = Due(to_lima(datetime.fromisoformat("2026-11-28T16:00")), inclusive=True)
        thursday = to_lima(datetime.fromisoformat("2026-11-26T16:00"))

        words = resolve_words(saturday, "Fiscalización", outline(thursday.date()), thursday)

        assert words == "hay que resolverlo el viernes antes de las 4:45\N{NO-BREAK SPACE}p.\N{NO-BREAK SPACE}m."

    def test_says_nothing_of_what_is_due_while_people_work(self) -> None:
        friday = Due(to_lima(datetime.fromisoformat("2026-11-27T16:00")), inclusive=True)
        wednesday = to_lima(datetime.fromisoformat("2026-11-25T16:00"))

        assert resolve_words(friday, "Fiscalización", outline(wednesday.date()), wednesday) == ""
