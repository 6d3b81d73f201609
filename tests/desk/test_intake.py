"""Attending somebody: found without accents, registered once, and told what was promised before they hang up."""

import uuid
from datetime import timedelta

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases.errors import CaseNotFound
from cercana.cases.models import AccessRecord, Case
from cercana.cases.queries.receipt import receipt_of
from cercana.citizens.commands import ContactKind, Document, DocumentType
from cercana.citizens.models import Citizen
from cercana.organization.models import Category, EmergencyNumber
from cercana.rules.access import Role
from cercana.rules.classification import Channel, ClaimType, RequestKind
from cercana.rules.lifecycle import Stage
from tests.factories import Given, make_case, make_person, make_user

MOST_QUERIES = 12
HTMX = {"hx-request": "true"}


@pytest.fixture
def agent(client: Client) -> User:
    """Return somebody who attends people, signed in."""
    user = make_user(Role.AGENT, "atencion_ciudadano", name="Rosa Huamán")
    client.force_login(user)
    return user


def typed(**given: Given) -> dict[str, str]:
    """Return the form as somebody filled it in who was told of faded lines on the telephone."""
    return {
        "client_key": str(uuid.uuid4()),
        "channel": "phone",
        "name": "Elvira Chávez Montoya",
        "language": "es",
        "description": "Quisiera que repinten las líneas de la pista frente al mercado.",
        "category": "pothole",
        "type": "delay",
        "place": "Miguel Dasso con Conquistadores",
        "request": "Que las pinten hoy",
        "phone": "987 654 318",
        **given,
    }


def register(client: Client, **given: Given) -> HttpResponseBase:
    """Return the answer to the filled in form."""
    return client.post("/mesa/atender/", typed(**given))


def text_of(response: HttpResponseBase) -> str:
    """Return the page."""
    return response.getvalue().decode()


def found(client: Client, query: str) -> str:
    """Return the list of people for what is being typed."""
    return text_of(client.post("/mesa/atender/personas/", {"person_query": query}, headers=HTMX))


@pytest.mark.usefixtures("agent")
class TestWhoItIs:
    @pytest.mark.parametrize("query", ["45678901", "chavez mont", "MONTOYA elv", "987654318", "elvira@vecinos.example"])
    def test_is_found_by_document_name_without_accents_telephone_or_mail(self, client: Client, query: str) -> None:
        contacts = [(ContactKind.PHONE, "987 654 318"), (ContactKind.EMAIL, "elvira@vecinos.example")]
        document = Document(DocumentType.DNI, "45678901")
        make_case(person=make_person(name="Elvira Chávez Montoya", document=document, contacts=contacts))
        make_case(person=make_person(name="Jorge Torres"))

        page = found(client, query)

        assert "Elvira Chávez Montoya" in page
        assert "Jorge Torres" not in page

    def test_shows_only_the_end_of_a_document(self, client: Client) -> None:
        make_case(person=make_person(name="Elvira Chávez", document=Document(DocumentType.DNI, "45678901")))

        page = found(client, "elvira")

        assert "•••• 8901" in page
        assert "45678901" not in page

    def test_leaves_a_record_that_somebody_looked_without_what_they_typed(self, client: Client, agent: User) -> None:
        make_case(person=make_person(name="Elvira Chávez"))

        found(client, "elvira")

        (record,) = AccessRecord.objects.filter(act="people")
        assert (record.actor, record.numbers, record.detail) == (f"staff:{agent.pk}", [], "")

    def test_becomes_the_person_of_the_case_when_chosen(self, client: Client) -> None:
        known = make_case().citizen_id

        register(client, person=str(known), name="", phone="")

        assert Case.objects.latest("id").citizen_id == known

    @pytest.mark.parametrize(
        ("query", "kept"),
        [("987654318", {"contact_points__normalized": "+51987654318"}), ("45678901", {"document_number": "45678901"})],
    )
    def test_keeps_the_telephone_or_document_by_which_nobody_was_found(
        self, client: Client, query: str, kept: dict[str, str]
    ) -> None:
        register(client, person_query=query, phone="", no_contact_reason="No quiso dejarlo")

        assert Citizen.objects.filter(**kept).count() == 1

    def test_may_stay_unidentified_with_a_reason_for_no_contact_but_not_without(self, client: Client) -> None:
        refused = register(client, name="", phone="")
        registered = register(client, name="", phone="", no_contact_reason="No quiso dejarlo")

        assert (refused.status_code, registered.status_code) == (422, 302)
        assert "Anote un teléfono o un correo, o por qué no se puede." in text_of(refused)

    def test_is_refused_when_their_data_were_erased_meanwhile(self, client: Client) -> None:
        response = register(client, person=str(uuid.uuid4()))

        assert response.status_code == 422
        assert "Búsquela otra vez" in text_of(response)


