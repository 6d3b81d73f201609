"""What the demonstration shows of the channels: waiting rooms with a past, and people who have no case yet."""

import pytest

from cercana.channels.counter.models import Device, Room, Turn, Window
from cercana.conversation.models import UnregisteredContact
from cercana.demo.contacts import note_contacts
from cercana.demo.halls import play_halls
from cercana.demo.offices import read_offices
from cercana.rules.promises import to_lima
from cercana.rules.turns import TurnState
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("demonstration")
SEED = 7
TODAY = to_lima(NOW).date()


class TestHalls:
    def test_have_three_days_behind_them_and_nobody_in_them(self) -> None:
        play_halls(seed=SEED, now=NOW, offices=read_offices(TODAY))

        assert len(set(Turn.objects.values_list("day", flat=True))) == 3
        assert not Turn.objects.filter(day__gte=TODAY).exists()
        assert not Turn.objects.filter(state__in=(TurnState.WAITING, TurnState.CALLED)).exists()
        assert not Window.objects.exclude(attended_by=None).exists()
        for room in Room.objects.all():
            assert Turn.objects.filter(room=room, state=TurnState.ATTENDED).count() > 40

    def test_are_played_once(self) -> None:
        for _ in range(2):
            play_halls(seed=SEED, now=NOW, offices=read_offices(TODAY))

        assert Device.objects.count() == 2 * Room.objects.count()


class TestContacts:
    def test_stand_in_the_list_once_each(self) -> None:
        for _ in range(2):
            note_contacts(seed=SEED, now=NOW)

        assert sorted(UnregisteredContact.objects.values_list("way", flat=True)) == [
            "mail",
            "mail",
            "missed_call",
            "missed_call",
            "voicemail",
        ]
        assert all(each.received_at < NOW for each in UnregisteredContact.objects.all())
