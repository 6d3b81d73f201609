import re

from django.test import Client

from cercana.conversation.models import Delivery
from cercana.organization.models import Municipality
from tests.factories import make_case
from tests.jobs import work_off


class TestMailbox:
    def test_shows_the_receipt_of_a_new_case_with_a_link_that_leads_to_it(self, client: Client) -> None:
        case = make_case()
        work_off()

        page = client.get("/buzon/").content.decode()
        assert f"Recibimos tu caso {case.number}" in page
        address = re.search(r'href="(/buzon/\d+/)"', page)
        assert address is not None
        letter = client.get(address[1]).content.decode()
        assert "Hola, Rosa:" in letter
        assert re.search(r'href="http://[^/]+/caso/[\w:-]+"[^>]*>Ver mi caso', letter)

    def test_exists_beside_a_demonstration_only(self, client: Client) -> None:
        Municipality.objects.update(is_demo=False)
        make_case()
        work_off()
        [letter] = Delivery.objects.all()

        assert client.get("/buzon/").status_code == 404
        assert client.get(f"/buzon/{letter.pk}/").status_code == 404
