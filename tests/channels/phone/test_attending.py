"""Calls that somebody attends: each ends in a case or in a reason why not, and the case says how long it took."""

import uuid
from datetime import timedelta

import pytest

from cercana.accounts.queries import actor_for
from cercana.cases.commands import confirm
from cercana.cases.errors import CaseNotFound
from cercana.cases.models import Case
from cercana.cases.queries import page_of_case
from cercana.channels.phone.commands import (
    Proof,
    begin_call,
    end_call,
    explain_call,
    link_case,
    note_registered,
    open_call,
    set_extension,
    verify_caller,
)
from cercana.channels.phone.errors import (
    CallCaseUnknown,
    CallerUnproven,
    CallGone,
    CallsClosed,
    ChecksSpent,
    ExtensionMalformed,
    NoCaseUnexplained,
)
from cercana.channels.phone.models import Call, Extension
from cercana.channels.phone.queries import (
    attended_calls,
    call_of,
    call_under_way,
    callers_cases,
    calls_heard_by,
    count_unsettled,
    extension_of,
)
from cercana.conversation.models import UnregisteredContact
from cercana.conversation.queries import Access, code_for
from cercana.rules.access import Actor, Role
from cercana.rules.attended_calls import MOST_CHECKS, length_words, seconds_of
from cercana.rules.calls import CallEvent
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from tests.channels.phone.calling import CALLER, DOCUMENT, INTAKE, make_caller, sit, tell
from tests.factories import NOW, make_actor, make_case, make_municipality, make_user

LATER = NOW + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def municipality(db: None) -> None:
    make_municipality()


@pytest.fixture
def agent() -> Actor:
    return sit()


def logged(case: Case) -> list[dict[str, object]]:
    """Return what the history of a case says of calls."""
    return [event.payload for event in case.events.filter(type=EventType.CALL_ATTENDED).order_by("sequence")]


def code_of(case: Case) -> str:
    return code_for(Access(case.key, case.access_generation))


class TestACallToAnExtension:
    def test_is_announced_to_whoever_sits_there_until_it_is_opened(self, agent: Actor) -> None:
        call = tell(CallEvent.RINGING)
        neighbour = sit(number="202")

        assert [(each.caller, each.is_answered) for each in calls_heard_by(agent, NOW)] == [(CALLER, False)]
        assert not calls_heard_by(neighbour, NOW)
        open_call(key=call.key, actor=agent, now=NOW)
        assert not calls_heard_by(agent, NOW)

    def test_is_of_whoever_sits_where_it_was_answered(self, agent: Actor) -> None:
        call = tell(CallEvent.RINGING)
        open_call(key=call.key, actor=agent, now=NOW)
        neighbour = sit(number="202")

        tell(CallEvent.ANSWERED, exchange_id=call.exchange_id, extension="202")

        assert [each.key for each in calls_heard_by(neighbour, NOW)] == [call.key]
        with pytest.raises(CallGone):
            call_of(agent, call.key)

    def test_is_not_announced_for_ever_if_its_end_is_lost(self, agent: Actor) -> None:
        tell(CallEvent.RINGING)
        tell(CallEvent.RINGING, CallEvent.ANSWERED)

        assert not calls_heard_by(agent, NOW + timedelta(hours=5))

    def test_follows_whoever_takes_the_seat(self, agent: Actor) -> None:
        neighbour = actor_for(make_user(Role.AGENT, INTAKE), NOW)

        set_extension(number=" 201 ", actor=neighbour)
        assert (extension_of(agent), extension_of(neighbour)) == ("", "201")
        set_extension(number="", actor=neighbour)

        assert not Extension.objects.exists()
        with pytest.raises(ExtensionMalformed):
            set_extension(number="anexo 201", actor=neighbour)

    def test_is_nothing_to_who_attends_nobody(self) -> None:
        with pytest.raises(CallsClosed):
            set_extension(number="201", actor=make_actor(Role.ANALYST, "alcaldia"))


