"""Where else alarms find a person: subscribed phones and services outside, against real servers."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from py_vapid import Vapid
from pytest_django import Settings

from cercana.accounts.models import User
from cercana.cases.models import Case
from cercana.couriers.errors import SubscriptionUnfit
from cercana.critical import commands, queries
from cercana.critical.errors import AddressUnfit, TargetUnknown, TooManyTargets
from cercana.critical.messages import SEND_TASK
from cercana.critical.models import AlarmMessage, AlarmTarget, MessageState
from cercana.critical.targets import TRIAL_TASK
from cercana.organization.models import Municipality
from tests.couriers.browsers import Browser
from tests.couriers.strangers import Stranger, stranger
from tests.critical.scenes import alarms, make_chain, make_critical, ring
from tests.factories import make_person
from tests.jobs import forget, queued, work_off


@pytest.fixture(autouse=True)
def in_service(municipality: Municipality, settings: Settings) -> None:
    """Let the municipality be a real one, whose alarms leave."""
    Municipality.objects.update(is_demo=False)
    settings.PUBLIC_URL = "https://cercana.muni.gob.pe"
    settings.DEFAULT_FROM_EMAIL = "cercana@muni.gob.pe"


@pytest.fixture
def duty() -> User:
    """Return the duty officer of this moment."""
    chain = make_chain()
    chain.duty.duty_shifts.update(ends_at=timezone.now() + timedelta(days=1))
    return chain.duty


@pytest.fixture
def service() -> Iterator[Stranger]:
    with stranger() as found:
        yield found


def alarmed() -> Case:
    """Return a critical case whose alarm rings now."""
    case = make_critical(person=make_person(name="Rosa Quispe Mamani"))
    ring(case, timezone.now())
    return case


class Phone(Browser):
    """A browser of the staff."""

    def subscribe(self, person: User) -> int:
        """Have alarms of ``person`` come here."""
        return commands.add_phone(person=person.pk, subscription=self.subscription, label="Android", now=timezone.now())


class TestAPush:
    def test_tells_number_class_and_area_and_nothing_of_the_citizen(self, duty: User, service: Stranger) -> None:
        phone = Phone(service)
        phone.subscribe(duty)
        case = alarmed()

        work_off(SEND_TASK)

        [heard] = service.heard
        pushed = phone.read(heard)
        assert pushed["title"] == f"Alarma: caso {case.number}"
        assert pushed["body"] == "Crítico · Obras e Infraestructura"
        assert not any(word in json.dumps(pushed) for word in ("Rosa", "Quispe", "bache", "Basadre"))
        assert AlarmMessage.objects.get(way="push").state == MessageState.SENT

    def test_is_signed_by_this_installation_and_urgent(self, duty: User, service: Stranger) -> None:
        Phone(service).subscribe(duty)
        alarmed()

        work_off(SEND_TASK)

        headers = service.heard[0].headers
        assert f"k={queries.public_key()}" in headers["authorization"]
        assert Vapid.verify(headers["authorization"])
        assert (headers["urgency"], headers["ttl"]) == ("high", "600")

    def test_leads_to_the_button_that_takes_charge_from_the_phone(
        self, duty: User, service: Stranger, client: Client
    ) -> None:
        phone = Phone(service)
        phone.subscribe(duty)
        case = alarmed()
        work_off(SEND_TASK)

        path = phone.read(service.heard[0])["link"].removeprefix("https://cercana.muni.gob.pe")
        assert "Me hago cargo" in client.get(path).content.decode()
        client.post(path)

        assert [what for what, _ in alarms(case)] == ["alarm_raised", "alarm_acknowledged"]
        assert case.events.get(type="alarm_acknowledged").payload["way"] == "push"

    @pytest.mark.parametrize("status", [404, 410])
    def test_to_a_phone_that_is_subscribed_no_more_forgets_it(self, duty: User, status: int) -> None:
        with stranger(status) as service:
            Phone(service).subscribe(duty)
            alarmed()

            work_off(SEND_TASK)

        message = AlarmMessage.objects.get(way="push")
        assert (message.state, message.last_error) == (MessageState.FAILED, "push.gone")
        assert not AlarmTarget.objects.exists()

    def test_is_tried_again_while_its_service_is_in_trouble(self, duty: User) -> None:
        with stranger(503) as service:
            Phone(service).subscribe(duty)
            alarmed()
            work_off(SEND_TASK)

        message = AlarmMessage.objects.get(way="push")
        assert (message.state, message.attempts, message.last_error) == (MessageState.QUEUED, 1, "push.503")
        assert message.next_attempt_at is not None
        assert AlarmTarget.objects.exists()

    def test_reaches_every_phone_of_whoever_is_called_and_nobody_else(self, duty: User, service: Stranger) -> None:
        Phone(service).subscribe(duty)
        Phone(service).subscribe(duty)
        Phone(service).subscribe(User.objects.exclude(pk=duty.pk).latest("pk"))
        alarmed()

        work_off(SEND_TASK)

        assert len(service.heard) == 2

    def test_never_leaves_a_demonstration(self, duty: User, service: Stranger) -> None:
        Municipality.objects.update(is_demo=True)
        Phone(service).subscribe(duty)
        alarmed()

        work_off()

        assert service.heard == []
        assert AlarmMessage.objects.get(way="push").state == MessageState.KEPT


class TestASubscription:
    @pytest.mark.parametrize(
        "endpoint",
        ["http://push.example/a", "https://127.0.0.1/a", "https://localhost/a", "https://[::1]/a", "https://[", ""],
    )
    def test_that_no_push_service_stands_behind_is_refused(self, endpoint: str) -> None:
        with pytest.raises(SubscriptionUnfit):
            commands.read_subscription(endpoint, "clave", "secreto")

    def test_of_a_push_service_is_taken_and_known_again(self, duty: User) -> None:
        subscription = commands.read_subscription("https://push.example.com/a", "clave", "secreto")

        added = {
            commands.add_phone(person=duty.pk, subscription=subscription, label="Mi celular", now=timezone.now())
            for _ in range(2)
        }

        assert len(added) == 1
        assert "push.example" not in AlarmTarget.objects.get().sealed


class TestAService:
    def test_gets_the_alarm_with_its_link(self, duty: User, service: Stranger) -> None:
        commands.add_service(
            person=duty.pk, address=f"json://{service.address}/secreta", label="Central", now=timezone.now()
        )
        case = alarmed()

        work_off(SEND_TASK)

        [heard] = service.heard
        told = heard.json()
        assert told["title"] == f"Alarma: caso {case.number}"
        assert "https://cercana.muni.gob.pe/alarma/" in str(told["message"])

    def test_that_refuses_is_tried_again_with_growing_pauses(self, duty: User) -> None:
        with stranger(500) as service:
            commands.add_service(person=duty.pk, address=f"json://{service.address}", label="", now=timezone.now())
            alarmed()
            now, message, waits = timezone.now(), AlarmMessage.objects.get(way="notifier"), []
            for _ in range(3):
                for job in queued():
                    forget(job)
                commands.send_message(message_pk=message.pk, now=now)
                message.refresh_from_db()
                assert message.next_attempt_at is not None
                waits.append((message.next_attempt_at - now).total_seconds())

        assert (waits, message.last_error) == ([15, 60, 120], "notifier.refused")

    @pytest.mark.parametrize("address", ["", "hola", "nada://x", "syslog://", "tgram://"])
    def test_that_nobody_knows_is_refused(self, duty: User, address: str) -> None:
        with pytest.raises(AddressUnfit):
            commands.add_service(person=duty.pk, address=address, label="", now=timezone.now())

    def test_is_shown_by_its_name_and_kept_under_seal(self, duty: User) -> None:
        commands.add_service(
            person=duty.pk, address="json://usuario:clave@pasarela.muni.gob.pe/sms", label="SMS", now=timezone.now()
        )

        [target] = queries.targets_of(duty.pk)
        row = AlarmTarget.objects.get()

        assert target.label == "JSON: SMS"
        kept = " ".join(str(value) for value in (row.sealed, row.mark, row.label))
        assert not any(word in kept for word in ("clave", "pasarela", "usuario"))

    def test_is_one_of_ten_at_most(self, duty: User) -> None:
        for number in range(10):
            AlarmTarget.objects.create(
                person=duty, way="push", label="x", sealed="x", mark=str(number), created_at=timezone.now()
            )

        with pytest.raises(TooManyTargets):
            commands.add_service(person=duty.pk, address="json://a.example", label="", now=timezone.now())


class TestThisMachine:
    """What stands on the server trusts whoever reaches it: staff can have no message sent there."""

    @pytest.fixture(autouse=True)
    def keeps_away(self, settings: Settings) -> None:
        settings.MAY_NOTIFY_THIS_MACHINE = False

    def test_is_reached_by_no_service(self, duty: User, service: Stranger) -> None:
        added = commands.add_service(person=duty.pk, address=f"json://{service.address}", label="", now=timezone.now())
        commands.ask_for_trial(person=duty.pk, target_pk=added, now=timezone.now())

        work_off(TRIAL_TASK)

        [target] = queries.targets_of(duty.pk)
        assert (target.trial, target.error, service.heard) == ("failed", "notifier.refused", [])

    def test_is_reached_by_no_push(self, duty: User, service: Stranger) -> None:
        added = Phone(service).subscribe(duty)
        commands.ask_for_trial(person=duty.pk, target_pk=added, now=timezone.now())

        work_off(TRIAL_TASK)

        [target] = queries.targets_of(duty.pk)
        assert (target.trial, target.error, service.heard) == ("failed", "push.unreachable", [])


class TestATrial:
    @pytest.mark.parametrize(("status", "outcome"), [(200, ("worked", "")), (500, ("failed", "notifier.refused"))])
    def test_says_what_came_of_it(self, duty: User, status: int, outcome: tuple[str, str]) -> None:
        with stranger(status) as service:
            added = commands.add_service(
                person=duty.pk, address=f"json://{service.address}", label="", now=timezone.now()
            )
            commands.ask_for_trial(person=duty.pk, target_pk=added, now=timezone.now())
            work_off(TRIAL_TASK)

            [target] = queries.targets_of(duty.pk)
            assert (target.trial, target.error) == outcome
            assert service.heard[0].json()["title"] == "Prueba de Cercana"

    def test_in_a_demonstration_says_that_nothing_leaves(self, duty: User, service: Stranger) -> None:
        Municipality.objects.update(is_demo=True)
        added = Phone(service).subscribe(duty)

        commands.ask_for_trial(person=duty.pk, target_pk=added, now=timezone.now())
        work_off()

        assert (queries.targets_of(duty.pk)[0].trial, service.heard) == ("kept", [])

    def test_of_what_was_sealed_under_another_key_says_so(
        self, duty: User, service: Stranger, settings: Settings
    ) -> None:
        added = Phone(service).subscribe(duty)
        settings.SECRET_KEY = "otra clave de esta instalación, bastante larga"

        commands.ask_for_trial(person=duty.pk, target_pk=added, now=timezone.now())
        work_off(TRIAL_TASK)

        assert queries.targets_of(duty.pk)[0].error == "target.unreadable"

    def test_and_removal_are_of_ones_own_targets_only(self, duty: User, service: Stranger) -> None:
        added = Phone(service).subscribe(duty)
        other = User.objects.exclude(pk=duty.pk).latest("pk")

        with pytest.raises(TargetUnknown):
            commands.ask_for_trial(person=other.pk, target_pk=added, now=timezone.now())
        with pytest.raises(TargetUnknown):
            commands.remove_target(person=other.pk, target_pk=added)
        commands.remove_target(person=duty.pk, target_pk=added)

        assert not AlarmTarget.objects.exists()
