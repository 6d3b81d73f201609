"""Calling back: one person however often they called, two people never call the same one, nobody is forgotten."""

import uuid
from datetime import datetime, timedelta

import pytest

from cercana.cases import commands as cases
from cercana.cases.models import Event
from cercana.channels.phone import commands, queries
from cercana.channels.phone.callback_errors import (
    AttemptNotYours,
    CallBackGone,
    CallBackTaken,
    CallFiguresClosed,
    PreferenceRefused,
)
from cercana.channels.phone.callback_models import CallBack, CallBackAttempt
from cercana.channels.phone.commands import CallNews
from cercana.channels.phone.queries import CallBackLine, CallBackList
from cercana.conversation.commands import Contact, note_contact
from cercana.conversation.errors import ContactsRefused, DismissalReasonMissing
from cercana.conversation.models import UnregisteredContact
from cercana.rules.access import Actor, Role
from cercana.rules.callbacks import Outcome, PreferredWay, Standing
from cercana.rules.calls import CallEvent
from cercana.rules.history import EventType
from cercana.rules.unregistered import ReachedBy
from tests.factories import NOW, make_actor, make_case, make_municipality
from tests.jobs import work_off

pytestmark = pytest.mark.django_db
MOBILE, OTHER = "987654321", "+51 912 345 678"


@pytest.fixture(autouse=True)
def municipality(db: None) -> object:
    """Return the municipality in which a test happens."""
    return make_municipality()


@pytest.fixture
def rosa() -> Actor:
    """Return somebody who attends people."""
    return make_actor(Role.AGENT, "atencion_ciudadano")


def miss(exchange_id: str, caller: str = MOBILE, at: datetime = NOW, event: CallEvent = CallEvent.MISSED) -> None:
    """Let somebody call whom nobody attends."""
    for each in (CallEvent.RINGING, event):
        commands.hear(CallNews(exchange_id=exchange_id, event=each, caller=caller, extension="201"), now=at)


def listed(actor: Actor, now: datetime = NOW) -> CallBackList:
    return queries.call_back_list(actor, sends_texts=False, now=now)


def only(actor: Actor, now: datetime = NOW) -> CallBackLine:
    """Return the only one on the list, in hand or not."""
    found = listed(actor, now)
    lines = [*found.lines, *([found.mine] if found.mine else [])]
    assert len(lines) == 1
    return lines[0]


def try_thrice(actor: Actor) -> None:
    """Call the only one on the list three times, two hours apart."""
    for hours in (0, 2, 4):
        moment = NOW + timedelta(hours=hours)
        commands.note_attempt(key=only(actor).key, outcome=Outcome.NO_ANSWER, actor=actor, now=moment)


class TestTheList:
    def test_promises_two_hours_of_attention(self, rosa: Actor) -> None:
        miss("1", at=NOW.replace(hour=16))

        assert only(rosa).until == (NOW + timedelta(days=1)).replace(hour=9, minute=15)

    def test_names_somebody_once_however_often_they_called(self, rosa: Actor) -> None:
        miss("1")
        miss("2", caller="+51987654321", at=NOW + timedelta(minutes=5))
        miss("3", caller=OTHER)

        lines = {each.phone: each for each in listed(rosa).lines}

        assert {phone: each.calls for phone, each in lines.items()} == {MOBILE: 2, OTHER: 1}
        assert lines[MOBILE].until == NOW + timedelta(hours=2)

    def test_never_takes_two_hidden_numbers_for_one_person(self, rosa: Actor) -> None:
        miss("1", caller="anonymous")
        miss("2", caller="")

        found = listed(rosa)

        assert [each.standing for each in found.lines] == [Standing.OTHER_WAY] * 2
        assert not any(each.can_be_called for each in found.lines)

    def test_says_where_a_voicemail_is_and_how_long(self, rosa: Actor) -> None:
        miss("1")
        told = CallNews(
            exchange_id="1",
            event=CallEvent.VOICEMAIL,
            caller=MOBILE,
            recording_url="https://central.example/1.wav",
            recording_seconds=42,
        )
        commands.hear(told, now=NOW)

        (left,) = only(rosa).voicemails

        assert (left.address, left.seconds) == ("https://central.example/1.wav", 42)
        assert UnregisteredContact.objects.get().way == "voicemail"

    def test_has_also_whom_no_exchange_told_of(self, rosa: Actor) -> None:
        said = "Llamo por los muebles de la calle."
        contact = Contact(key=uuid.uuid4(), way=ReachedBy.VOICEMAIL, received_at=NOW, phone=MOBILE, text=said)
        note_contact(contact, now=NOW)

        line = only(rosa)
        commands.note_attempt(key=line.key, outcome=Outcome.BUSY, actor=rosa, now=NOW)

        assert (line.until, line.text) == (NOW + timedelta(hours=2), said)
        assert [each.outcome for each in only(rosa).attempts] == [Outcome.BUSY]

    def test_is_not_for_who_takes_nobody_in(self) -> None:
        with pytest.raises(ContactsRefused):
            listed(make_actor(Role.SUPERVISOR, "fiscalizacion"))