class TestACallAboutANewCase:
    def test_is_logged_with_its_length_and_who_attended_once_it_is_over(self, agent: Actor) -> None:
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED)
        case = make_case()
        note_registered(key=call.key, number=case.number, actor=agent, now=LATER)
        assert logged(case) == []
        assert call_under_way(agent, LATER) is None

        tell(CallEvent.HUNG_UP, exchange_id=call.exchange_id, now=NOW + timedelta(minutes=4, seconds=12))
        tell(CallEvent.HUNG_UP, exchange_id=call.exchange_id)

        (entry,) = logged(case)
        assert (entry["seconds"], entry["attended_by"], entry["measured"]) == (192, agent.staff_id, True)
        assert Call.objects.get().caller == ""

    def test_is_logged_at_once_if_it_is_over_by_then(self, agent: Actor) -> None:
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED, CallEvent.HUNG_UP)
        assert call.caller == CALLER
        first, second = make_case(), make_case()

        for case in (first, second):
            note_registered(key=call.key, number=case.number, actor=agent, now=LATER)

        assert [len(logged(case)) for case in (first, second)] == [1, 1]
        assert Call.objects.get().caller == ""

    def test_that_nobody_announced_began_with_the_form_and_ends_with_it(self, agent: Actor) -> None:
        case, key = make_case(), uuid.uuid4()

        for _ in range(2):
            note_registered(key=key, number=case.number, actor=agent, now=LATER, began_at=NOW)

        (entry,) = logged(case)
        assert (entry["seconds"], entry["measured"]) == (600, False)

    def test_stands_in_the_history_that_staff_reads(self, agent: Actor) -> None:
        head = make_actor(Role.SUPERVISOR, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP)
        note_registered(key=uuid.uuid4(), number=case.number, actor=agent, now=LATER, began_at=NOW)

        page = page_of_case(head, case.number)

        newest = page.newest(EventType.CALL_ATTENDED)
        assert newest is not None
        assert newest.others["attended_by"] == agent.name

    def test_lets_somebody_else_take_down_the_yes(self, agent: Actor) -> None:
        case = make_case(Stage.ANSWERED)
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED)
        note_registered(key=call.key, number=case.number, actor=agent, now=LATER)
        tell(CallEvent.HUNG_UP, exchange_id=call.exchange_id, now=LATER)

        with pytest.raises(CaseNotFound):
            confirm(number=case.number, words="Sí, gracias.", actor=agent, now=LATER)
        confirm(number=case.number, words="Sí, gracias.", actor=sit(number="202"), now=LATER)

        assert Case.objects.get(pk=case.pk).stage == Stage.CLOSED


class TestACallWithoutACase:
    def test_says_why_and_until_then_stands_in_the_list(self, agent: Actor) -> None:
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED, CallEvent.HUNG_UP)
        head = make_actor(Role.SUPERVISOR, INTAKE)
        assert [each.key for each in attended_calls(head, now=LATER)[0]] == [call.key]
        assert count_unsettled(sit(number="202")) == 0

        with pytest.raises(NoCaseUnexplained):
            explain_call(key=call.key, reason="porque sí", actor=agent, now=LATER)
        explain_call(key=call.key, reason="wrong_number", actor=agent, now=LATER)

        assert count_unsettled(agent) == 0
        assert [each.no_case for each in attended_calls(agent, now=LATER)[1]] == ["wrong_number"]
        assert Call.objects.get().caller == ""
        assert not UnregisteredContact.objects.exists()

    def test_that_was_cut_off_is_to_be_called_back(self, agent: Actor) -> None:
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED)

        explain_call(key=call.key, reason="cut_off", actor=agent, now=LATER)

        contact = UnregisteredContact.objects.get()
        assert (contact.phone, contact.received_at) == (CALLER, NOW)

    def test_that_was_cut_off_is_still_to_be_called_back_when_the_exchange_tells_later_that_it_ended(
        self, agent: Actor
    ) -> None:
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED, exchange_id="1")
        explain_call(key=call.key, reason="cut_off", actor=agent, now=LATER)

        tell(CallEvent.HUNG_UP, now=LATER, exchange_id="1")

        assert UnregisteredContact.objects.get().phone == CALLER
        assert Call.objects.get().caller == ""

    def test_is_somebody_elses_to_explain_for_nobody(self, agent: Actor) -> None:
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED)

        with pytest.raises(CallGone):
            explain_call(key=call.key, reason="silent", actor=sit(number="202"), now=LATER)

    def test_that_nobody_announced_ends_when_whoever_attends_it_says_so(self, agent: Actor) -> None:
        key = begin_call(caller=CALLER, actor=agent, now=NOW)
        assert call_under_way(agent, LATER) == key

        for moment in (LATER, LATER + timedelta(hours=1)):
            end_call(key=key, actor=agent, now=moment)

        assert call_of(agent, key).seconds == 600


