"""Other systems are told what happens to cases: signed, in order, again and again for a day, and never inwards."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings as SettingsWrapper

from cercana.api.errors import WebhookRefused
from cercana.api.models import Webhook, WebhookMessage
from cercana.api.webhooks.addresses import is_open, target_of
from cercana.api.webhooks.commands import create_webhook, queue_due, replay, send_next, sweep
from cercana.rules.access import Role
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from tests.api.calling import System, connect, make_case_given
from tests.couriers.strangers import Stranger, stranger
from tests.factories import make_case, make_user
from tests.jobs import queued, work_off


@pytest.fixture
def receiver() -> Iterator[Stranger]:
    """Return another system that takes what it is told."""
    with stranger(204) as found:
        yield found


@pytest.fixture(autouse=True)
def allowed(settings: SettingsWrapper) -> None:
    """Name this machine as a host that may be told."""
    settings.WEBHOOK_HOSTS = ("127.0.0.1",)


_IDENTITY = {"name": "Rosa Quispe", "document": {"type": "dni", "number": "40123456"}}


def _watch(system: System, address: str, *events: EventType) -> tuple[Webhook, str]:
    url = f"http://{address}/hook?from=cercana"
    return create_webhook(client=system.client, url=url, events=events, now=timezone.now())


def _told(receiver: Stranger) -> list[tuple[object, object]]:
    return [(each.json()["number"], each.json()["type"]) for each in receiver.heard]


class TestAWebhook:
    def test_tells_of_the_cases_that_came_through_its_client_in_their_order(self, receiver: Stranger) -> None:
        app = connect()
        _watch(app, receiver.address)
        given = app.post("/citizen/cases", make_case_given()).json
        app.post(f"/citizen/cases/{given['number']}/withdraw", {"words": "Ya no."}, case_code=given["code"])
        make_case()

        work_off()

        types = [type_ for number, type_ in _told(receiver) if number == given["number"]]
        assert types == ["case.registered", "case.withdrawn", "case.closed"]
        assert len(receiver.heard) == len(types)
        assert receiver.heard[0].path == "/hook?from=cercana"
        assert set(receiver.heard[0].json()) == {"id", "type", "occurred_at", "number", "stage", "version"}

    def test_tells_a_client_with_an_account_of_the_cases_it_may_see(self, receiver: Stranger) -> None:
        officer = connect(make_user(Role.AREA_OFFICER, "obras_infraestructura"))
        _watch(officer, receiver.address, EventType.REFERRED)
        now = timezone.now()
        own = make_case(Stage.REFERRED, now=now)
        make_case(Stage.REFERRED, category="noise", now=now)

        work_off()

        assert _told(receiver) == [(own.number, "case.referred")]

    def test_tells_who_acts_for_the_public_only_what_citizens_read(self, receiver: Stranger) -> None:
        app, agent = connect(), connect(make_user(Role.AGENT, "atencion_ciudadano"))
        _watch(app, receiver.address)
        number = app.post("/citizen/cases", make_case_given()).json["number"]
        agent.post(f"/cases/{number}/identity", _IDENTITY)

        work_off()

        assert [type_ for _, type_ in _told(receiver)] == ["case.registered"]

    def test_signs_what_it_tells_with_its_time(self, receiver: Stranger) -> None:
        app = connect()
        _, secret = _watch(app, receiver.address)
        app.post("/citizen/cases", make_case_given())

        work_off()

        [heard] = receiver.heard
        moment, id_ = heard.headers["webhook-timestamp"], heard.headers["webhook-id"]
        key = base64.b64decode(secret.removeprefix("whsec_"))
        expected = hmac.new(key, f"{id_}.{moment}.".encode() + heard.body, hashlib.sha256).digest()
        assert heard.headers["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"
        assert abs(int(moment) - timezone.now().timestamp()) < 60
        assert heard.json()["id"] == id_

    def test_says_nothing_of_what_was_before_it(self, receiver: Stranger) -> None:
        app = connect(make_user(Role.AUDITOR, "alcaldia"))
        make_case(now=timezone.now() - timedelta(minutes=10))
        _watch(app, receiver.address)

        work_off()

        assert receiver.heard == []


class TestAMessage:
    def test_waits_longer_each_time_and_holds_back_what_follows(self, receiver: Stranger) -> None:
        receiver.status = 503
        message, *after = _messages(receiver)
        now, pauses = message.queued_at, []
        for _ in range(5):
            send_next(webhook_id=message.webhook_id, case_id=message.case_id, now=now)
            message.refresh_from_db()
            assert message.next_try_at
            pauses.append((message.next_try_at - now).total_seconds())
            now = message.next_try_at

        assert (pauses, message.outcome) == ([10, 30, 90, 270, 810], "http.503")
        assert [each.json()["version"] for each in receiver.heard] == [message.sequence] * 5
        assert after

        receiver.status = 200
        send_next(webhook_id=message.webhook_id, case_id=message.case_id, now=now)
        work_off()
        assert not WebhookMessage.objects.exclude(state="sent").exists()
        assert [each.json()["version"] for each in receiver.heard[6:]] == [each.sequence for each in after]

    def test_is_not_sent_before_its_time_nor_twice_at_once(self, receiver: Stranger) -> None:
        message, *_ = _messages(receiver)
        WebhookMessage.objects.filter(pk=message.pk).update(next_try_at=message.queued_at + timedelta(seconds=10))

        send_next(webhook_id=message.webhook_id, case_id=message.case_id, now=message.queued_at)

        assert receiver.heard == []

    def test_is_given_up_after_a_day_so_that_the_next_goes_on(self, receiver: Stranger) -> None:
        receiver.status = 500
        message, *_ = _messages(receiver)
        next_day = message.queued_at + timedelta(days=1)

        send_next(webhook_id=message.webhook_id, case_id=message.case_id, now=next_day)

        message.refresh_from_db()
        assert (message.state, message.outcome) == ("given_up", "http.500")
        assert queued("cercana.send_webhook")

    def test_is_sent_anew_under_the_same_id(self, receiver: Stranger) -> None:
        _messages(receiver)
        work_off()
        before = [each.headers["webhook-id"] for each in receiver.heard]

        replay(WebhookMessage.objects.all(), now=timezone.now())
        work_off()

        assert [each.headers["webhook-id"] for each in receiver.heard] == before * 2

    def test_is_found_again_when_its_job_was_lost(self, receiver: Stranger) -> None:
        message, *_ = _messages(receiver)

        assert queue_due(now=message.queued_at) == 1
        work_off("cercana.send_webhook")
        assert queue_due(now=timezone.now()) == 0

    def test_is_forgotten_a_month_after_it_was_settled(self, receiver: Stranger) -> None:
        messages = _messages(receiver)
        work_off()

        assert sweep(timezone.now()) == 0
        assert sweep(timezone.now() + timedelta(days=31)) == len(messages)

    def test_follows_no_redirect(self, receiver: Stranger) -> None:
        receiver.status = 302
        message, *_ = _messages(receiver)
        send_next(webhook_id=message.webhook_id, case_id=message.case_id, now=message.queued_at)
        message.refresh_from_db()
        assert message.outcome == "http.302"


class TestWhereWebhooksLead:
    @pytest.mark.parametrize(
        "url",
        [
            "https://other.example/",
            "https://127.0.0.1.other.example/",
            "https://user@127.0.0.1/",
            "ftp://127.0.0.1/",
            "https://[/",
            "https://127.0.0.1:99999/",
            "https://127.0.0.1/a b",
            "https://127.0.0.1@other.example/",
        ],
    )
    def test_is_a_host_that_the_configuration_names(self, url: str) -> None:
        with pytest.raises(WebhookRefused):
            target_of(url)

    def test_is_never_reached_without_tls_in_service(self, settings: SettingsWrapper) -> None:
        settings.MAY_NOTIFY_THIS_MACHINE = False
        settings.WEBHOOK_HOSTS = ("systems.example",)

        assert target_of("https://Systems.Example./a").host == "systems.example"
        with pytest.raises(WebhookRefused):
            target_of("http://systems.example/a")

    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1",
            "ff02::1", "192.0.2.1", "240.0.0.1",
        ],
    )  # fmt: skip
    def test_is_no_inner_network(self, settings: SettingsWrapper, address: str) -> None:
        settings.MAY_NOTIFY_THIS_MACHINE = False

        assert not is_open(address)

    @pytest.mark.parametrize("address", ["1.1.1.1", "200.37.0.10", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
    def test_is_the_open_internet(self, settings: SettingsWrapper, address: str) -> None:
        settings.MAY_NOTIFY_THIS_MACHINE = False

        assert is_open(address)

    def test_is_refused_when_the_name_of_an_allowed_host_leads_inwards(
        self, settings: SettingsWrapper, receiver: Stranger
    ) -> None:
        settings.WEBHOOK_HOSTS = ("localhost", "127.0.0.1")
        message, *_ = _messages(receiver)
        settings.MAY_NOTIFY_THIS_MACHINE = False
        Webhook.objects.update(url="https://localhost/hook")

        send_next(webhook_id=message.webhook_id, case_id=message.case_id, now=message.queued_at)

        message.refresh_from_db()
        assert (message.outcome, receiver.heard) == ("address.closed", [])


def _messages(receiver: Stranger) -> list[WebhookMessage]:
    """Return the messages about a case that went some steps, written and not sent yet, oldest first."""
    app = connect(make_user(Role.AUDITOR, "alcaldia"))
    _watch(app, receiver.address)
    make_case(Stage.IN_FOLLOW_UP, now=timezone.now())
    work_off("cercana.react", "cercana.handle")
    return list(WebhookMessage.objects.order_by("sequence"))