class TestTakeNext:
    def test_gives_the_promise_that_ends_first_and_then_the_same_until_it_was_tried(self, rosa: Actor) -> None:
        miss("late", at=NOW)
        miss("early", caller=OTHER, at=NOW - timedelta(hours=1))

        first = commands.take_next(actor=rosa, now=NOW)
        again = commands.take_next(actor=rosa, now=NOW)

        assert first == again
        mine = listed(rosa).mine
        assert mine is not None
        assert (mine.key, mine.phone) == (first, OTHER)

    def test_gives_two_people_two_callers(self, rosa: Actor) -> None:
        miss("1")
        miss("2", caller=OTHER)
        colleague = make_actor(Role.AGENT, "atencion_ciudadano")

        assert commands.take_next(actor=rosa, now=NOW) != commands.take_next(actor=colleague, now=NOW)
        assert commands.take_next(actor=make_actor(Role.AGENT, "atencion_ciudadano"), now=NOW) is None

    def test_gives_what_somebody_left_lying_to_another(self, rosa: Actor) -> None:
        miss("1")
        commands.take_next(actor=rosa, now=NOW)
        colleague = make_actor(Role.AGENT, "atencion_ciudadano")

        assert commands.take_next(actor=colleague, now=NOW + timedelta(minutes=19)) is None
        assert commands.take_next(actor=colleague, now=NOW + timedelta(minutes=20)) is not None

    def test_is_undone_by_putting_back(self, rosa: Actor) -> None:
        miss("1")
        commands.take_next(actor=rosa, now=NOW)

        commands.put_back(actor=rosa, now=NOW)

        assert listed(rosa).mine is None

    def test_passes_over_who_did_not_answer_a_moment_ago(self, rosa: Actor) -> None:
        miss("1")
        commands.note_attempt(key=only(rosa).key, outcome=Outcome.NO_ANSWER, actor=rosa, now=NOW)

        assert commands.take_next(actor=rosa, now=NOW + timedelta(minutes=119)) is None
        assert commands.take_next(actor=rosa, now=NOW + timedelta(hours=2)) is not None


class TestAnAttempt:
    def test_says_when_who_and_what_came_of_it(self, rosa: Actor) -> None:
        miss("1")
        commands.note_attempt(key=only(rosa).key, outcome=Outcome.BUSY, actor=rosa, now=NOW)

        (attempt,) = only(rosa).attempts

        assert (attempt.at, attempt.by, attempt.outcome) == (NOW, rosa.name, Outcome.BUSY)

    def test_on_whom_a_colleague_is_calling_is_refused(self, rosa: Actor) -> None:
        miss("1")
        commands.take_next(actor=rosa, now=NOW)

        with pytest.raises(CallBackTaken):
            commands.note_attempt(
                key=only(rosa).key, outcome=Outcome.BUSY, actor=make_actor(Role.AGENT, "atencion_ciudadano"), now=NOW
            )

    def test_that_was_a_slip_is_taken_back_by_who_noted_it(self, rosa: Actor) -> None:
        miss("1")
        miss("2", at=NOW + timedelta(minutes=1))
        key = only(rosa).key
        commands.note_attempt(key=key, outcome=Outcome.WRONG_NUMBER, actor=rosa, now=NOW)
        with pytest.raises(AttemptNotYours):
            commands.undo_attempt(key=key, actor=make_actor(Role.AGENT, "atencion_ciudadano"), now=NOW)

        commands.undo_attempt(key=key, actor=rosa, now=NOW + timedelta(minutes=5))

        assert not CallBackAttempt.objects.exists()
        mine = listed(rosa).mine
        assert mine is not None
        assert mine.standing is Standing.TO_CALL

    def test_is_no_slip_after_half_an_hour(self, rosa: Actor) -> None:
        miss("1")
        commands.note_attempt(key=only(rosa).key, outcome=Outcome.BUSY, actor=rosa, now=NOW)

        with pytest.raises(AttemptNotYours):
            commands.undo_attempt(key=only(rosa).key, actor=rosa, now=NOW + timedelta(minutes=31))

    def test_the_third_asks_for_another_way_and_leaves_nobody_out(self, rosa: Actor) -> None:
        miss("1")
        try_thrice(rosa)

        line = only(rosa, NOW + timedelta(days=3))

        assert line.standing is Standing.OTHER_WAY
        assert line.ways == [PreferredWay.MAIL, PreferredWay.LETTER]
        assert UnregisteredContact.objects.filter(state="waiting").count() == 1


