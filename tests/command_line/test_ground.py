import pytest

from cercana.command_line.ground import DemoExposed, refuse_exposed_demo
from cercana.config.environment import read_environment
from cercana.organization.models import Municipality
from tests.factories import make_municipality

_NETWORK = {"CERCANA_BIND": "0.0.0.0:8000", "CERCANA_PUBLIC_URL": "https://cercana.example"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration() -> None:
    make_municipality()
    Municipality.objects.update(is_demo=True)


class TestRefuseExposedDemo:
    @pytest.mark.usefixtures("demonstration")
    def test_refuses_an_address_that_others_can_reach(self) -> None:
        with pytest.raises(DemoExposed, match=r"CERCANA_BIND=127\.0\.0\.1:8000"):
            refuse_exposed_demo(read_environment(_NETWORK))

    @pytest.mark.usefixtures("demonstration")
    def test_lets_the_demonstration_be_seen_on_its_own_machine(self) -> None:
        refuse_exposed_demo(read_environment({}))

    def test_lets_a_real_municipality_be_seen_by_all(self) -> None:
        make_municipality()

        refuse_exposed_demo(read_environment(_NETWORK))
