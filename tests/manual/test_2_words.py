"""Sections 2.1, 2.2 and 3.3 of the manual: listening, empathy, clarity, limits, tone, and what to do with a claim."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.models import Case
from cercana.cases.queries import message_figures
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass, Channel, ClaimType, RequestKind
from cercana.rules.guidance import GuideStep, Mark, Talk
from cercana.rules.history import EventType
from cercana.rules.lifecycle import AnswerIncomplete, Stage
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.review import Situation, review
from cercana.workplace.queries import Guide, Progress, Telling, guide_for, situations
from tests.factories import NOW, make_actor, make_answer, make_case, make_reception, make_user

CLAIM = Situation(kind=RequestKind.CLAIM, claim_type=ClaimType.DELAY)
LATE = Situation(kind=RequestKind.CLAIM, claim_type=ClaimType.DELAY, is_late=True)
KIND = (
    "Buenos días, Rosa. Gracias por avisarnos; sabemos lo molesto que es. Lamentamos la demora. "
    "El viernes 4 de diciembre la cuadrilla tapa el hueco y ese día la llamamos."
)
OFFICE = "Buenos días. Gracias por avisarnos. Se derivó su expediente a la unidad orgánica, que lo ve el viernes 4."
BLAMING = "Buenos días. Gracias por avisarnos. Usted debió leer el aviso. El viernes 4 la llamamos."
VAGUE = "Buenos días, Rosa. Gracias por avisarnos. Lo arreglaremos a la brevedad posible."


def beside(*marks: Mark, words: str = "", channel: Channel = Channel.PHONE) -> Guide:
    """Return the guide beside a conversation in which ``words`` were told."""
    telling = Telling(words=words, place="Miguel Dasso 126")
    return guide_for(Talk(channel, frozenset(marks)), telling, situations(), Progress())


def phrase(guide: Guide, step: GuideStep) -> str:
    return next(line.phrase for line in guide.lines if line.step is step)


def faults(text: str, situation: Situation = CLAIM) -> set[Fault]:
    return set(review(text, situation).problems)


class TestPrinciples:
    def test_m2_1a_what_was_told_is_read_back_before_it_is_registered(self) -> None:
        told = "Frente al mercado hay un buzón sin tapa desde el viernes."

        said = phrase(beside(words=told), GuideStep.CLARIFY)

        assert "Frente al mercado hay un buzón sin tapa" in said
        assert "¿Es correcto?" in said

    def test_m2_1a_that_it_was_read_back_stays_with_the_case_and_nothing_else_of_the_talk(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        given = make_reception(channel=Channel.PHONE, guide=["escuchar", "aclarar"])

        case = commands.register_case(given, actor=agent, now=NOW)

        assert case.events.get(type=EventType.REGISTERED).payload["guide"] == ["escuchar", "aclarar"]

    def test_m2_1b_the_guide_names_what_the_person_may_feel(self) -> None:
        said = {phrase(beside(each), GuideStep.RECOGNISE) for each in (Mark.DELAY, Mark.DANGER, Mark.CRYING)}

        assert len(said) == 3

    def test_m2_1b_a_reply_to_a_claim_without_a_warm_word_is_noticed_and_one_to_an_inquiry_is_not(self) -> None:
        cold = "Buenos días. El hueco se tapa el viernes 4 de diciembre."

        assert Fault.NO_EMPATHY in faults(cold)
        assert Fault.NO_EMPATHY not in faults(cold, Situation(kind=RequestKind.INQUIRY))

    def test_m2_1c_office_words_are_noticed_with_the_plain_word(self) -> None:
        found = [each for each in review(OFFICE, CLAIM).findings if each.fault is Fault.OFFICE_WORDS]

        assert [each.words for each in found] == ["derivó", "expediente", "unidad orgánica"]
        assert [each.proposal for each in found] == ["envió", "caso", "oficina"]
        assert all(each.rule == "M2.1c" for each in found)

    def test_m2_1c_how_easily_it_is_read_is_told_in_words(self) -> None:
        assert review(KIND, CLAIM).ease.words in {"normal", "fácil", "muy fácil"}

    def test_m2_1d_blame_and_promises_without_a_date_are_noticed(self) -> None:
        assert Fault.BLAME in faults(BLAMING)
        assert Fault.VAGUE_PROMISE in faults(VAGUE)

    def test_m2_1d_a_no_has_a_reason_and_an_alternative(self) -> None:
        limits = next(line for line in beside(Mark.REFUSAL).lines if line.step is GuideStep.LIMITS)

        assert limits.situations[0].reason
        assert limits.situations[0].alternative

    def test_what_follows_all_of_them_is_left_alone(self) -> None:
        assert faults(KIND, LATE) == set()


class TestVoiceAndPosture:
    def test_m2_2a_the_guide_reminds_of_the_voice_on_the_phone(self) -> None:
        assert "voz" in beside().tone

    def test_m2_2b_the_guide_reminds_of_the_eyes_at_the_counter(self) -> None:
        guide = guide_for(Talk(Channel.COUNTER, frozenset()), Telling(), situations(), Progress())

        assert "Mire a la persona" in guide.tone


class TestRecommendations:
    @pytest.fixture
    def agent(self, client: Client) -> User:
        user = make_user(Role.AGENT, "atencion_ciudadano")
        client.force_login(user)
        return user

    def test_m3_3a_a_conversation_that_hurts_has_a_way_out(self, client: Client, agent: User) -> None:
        page = client.get("/mesa/apoyo/").content.decode()

        for words in ("No tomarlo como personal", "Ponga el límite", "Haga una pausa"):
            assert words in page

    def test_m3_3a_nobody_sees_a_claim_about_oneself(self, client: Client) -> None:
        accused = make_user(Role.SUPERVISOR, "obras_infraestructura")
        case = make_case(Stage.REFERRED, now=timezone.now())
        Case.objects.filter(pk=case.pk).update(about_staff=True, complained_staff=accused)
        client.force_login(accused)

        assert client.get(f"/mesa/casos/{case.number}/").status_code == 404

    def test_m3_3b_the_guide_begins_by_listening(self) -> None:
        guide = guide_for(Talk(Channel.PHONE, frozenset()), Telling(), situations(), Progress())

        assert guide.lines[0].step is GuideStep.LISTEN
        assert guide.lines[0].state == "now"

    def test_m3_3c_an_apology_that_is_due_is_asked_for_and_one_that_is_not_is_noticed(self) -> None:
        unsorry = KIND.replace("Lamentamos la demora. ", "")
        not_ours = "Buenos días. Gracias por avisarnos. Pedimos disculpas por el corte de Luz del Sur. Hoy la llamamos."

        assert Fault.NO_APOLOGY in faults(unsorry, LATE)
        assert Fault.NO_APOLOGY not in faults(KIND, LATE)
        assert Fault.NEEDLESS_APOLOGY in faults(not_ours)

    def test_m3_3c_whether_it_was_given_stays_with_the_message(self, client: Client) -> None:
        user, now = make_user(Role.AREA_OFFICER, "obras_infraestructura"), timezone.now()
        long_ago = now - timedelta(days=20)
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(user, now), now=long_ago, class_=CaseClass.SIMPLE)
        client.force_login(user)

        client.post(f"/mesa/casos/{case.number}/mensaje/", {"text": KIND})

        [kept] = message_figures(now - timedelta(hours=1), now + timedelta(hours=1))
        assert kept.apology_due
        assert kept.apologises
        assert kept.has_next_step

    def test_m3_3d_no_answer_without_what_was_done_what_follows_and_by_when(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)

        for missing in ("done", "next_step", "by_when"):
            with pytest.raises(AnswerIncomplete):
                commands.answer_case(number=case.number, answer=make_answer(**{missing: " "}), actor=officer, now=NOW)