class TestAPreference:
    def test_moves_the_call_to_the_hour_that_was_asked_for(self, rosa: Actor) -> None:
        miss("1")
        at_four = NOW.replace(hour=16)
        commands.prefer(key=only(rosa).key, preferred_at=at_four, way=PreferredWay.CALL, actor=rosa, now=NOW)

        line = only(rosa)

        assert (line.from_, line.preferred_way) == (at_four, PreferredWay.CALL)
        assert commands.take_next(actor=rosa, now=NOW) is None
        assert commands.take_next(actor=rosa, now=at_four) == line.key

    @pytest.mark.parametrize("hours", [-1, 15 * 24])
    def test_is_an_hour_that_comes_and_soon(self, rosa: Actor, hours: int) -> None:
        miss("1")

        with pytest.raises(PreferenceRefused):
            commands.prefer(
                key=only(rosa).key, preferred_at=NOW + timedelta(hours=hours), way=None, actor=rosa, now=NOW
            )


class TestTheEnd:
    def test_in_a_case_is_one_entry_however_often_they_called(self, rosa: Actor) -> None:
        case = make_case()
        miss("1")
        miss("2", at=NOW + timedelta(minutes=1))

        commands.join_caller(key=only(rosa).key, number=case.number, actor=rosa, now=NOW)

        assert not listed(rosa).lines
        assert set(UnregisteredContact.objects.values_list("state", "case")) == {("joined", case.pk)}
        assert [each.type for each in Event.objects.filter(case=case)].count(EventType.MESSAGE_RECEIVED) == 1

    def test_without_a_case_says_why(self, rosa: Actor) -> None:
        miss("1")
        key = only(rosa).key
        with pytest.raises(DismissalReasonMissing):
            commands.dismiss_caller(key=key, reason=" ", actor=rosa, now=NOW)

        commands.dismiss_caller(key=key, reason="Buscaba otra municipalidad.", actor=rosa, now=NOW)

        assert not listed(rosa).lines
        with pytest.raises(CallBackGone):
            commands.note_attempt(key=key, outcome=Outcome.SPOKE, actor=rosa, now=NOW)


class TestTheFigures:
    def test_tell_by_hour_who_gave_up_and_who_was_called_back_in_time(self, rosa: Actor) -> None:
        miss("1")
        miss("2", caller=OTHER, event=CallEvent.HUNG_UP)
        miss("3", caller="934567890", at=NOW + timedelta(hours=1))
        later = NOW + timedelta(hours=2, minutes=30)
        by_phone = {each.phone: each for each in listed(rosa).lines}
        commands.note_attempt(key=by_phone[MOBILE].key, outcome=Outcome.SPOKE, actor=rosa, now=NOW)
        analyst = make_actor(Role.ANALYST, "alcaldia")

        found = queries.call_days(analyst, days=1, now=later)

        whole = found.whole
        assert (whole.calls, whole.missed, whole.abandoned, whole.spoke) == (3, 2, 1, 1)
        assert (whole.in_time, whole.late, whole.overdue, whole.pending) == (1, 1, 1, 1)
        assert {hour: each.calls for hour, each in found.hours.items()} == {10: 2, 11: 1}

    def test_are_for_who_supervises_or_analyses(self, rosa: Actor) -> None:
        with pytest.raises(CallFiguresClosed):
            queries.call_days(rosa, days=1, now=NOW)


class TestErasing:
    def test_forgets_where_the_voicemail_is(self, rosa: Actor) -> None:
        miss("1")
        CallBack.objects.update(recording_url="https://central.example/1.wav")
        case = make_case()
        commands.join_caller(key=only(rosa).key, number=case.number, actor=rosa, now=NOW)

        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")
        cases.erase_citizen(case.citizen_id, reason="lo pidió", actor=keeper, now=NOW)
        work_off()

        assert CallBack.objects.get().recording_url == ""
