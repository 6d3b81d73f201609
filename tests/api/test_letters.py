"""What is written to a person can be looked at before it leaves, and followed after it left, through the API, too."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases.models import AccessRecord, Case, Event
from cercana.conversation.commands import set_up_phrases
from cercana.conversation.models import Delivery, ReceivedMail, ReplyPhraseUse, ReplyPhraseVersion
from cercana.feedback.models import Opinion
from cercana.rules.access import Role
from cercana.rules.lifecycle import Stage
from tests.api.calling import System, connect
from tests.channels.email.town import put_motives_in_words, send, write
from tests.factories import make_case, make_user
from tests.jobs import work_off

SAID = "Iremos al lugar el viernes, a las 9. Ese mismo día le cuento qué encontramos."


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def user() -> User:
    return make_user(Role.AREA_OFFICER, "obras_infraestructura")


@pytest.fixture
def officer(user: User) -> System:
    return connect(user)


@pytest.fixture
def case(user: User, now: datetime) -> Case:
    return make_case(Stage.IN_FOLLOW_UP, officer=actor_for(user, now), now=now - timedelta(hours=2))


@pytest.fixture
def visit(now: datetime) -> ReplyPhraseVersion:
    set_up_phrases(now=now)
    return ReplyPhraseVersion.objects.get(phrase__code="sigue_visita")


def _stranger() -> System:
    return connect(make_user(Role.AREA_OFFICER, "fiscalizacion"))


class TestPhrases:
    def test_come_filled_with_the_case(self, officer: System, case: Case, visit: ReplyPhraseVersion) -> None:
        phrases = officer.get(f"/cases/{case.number}/phrases").json["phrases"]

        assert visit.pk in {each["id"] for each in phrases}
        assert not [each for each in phrases if "{" in each["text"]]

    def test_count_once_when_they_are_sent(self, officer: System, case: Case, visit: ReplyPhraseVersion) -> None:
        given, key = {"text": SAID, "phrases": [visit.pk]}, str(uuid.uuid4())

        sent = officer.post(f"/cases/{case.number}/message", given, key=key)
        again = officer.post(f"/cases/{case.number}/message", given, key=key)

        assert (sent.status, again.json) == (200, sent.json)
        assert ReplyPhraseUse.objects.filter(case=case, version=visit).count() == 1

    def test_are_measured_but_not_for_everybody(self, officer: System, case: Case, visit: ReplyPhraseVersion) -> None:
        officer.post(f"/cases/{case.number}/message", {"text": SAID, "phrases": [visit.pk]})
        head = connect(make_user(Role.SUPERVISOR, "alcaldia"))

        first = head.get("/phrases/figures").json["phrases"][0]

        assert (first["uses"], first["areas"]) == (1, {"obras_infraestructura": 1})
        assert (first["rated"], first["mean"]) == (0, None)
        assert officer.get("/phrases/figures").json["code"] == "conversation.phrase_figures_refused"

    def test_are_none_for_who_may_not_write(self, case: Case, visit: ReplyPhraseVersion) -> None:
        assert _stranger().get(f"/cases/{case.number}/phrases").status == 404


class TestADraft:
    def test_offers_its_dates_as_promises(self, officer: System, case: Case) -> None:
        draft = {"texts": ["Un técnico revisará el parche.", "El 30 de diciembre a las 4 p. m."]}

        (offer,) = officer.post(f"/cases/{case.number}/promise-offers", draft).json["offers"]
        promise = {"text": offer["text"], "day": offer["day"], "hour": offer["hour"]}
        sent = officer.post(f"/cases/{case.number}/message", {"text": draft["texts"][0], "promises": [promise]})

        assert (offer["day"][5:], offer["hour"]) == ("12-30", "16:00")
        assert sent.status == 200

    def test_is_shown_as_the_person_will_get_it(self, officer: System, case: Case) -> None:
        events = Event.objects.count()

        letter = officer.post(f"/cases/{case.number}/letter-preview", {"text": SAID}).json
        answer = officer.post(f"/cases/{case.number}/letter-preview", {"done": "Tapamos el hueco."}).json

        assert letter["channel"] == "email"
        assert SAID in " ".join(each["text"] for each in letter["blocks"])
        assert "Tapamos el hueco." in " ".join(each["text"] for each in answer["blocks"])
        assert Event.objects.count() == events

    def test_is_reviewed_with_what_is_known_of_the_case(self, officer: System, case: Case) -> None:
        draft = {"text": "Llame al 987 111 222. Vive en la calle Los Olivos 345."}

        review = officer.post(f"/cases/{case.number}/writing-check", draft).json

        assert "sin_saludo" in {each["fault"] for each in review["findings"]}
        assert {each["kind"] for each in review["details"]} == {"telefono", "domicilio"}
        assert "987 111 222" not in str(review["details"])

    def test_is_measured_when_it_leaves(self, officer: System, case: Case) -> None:
        officer.post(f"/cases/{case.number}/message", {"text": SAID})

        assert case.message_figures.get().has_next_step

    def test_is_nothing_to_who_may_not_know_of_the_case(self, case: Case) -> None:
        stranger = _stranger()

        assert stranger.post(f"/cases/{case.number}/promise-offers", {"texts": ["Mañana."]}).status == 404
        assert stranger.post(f"/cases/{case.number}/letter-preview", {"text": SAID}).status == 404


class TestALetter:
    def test_says_what_became_of_it(self, officer: System, case: Case) -> None:
        work_off()

        letters = officer.get(f"/cases/{case.number}/letters").json["letters"]

        assert [each["kind"] for each in letters][:1] == ["receipt"]
        assert {each["channel"] for each in letters} == {"email"}
        assert _stranger().get(f"/cases/{case.number}/letters").status == 404


class TestAMail:
    def test_is_read_whole_and_the_look_recorded(self) -> None:
        put_motives_in_words()
        send(write())
        case, agent = Case.objects.get(), connect(make_user(Role.SUPERVISOR, "atencion_ciudadano"))
        told = Delivery.objects.get().message_id
        quoted = "El lun, 23 nov 2026 a las 9:00, Muni <casos@prueba.example> escribió:\n> Hola"
        send(write(f"Sigue igual.\n\n{quoted}", replies_to=[told]))
        entry = ReceivedMail.objects.latest("sequence").sequence
        path = f"/cases/{case.number}/mails/{entry}"

        mail = agent.get(path).json

        assert (mail["new_text"], "> Hola" in mail["quoted"], mail["files"]) == ("Sigue igual.", True, [])
        assert AccessRecord.objects.filter(detail="correo entero", numbers=[case.number]).count() == 1
        assert (agent.get(f"{path}0").status, _stranger().get(path).status) == (409, 404)


class TestAnOpinion:
    def test_is_taken_down_by_who_had_no_part_in_the_case(self, now: datetime) -> None:
        case = make_case(Stage.CLOSED, now=now - timedelta(days=1))
        agent, key = connect(make_user(Role.AGENT, "atencion_ciudadano")), str(uuid.uuid4())

        for _ in range(2):
            told = agent.post(f"/cases/{case.number}/opinion", {"mark": 4, "line": "Rápido."}, key=key)

        assert (told.status, told.json["number"]) == (200, case.number)
        assert Opinion.objects.get().mark == 4
        assert agent.post(f"/cases/{case.number}/opinion", {"mark": 5}).status == 409