class TestACallersCases:
    def test_stay_masked_until_the_caller_has_proved_who_they_are(self, agent: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, person=make_caller())
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED)

        told, masked = callers_cases(agent, call_of(agent, call.key), case.citizen_id, now=NOW)
        assert not told
        assert [(each.letter, each.stage) for each in masked] == [(case.number[-1], Stage.IN_FOLLOW_UP)]
        with pytest.raises(CallCaseUnknown):
            link_case(key=call.key, number=case.number, said="", actor=agent, now=NOW)

        proof = Proof(document=DOCUMENT)
        verify_caller(key=call.key, citizen=case.citizen_id, proof=proof, actor=agent)

        told, masked = callers_cases(agent, call_of(agent, call.key), case.citizen_id, now=NOW)
        assert [(each.hit.number, each.may_open) for each in told] == [(case.number, False)]
        assert not masked

    def test_open_to_number_and_code_together(self, agent: Actor) -> None:
        case, other = make_case(person=make_caller()), make_case()
        key = begin_call(caller="", actor=agent, now=NOW)

        for proof in (
            Proof(number=case.number, code="2222-2222"),
            Proof(number=other.number, code=code_of(other)),
            Proof(number="no es", code=code_of(case)),
        ):
            with pytest.raises(CallerUnproven):
                verify_caller(key=key, citizen=case.citizen_id, proof=proof, actor=agent)
        proof = Proof(number=case.number.lower(), code=code_of(case))
        verify_caller(key=key, citizen=case.citizen_id, proof=proof, actor=agent)

        assert call_of(agent, key).verified == case.citizen_id

    @pytest.mark.parametrize(
        ("is_verified", "typed", "shown"),
        [(False, DOCUMENT, CALLER), (True, "11111111", CALLER), (True, DOCUMENT, "999888777"), (True, DOCUMENT, "")],
    )
    def test_do_not_open_to_a_document_alone(self, agent: Actor, is_verified: bool, typed: str, shown: str) -> None:
        case = make_case(person=make_caller(is_verified=is_verified))
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED, caller=shown)

        with pytest.raises(CallerUnproven):
            verify_caller(key=call.key, citizen=case.citizen_id, proof=Proof(document=typed), actor=agent)

    def test_do_not_open_to_a_number_that_was_only_typed(self, agent: Actor) -> None:
        case = make_case(person=make_caller())
        key = begin_call(caller=CALLER, actor=agent, now=NOW)

        with pytest.raises(CallerUnproven):
            verify_caller(key=key, citizen=case.citizen_id, proof=Proof(document=DOCUMENT), actor=agent)

    def test_do_not_open_by_guessing(self, agent: Actor) -> None:
        case = make_case(person=make_caller())
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED)
        for _ in range(MOST_CHECKS):
            with pytest.raises(CallerUnproven):
                verify_caller(key=call.key, citizen=case.citizen_id, proof=Proof(document="1"), actor=agent)

        with pytest.raises(ChecksSpent):
            verify_caller(key=call.key, citizen=case.citizen_id, proof=Proof(document=DOCUMENT), actor=agent)

    def test_get_the_call_and_what_the_caller_said(self, agent: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, person=make_caller())
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED)
        verify_caller(key=call.key, citizen=case.citizen_id, proof=Proof(document=DOCUMENT), actor=agent)

        link_case(key=call.key, number=case.number, said="Sigue igual.", actor=agent, now=LATER)
        tell(CallEvent.HUNG_UP, exchange_id=call.exchange_id, now=LATER)

        newest = list(case.events.order_by("-sequence")[:2].values_list("type", flat=True))
        assert newest == [EventType.CALL_ATTENDED, EventType.MESSAGE_RECEIVED]

    def test_are_filed_in_the_name_of_whoever_may_work_on_them(self, agent: Actor) -> None:
        case = make_case()
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED)

        link_case(key=call.key, number=case.number, said="Es urgente.", actor=agent, now=LATER)

        assert case.events.latest("sequence").actor == agent.signature

    def test_never_show_a_complaint_about_whoever_attends(self, agent: Actor) -> None:
        case = make_case(person=make_caller(), about_staff=True, complained_area=INTAKE, category="poor_attention")
        call = tell(CallEvent.RINGING, CallEvent.ANSWERED)

        assert callers_cases(agent, call_of(agent, call.key), case.citizen_id, now=NOW) == ((), [])


class TestTheLengthOfACall:
    def test_is_said_in_minutes_and_seconds(self) -> None:
        assert [length_words(each) for each in (None, 0, 59, 60, 192)] == ["", "0 s", "59 s", "1 min 0 s", "3 min 12 s"]

    def test_is_unknown_where_the_end_was_lost(self) -> None:
        assert seconds_of(NOW, None) is None
        assert seconds_of(NOW, NOW + timedelta(days=1)) is None
        assert seconds_of(NOW, NOW - timedelta(seconds=3)) == 0