@pytest.mark.usefixtures("agent")
class TestRegister:
    def test_takes_the_name_by_which_nobody_was_found(self, client: Client, agent: User) -> None:
        register(client, name="", person_query="Elvira Chávez")

        assert Citizen.objects.filter(name="Elvira Chávez").exists()

    def test_makes_one_case_of_what_was_typed(self, client: Client) -> None:
        key = str(uuid.uuid4())
        response = register(client, preferential="on", language="qu", client_key=key)

        case = Case.objects.get()
        assert response.headers["Location"] == f"/mesa/atender/?registrado={case.number}&enviado={key}"
        assert (case.channel, case.kind, case.claim_type) == (Channel.PHONE, RequestKind.CLAIM, ClaimType.DELAY)
        assert (case.category_id, case.class_, case.is_preferential) == ("pothole", "complex", True)
        assert (case.language, case.citizen.name) == ("qu", "Elvira Chávez Montoya")
        assert case.tasks.filter(kind="interpreter").exists()

    def test_makes_one_case_of_a_form_sent_twice(self, client: Client) -> None:
        fields = typed()

        first, second = (client.post("/mesa/atender/", fields) for _ in range(2))

        assert Case.objects.count() == 1
        assert first.headers["Location"] == second.headers["Location"]

    def test_takes_an_inquiry_a_changed_class_and_a_changed_nature(self, client: Client) -> None:
        register(client, type="inquiry", class_="critical", legal_nature="neighbour_report", channel="counter")

        case = Case.objects.get()
        assert (case.kind, case.claim_type, case.class_) == (RequestKind.INQUIRY, "", "critical")
        assert (case.legal_nature_id, case.channel) == ("neighbour_report", Channel.COUNTER)

    def test_lets_only_a_supervisor_choose_a_slower_class_than_that_of_the_motive(self, client: Client) -> None:
        given = {"category": "noise", "class_": "complex"}

        refused = register(client, **given)
        client.force_login(make_user(Role.SUPERVISOR, "atencion_ciudadano"))
        registered = register(client, **given)

        assert (refused.status_code, registered.status_code) == (422, 302)
        assert 'id="class_-error"' in text_of(refused)

    def test_keeps_what_was_typed_and_says_what_is_missing_beside_its_field(self, client: Client) -> None:
        response = register(client, category="", type="", phone="12", request="Que vengan <hoy>")

        page = text_of(response)
        assert response.status_code == 422
        assert not Case.objects.exists()
        for kept in (
            "las líneas de la pista frente al mercado",
            "Miguel Dasso con",
            "Que vengan &lt;hoy&gt;",
            "Elvira Chávez",
        ):
            assert kept in page
        for field in ("category", "type", "phone"):
            assert f'id="{field}-error"' in page

    @pytest.mark.parametrize(
        "given",
        [
            {"category": "unknown"},
            {"type": "unknown"},
            {"class_": "unknown"},
            {"legal_nature": "unknown"},
            {"complained_area": "unknown"},
            {"complained_site": "unknown"},
            {"language": "xx"},
            {"person": "not-a-key"},
            {"client_key": "not-a-key"},
            {"document_type": "dni", "document_number": "12"},
            {"description": "x" * 20_001},
            {"description": "   "},
            {"received_at": "ayer"},
            {"email": "elvira"},
        ],
    )
    def test_refuses_what_no_form_of_ours_sends_and_what_cannot_be(self, client: Client, given: Given) -> None:
        assert register(client, **given).status_code == 422
        assert not Case.objects.exists()

    def test_is_not_for_who_does_not_attend_people(self, client: Client) -> None:
        client.force_login(make_user(Role.AUDITOR, "alcaldia"))

        assert client.get("/mesa/atender/").status_code == 403
        assert register(client).status_code == 403
        assert client.post("/mesa/atender/personas/", {"person_query": "elvira"}).status_code == 403
        assert client.post("/mesa/atender/parecidos/", typed()).status_code == 403


