import pytest
from django.test import Client
from django.utils import translation

from cercana.cases.queries import tracked_case
from cercana.conversation.receipt import receipt_texts
from cercana.organization.models import Area, Category, EmergencyNumber, Municipality
from cercana.organization.queries import municipality
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, citizen_of, make_case
from tests.portal.walking import WHAT, come_in, fill_in, page, register


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    """Have the visitor choose English."""
    client.post("/idioma/", {"language": "en", "next": "/"})


@pytest.fixture
def catalogue() -> None:
    Category.objects.filter(code="pothole").update(name_en="Pothole", citizen_words_en="There is a hole in the road")


@pytest.mark.usefixtures("catalogue")
class TestCatalogue:
    def test_is_english_where_the_municipality_wrote_it(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", {**WHAT, "relato": "zzz"})

        html = page(client, "/casos/nuevo/donde-y-cuando/")

        assert ">There is a hole in the road</option>" in html
        assert ">noise</option>" in html

    def test_is_found_by_english_words(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", {**WHAT, "relato": "A large hole opened here."})

        assert "<strong>Pothole</strong>" in page(client, "/casos/nuevo/donde-y-cuando/")

    def test_stays_english_in_the_review_and_on_the_page_of_the_case(self, client: Client) -> None:
        fill_in(client)
        assert '<dd class="whitespace-pre-line">Pothole</dd>' in page(client, "/casos/nuevo/revisar/")

        case = register(client)
        case.text.title = ""
        case.text.save()

        assert "<h1>Pothole</h1>" in page(client, f"/casos/{case.number}/")


class TestAreas:
    def test_are_english_where_the_municipality_wrote_it(self, client: Client) -> None:
        Area.objects.filter(code="obras_infraestructura").update(name_en="Public Works")
        client.post("/casos/nuevo/que-paso/", WHAT)
        chosen = page(client, "/casos/nuevo/donde-y-cuando/")
        fill_in(client)
        review = page(client, "/casos/nuevo/revisar/")

        assert 'label="Public Works"' in chosen
        assert 'label="Fiscalización"' in chosen
        assert '<dd class="whitespace-pre-line">Public Works</dd>' in review

    def test_are_english_on_the_page_of_the_case_and_in_its_story(self, client: Client) -> None:
        Area.objects.filter(code="obras_infraestructura").update(name_en="Public Works")
        case = make_case(Stage.ANSWERED)
        come_in(client, case)

        followed = page(client, f"/casos/{case.number}/")
        decided = page(client, f"/casos/{case.number}/cierre/")

        for html in (followed, decided):
            assert "Public Works" in html
            assert "Obras e Infraestructura" not in html


class TestReceipt:
    def test_is_english_where_the_municipality_wrote_it(self) -> None:
        Category.objects.update(name_en="Pothole")
        Municipality.objects.update(opening_hours_en="Monday to Friday, 8:00 a.m. to 4:45 p.m.")
        case = make_case()

        with translation.override("en"):
            tracked = tracked_case(citizen_of(case), number=case.number)
            told = receipt_texts(tracked, municipality(), (), NOW)

        assert "Monday to Friday, 8:00 a.m. to 4:45 p.m. Receipt issued on" in str(told["foot"])
        assert "['What it is about', 'Pothole']" in str(told["parts"])


class TestNumbersAndHours:
    def test_are_english_with_spanish_as_the_rest(self, client: Client) -> None:
        Municipality.objects.update(opening_hours_en="Monday to Friday, 8:00 a.m. to 4:45 p.m.")
        EmergencyNumber.objects.create(name="Bomberos", number="116", name_en="Fire brigade", hint_en="fire")
        EmergencyNumber.objects.create(name="Serenazgo", number="319-0450", order=1)

        html = page(client, "/")

        assert "Monday to Friday" in html
        assert "lunes a viernes" not in html
        assert "Fire brigade: 116" in html
        assert "Serenazgo: " in html
