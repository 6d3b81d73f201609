"""Calls as an exchange tells of them: kept once, and who spoke with nobody waits for a case (M2.3b, M4.1a)."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from cercana.channels.phone.commands import CallNews, hear
from cercana.channels.phone.models import Call
from cercana.conversation.models import UnregisteredContact
from cercana.rules.calls import CallEvent, CallState, state_of_call

NOW = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
CALLER = "987654321"


def tell(*events: CallEvent) -> CallState:
    """Let the exchange tell of one call, a minute between the events; return what it is."""
    states = [
        hear(
            CallNews(exchange_id="asterisk-1", event=event, caller=CALLER, extension="201"),
            now=NOW + timedelta(minutes=minute),
        )
        for minute, event in enumerate(events)
    ]
    return states[-1]


class TestStateOfCall:
    def test_does_not_depend_on_the_order_of_events(self) -> None:
        events = (CallEvent.RINGING, CallEvent.ANSWERED, CallEvent.HUNG_UP)

        assert {state_of_call(order) for order in permutations(events)} == {CallState.ENDED}


@pytest.mark.django_db
class TestHear:
    def test_an_attended_call_has_its_length_and_leaves_no_contact(self) -> None:
        assert tell(CallEvent.RINGING, CallEvent.ANSWERED, CallEvent.HUNG_UP) is CallState.ENDED

        call = Call.objects.get()
        assert call.answered_at is not None
        assert call.ended_at is not None
        assert call.ended_at - call.answered_at == timedelta(minutes=1)
        assert call.caller == CALLER
        assert not UnregisteredContact.objects.exists()

    @pytest.mark.parametrize(
        ("event", "state", "way"),
        [
            (CallEvent.MISSED, CallState.MISSED, "missed_call"),
            (CallEvent.HUNG_UP, CallState.ABANDONED, "missed_call"),
            (CallEvent.VOICEMAIL, CallState.VOICEMAIL, "voicemail"),
        ],
    )
    def test_who_spoke_with_nobody_waits_for_a_case_from_when_it_rang(
        self, event: CallEvent, state: CallState, way: str
    ) -> None:
        assert tell(CallEvent.RINGING, event) is state

        contact = UnregisteredContact.objects.get()
        assert (contact.way, contact.phone, contact.received_at) == (way, CALLER, NOW)

    def test_who_was_attended_after_all_waits_no_more(self) -> None:
        tell(CallEvent.RINGING, CallEvent.HUNG_UP)
        assert UnregisteredContact.objects.exists()

        assert tell(CallEvent.ANSWERED) is CallState.ENDED

        assert not UnregisteredContact.objects.exists()

    def test_who_left_a_message_after_all_waits_once_with_it(self) -> None:
        tell(CallEvent.RINGING, CallEvent.MISSED, CallEvent.VOICEMAIL)

        contact = UnregisteredContact.objects.get()
        assert (contact.way, contact.phone) == ("voicemail", CALLER)

    def test_an_event_told_twice_changes_nothing(self) -> None:
        tell(CallEvent.RINGING, CallEvent.MISSED, CallEvent.MISSED, CallEvent.RINGING)

        assert Call.objects.get().ended_at == NOW + timedelta(minutes=1)
        assert UnregisteredContact.objects.count() == 1