@pytest.mark.usefixtures("agent")
class TestStepsWithoutScript:
    def test_finds_people_and_keeps_the_form(self, client: Client) -> None:
        make_case(person=make_person(name="Jorge Torres"))

        response = register(client, paso="personas", person_query="torres")

        assert response.status_code == 200
        assert "Jorge Torres" in text_of(response)
        assert "las líneas de la pista frente al mercado" in text_of(response)
        assert Case.objects.count() == 1

    def test_chooses_a_proposed_motive_and_says_what_it_promises(self, client: Client) -> None:
        page = text_of(register(client, category="", use_category="pothole"))

        assert '<option value="pothole" selected>' in page
        assert "<b>Obras e Infraestructura.</b> Le respondemos hasta el final del" in page


@pytest.mark.usefixtures("agent")
class TestBesideTheForm:
    def beside(self, client: Client, **given: Given) -> str:
        """Return what the form brings up to date while somebody types."""
        return text_of(client.post("/mesa/atender/parecidos/", typed(**given), headers=HTMX))

    def test_proposes_motives_by_the_words_and_chooses_none(self, client: Client) -> None:
        page = self.beside(client, category="", description="Mucho noise en la noche")

        assert 'name="use_category" value="noise"' in page
        assert "<select" not in page

    def test_asks_whether_its_words_make_it_something_else_for_the_law(self, client: Client) -> None:
        words = "Quiero denunciar al bar, es una denuncia."
        page = self.beside(client, description=words)
        confirmed = self.beside(client, description=words, legal_nature="neighbour_report")

        assert "Por «Quiero denunciar» puede ser otra cosa" in page
        assert 'name="legal_nature" value="neighbour_report">' in page
        assert 'name="legal_nature" value="neighbour_report" checked>' in confirmed

    def test_shows_a_case_that_may_be_the_same(self, client: Client) -> None:
        case = make_case(description="Faltan las líneas de la pista.", place="Miguel Dasso 126", now=timezone.now())

        page = self.beside(client)

        assert case.number in page
        assert "Sumarla a este caso" in page

    def test_hides_one_that_this_person_may_not_see(self, client: Client) -> None:
        case = make_case(
            Stage.REFERRED, description="Faltan las líneas de la pista.", place="Miguel Dasso 126", now=timezone.now()
        )

        assert case.number not in self.beside(client)

    def test_says_the_promise_and_the_term_of_the_law(self, client: Client) -> None:
        page = self.beside(client, legal_nature="neighbour_report")

        assert "Le respondemos hasta el final del" in page
        assert "Plazo de la ley: hasta el final del" in page

    def test_says_whom_to_call_first_where_there_may_be_danger(self, client: Client) -> None:
        EmergencyNumber.objects.create(name="Serenazgo", number="319-0450")
        calm = self.beside(client)
        Category.objects.filter(code="pothole").update(shows_emergency=True)

        assert "319-0450" not in calm
        assert "Serenazgo <b>319-0450</b>" in self.beside(client)

    def test_reads_back_what_was_understood(self, client: Client) -> None:
        page = self.beside(client)

        assert "Repito para no equivocarme." in page
        assert "Es en Miguel Dasso con Conquistadores." in page


@pytest.mark.usefixtures("agent")
class TestMerge:
    def test_lets_the_new_case_follow_the_one_that_was_pointed_at(self, client: Client) -> None:
        main = make_case(description="Faltan las líneas de la pista.", now=timezone.now())

        register(client, merge_into=main.number)

        assert Case.objects.latest("id").merged_into == main.number

    def test_registers_apart_and_says_so_when_the_other_cannot_be_followed(self, client: Client) -> None:
        main = make_case(Stage.CLOSED, now=timezone.now() - timedelta(hours=1))

        response = client.post("/mesa/atender/", typed(merge_into=main.number), follow=True)

        assert Case.objects.latest("id").merged_into == ""
        assert f"No se pudo sumar a {main.number}." in text_of(response)


@pytest.mark.usefixtures("agent")
class TestBegun:
    def test_is_gone_on_with_under_its_key_and_with_its_channel(self, client: Client) -> None:
        key = str(uuid.uuid4())
        page = text_of(client.get(f"/mesa/atender/?sigue={key}&canal=counter"))

        assert f'name="client_key" value="{key}"' in page
        assert 'value="counter" checked' in page

    def test_is_not_gone_on_with_once_it_is_a_case(self, client: Client) -> None:
        key = str(uuid.uuid4())
        register(client, client_key=key)

        assert key not in text_of(client.get(f"/mesa/atender/?sigue={key}"))

    def test_has_a_key_of_its_own_if_none_is_asked_for(self, client: Client) -> None:
        pages = [text_of(client.get(address)) for address in ("/mesa/atender/", "/mesa/atender/?sigue=otra")]
        keys = {page.partition('name="client_key" value="')[2][:36] for page in pages}

        assert len(keys) == len(pages)


@pytest.mark.usefixtures("agent")
class TestRegistered:
    def test_gives_the_number_to_read_aloud_the_code_the_promise_and_the_next_step(self, client: Client) -> None:
        key = str(uuid.uuid4())
        page = text_of(client.get(register(client, client_key=key).headers["Location"]))

        case = Case.objects.get()
        assert case.number in page
        assert "dos mil" in page
        assert "Código para seguirlo" in page
        assert "Le respondemos hasta el final del" in page
        assert f'action="/mesa/casos/{case.number}/derivar/"' in page
        assert 'value="obras_infraestructura"' in page
        assert f"atender:{key}:relato" in page

    def test_is_read_by_nobody_else_nor_half_an_hour_later(self, client: Client, agent: User) -> None:
        address = register(client).headers["Location"]
        number, actor = Case.objects.get().number, actor_for(agent, timezone.now())
        with pytest.raises(CaseNotFound):
            receipt_of(actor, number, now=timezone.now() + timedelta(minutes=31))
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))

        assert client.get(address).status_code == 404

    def test_is_read_even_when_the_case_is_about_ones_own_desk(self, client: Client) -> None:
        response = client.post("/mesa/atender/", typed(category="poor_attention", type="poor_service"), follow=True)

        case = Case.objects.get()
        assert case.number in text_of(response)
        assert "ya no estará en su bandeja" in text_of(response)
        assert client.get(f"/mesa/casos/{case.number}/").status_code == 404


class TestHowOftenTheDatabaseIsAsked:
    @pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR])
    def test_at_most_twelve_times_for_the_page(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, role: Role
    ) -> None:
        client.force_login(make_user(role, "atencion_ciudadano"))
        client.get("/mesa/atender/")

        with django_assert_max_num_queries(MOST_QUERIES):
            client.get("/mesa/atender/")
