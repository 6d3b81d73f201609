"""Telling phones and browsers how a case goes, against a real push service of this machine."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from py_vapid import Vapid
from pytest_django import Settings

from cercana.cases import commands as cases
from cercana.cases.errors import CaseNotFound
from cercana.cases.models import Case
from cercana.conversation import commands, queries
from cercana.conversation.devices import MOST_DEVICES
from cercana.conversation.errors import TooManyDevices
from cercana.conversation.letters import Kind
from cercana.conversation.models import DeviceNotice, NoticeState, SubscribedDevice
from cercana.conversation.pushing import PUSH_TASK
from cercana.conversation.wording import push_words
from cercana.couriers.errors import SubscriptionUnfit
from cercana.couriers.subscriptions import Subscription, check_service
from cercana.organization.models import Municipality
from cercana.rules.access import Actor, ActorKind, Role
from cercana.rules.lifecycle import Stage
from cercana.rules.time_texts import TEXTS, Language
from tests.couriers.browsers import Browser
from tests.couriers.strangers import Stranger, stranger
from tests.factories import citizen_of, make_actor, make_answer, make_case
from tests.jobs import queued, work_off


@pytest.fixture(autouse=True)
def in_service(municipality: Municipality, settings: Settings) -> None:
    """Let the municipality be a real one, whose notices leave, also for a push service on this machine."""
    Municipality.objects.update(is_demo=False)
    settings.PUBLIC_URL = "https://cercana.muni.gob.pe"
    settings.DEFAULT_FROM_EMAIL = "cercana@muni.gob.pe"
    settings.PUSH_HOSTS = ("127.0.0.1",)


@pytest.fixture
def service() -> Iterator[Stranger]:
    with stranger() as found:
        yield found


@pytest.fixture
def officer() -> Actor:
    return make_actor(Role.SUPERVISOR, "obras_infraestructura")


@pytest.fixture
def case() -> Case:
    case = make_case(Stage.REFERRED)
    work_off()
    return case


def follow(case: Case, browser: Browser, language: Language = "es", now: datetime | None = None) -> None:
    """Have ``browser`` told how ``case`` goes, as its citizen."""
    commands.subscribe_device(
        number=case.number,
        subscription=browser.subscription,
        language=language,
        actor=citizen_of(case),
        now=now or timezone.now(),
    )


def take(case: Case, officer: Actor) -> None:
    """Go one stage on, and do all that follows."""
    cases.take(number=case.number, actor=officer, now=timezone.now())
    work_off()


class TestANotice:
    def test_tells_the_number_and_a_neutral_sentence_and_nothing_of_the_citizen(
        self, case: Case, officer: Actor, service: Stranger
    ) -> None:
        browser = Browser(service)
        follow(case, browser)

        take(case, officer)

        [heard] = service.heard
        assert browser.read(heard) == {
            "title": f"Caso {case.number}",
            "body": "Una persona se está haciendo cargo de tu caso.",
            "link": f"https://cercana.muni.gob.pe/casos/{case.number}/",
            "topic": case.number,
        }
        said = json.dumps([heard.path, heard.headers])
        assert not any(word in said for word in ("Rosa", case.number, str(case.key)))

    def test_comes_at_every_stage_and_once(self, case: Case, officer: Actor, service: Stranger) -> None:
        browser = Browser(service)
        follow(case, browser)
        take(case, officer)

        cases.answer_case(number=case.number, answer=make_answer(), actor=officer, now=timezone.now())
        work_off()
        cases.confirm(number=case.number, words="", actor=citizen_of(case), now=timezone.now())
        work_off()

        said = [browser.read(heard)["body"] for heard in service.heard]
        assert said == [push_words(kind, "es", "")[1] for kind in (Kind.TAKEN, Kind.ANSWERED, Kind.CLOSED)]
        assert set(DeviceNotice.objects.values_list("state", flat=True)) == {NoticeState.SENT}

    def test_is_sent_once_however_often_its_job_runs(self, case: Case, officer: Actor, service: Stranger) -> None:
        follow(case, Browser(service))
        take(case, officer)
        notice = DeviceNotice.objects.get()

        commands.push_notice(notice_pk=notice.pk, now=timezone.now())

        assert len(service.heard) == 1

    def test_that_is_on_its_way_is_left_alone(self, case: Case, officer: Actor, service: Stranger) -> None:
        follow(case, Browser(service))
        cases.take(number=case.number, actor=officer, now=timezone.now())
        work_off("cercana.react", "cercana.handle")
        now = timezone.now()
        DeviceNotice.objects.update(busy_until=now + timedelta(seconds=5))

        work_off(PUSH_TASK)

        assert service.heard == []

    def test_is_signed_by_this_installation_and_waits_for_a_day(
        self, case: Case, officer: Actor, service: Stranger
    ) -> None:
        follow(case, Browser(service))
        take(case, officer)

        headers = service.heard[0].headers
        assert f"k={queries.push_key()}" in headers["authorization"]
        assert Vapid.verify(headers["authorization"])
        assert (headers["urgency"], headers["ttl"]) == ("normal", "86400")

    def test_speaks_the_language_of_the_page_it_was_asked_for_on(
        self, case: Case, officer: Actor, service: Stranger
    ) -> None:
        browser = Browser(service)
        follow(case, browser, "en")
        take(case, officer)

        assert browser.read(service.heard[0])["body"] == "Somebody is taking care of your case."

    def test_reaches_each_device_of_the_case_and_of_no_other(
        self, case: Case, officer: Actor, service: Stranger
    ) -> None:
        follow(case, Browser(service, "uno"))
        follow(case, Browser(service, "dos"))
        follow(make_case(Stage.REFERRED), Browser(service, "otro"))

        take(case, officer)

        assert sorted(heard.path for heard in service.heard) == ["/dos", "/uno"]

    def test_of_what_happened_before_nobody_asked_for_is_not_written(
        self, case: Case, officer: Actor, service: Stranger
    ) -> None:
        cases.take(number=case.number, actor=officer, now=timezone.now())
        follow(case, Browser(service), now=timezone.now() + timedelta(seconds=1))
        work_off()

        assert not DeviceNotice.objects.exists()

    def test_never_leaves_a_demonstration(self, case: Case, officer: Actor, service: Stranger) -> None:
        Municipality.objects.update(is_demo=True)
        follow(case, Browser(service))
        take(case, officer)

        assert service.heard == []
        assert DeviceNotice.objects.get().state == NoticeState.KEPT

    @pytest.mark.parametrize("status", [404, 410])
    def test_to_a_browser_subscribed_no_more_forgets_it(self, case: Case, officer: Actor, status: int) -> None:
        with stranger(status) as service:
            follow(case, Browser(service))
            take(case, officer)

        assert not SubscribedDevice.objects.exists()
        assert queued(PUSH_TASK) == []

    def test_is_tried_again_with_growing_pauses_and_then_given_up(self, case: Case, officer: Actor) -> None:
        waits = []
        with stranger(503) as service:
            follow(case, Browser(service))
            take(case, officer)
            while due := DeviceNotice.objects.values_list("next_attempt_at", flat=True).get():
                waits.append(due)
                commands.push_notice(notice_pk=DeviceNotice.objects.get().pk, now=due)

        notice = DeviceNotice.objects.get()
        assert [(after - before).total_seconds() / 60 for before, after in pairwise(waits)] == [5, 30, 120, 360]
        assert (notice.state, notice.last_error, len(service.heard)) == (NoticeState.FAILED, "push.503", 6)

    def test_whose_job_was_lost_is_taken_up(self, case: Case, officer: Actor, service: Stranger) -> None:
        follow(case, Browser(service))
        cases.take(number=case.number, actor=officer, now=timezone.now())
        work_off("cercana.react", "cercana.handle")
        later = timezone.now() + timedelta(minutes=3)

        commands.requeue_lost_notices(now=later)

        assert len(queued(PUSH_TASK)) == 2

    @pytest.mark.parametrize("language", list(TEXTS))
    def test_has_words_for_every_letter_that_fit_a_locked_screen(self, language: Language) -> None:
        for kind in set(Kind) - {Kind.TRACKING_LINK, Kind.ASKING, Kind.SIGNATURE}:
            title, body = push_words(kind, language, "SI-2026-000001-C")
            assert title.endswith("SI-2026-000001-C")
            assert "{" not in body
            assert len(body.split()) <= 20


class TestADevice:
    def test_asked_for_twice_is_one(self, case: Case, service: Stranger) -> None:
        browser = Browser(service)
        follow(case, browser)
        follow(case, browser)

        assert SubscribedDevice.objects.count() == 1

    def test_is_kept_under_seal(self, case: Case, service: Stranger) -> None:
        browser = Browser(service)
        follow(case, browser)

        row = SubscribedDevice.objects.get()
        assert service.address not in f"{row.sealed} {row.mark}"

    def test_is_told_nothing_more_once_its_owner_says_so(self, case: Case, officer: Actor, service: Stranger) -> None:
        browser = Browser(service)
        follow(case, browser)
        endpoint, holder = browser.subscription.endpoint, citizen_of(case)
        assert queries.is_subscribed(number=case.number, endpoint=endpoint, actor=holder)

        commands.unsubscribe_device(number=case.number, endpoint=endpoint, actor=holder)
        take(case, officer)

        assert not queries.is_subscribed(number=case.number, endpoint=endpoint, actor=holder)
        assert service.heard == []

    def test_is_sent_away_with_everybody_else_when_the_code_changes(
        self, case: Case, officer: Actor, service: Stranger
    ) -> None:
        follow(case, Browser(service))
        cases.revoke_access(number=case.number, actor=citizen_of(case), now=timezone.now())

        take(case, officer)

        assert service.heard == []

    def test_leaves_with_the_data_of_the_person(self, case: Case, officer: Actor, service: Stranger) -> None:
        follow(case, Browser(service))
        take(case, officer)

        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")
        cases.erase_citizen(case.citizen_id, reason="Lo pidió.", actor=keeper, now=timezone.now())
        work_off()

        assert not SubscribedDevice.objects.exists()
        assert not DeviceNotice.objects.exists()

    def test_is_forgotten_a_month_after_closure(self, case: Case, service: Stranger) -> None:
        follow(case, Browser(service))
        Case.objects.update(closed_at=timezone.now() - timedelta(days=29))
        commands.forget_devices(now=timezone.now())
        assert SubscribedDevice.objects.exists()

        commands.forget_devices(now=timezone.now() + timedelta(days=2))
        assert not SubscribedDevice.objects.exists()

    def test_is_one_of_ten_at_most(self, case: Case, service: Stranger) -> None:
        for number in range(MOST_DEVICES):
            follow(case, Browser(service, str(number)))

        with pytest.raises(TooManyDevices):
            follow(case, Browser(service, "otro"))

    def test_is_of_whoever_holds_the_case_alone(self, case: Case, service: Stranger) -> None:
        stranger_of_it = Actor(ActorKind.CITIZEN, case_key=str(make_case().key))

        with pytest.raises(CaseNotFound):
            commands.subscribe_device(
                number=case.number,
                subscription=Browser(service).subscription,
                language="es",
                actor=stranger_of_it,
                now=timezone.now(),
            )


class TestAPushService:
    @pytest.mark.parametrize(
        "endpoint",
        [
            "https://fcm.googleapis.com/fcm/send/x",
            "https://updates.push.services.mozilla.com/wpush/v2/x",
            "https://web.push.apple.com/x",
        ],
    )
    def test_of_the_browsers_people_have_is_known(self, endpoint: str, settings: Settings) -> None:
        check_service(endpoint, ("fcm.googleapis.com", "*.push.services.mozilla.com", "*.push.apple.com"))

    @pytest.mark.parametrize(
        "endpoint",
        ["https://intranet.muni.gob.pe/x", "https://push.apple.com.evil.example/x", "https://evilpush.apple.com/x"],
    )
    def test_that_the_settings_do_not_name_is_refused(self, case: Case, endpoint: str, settings: Settings) -> None:
        settings.PUSH_HOSTS = ("fcm.googleapis.com", "*.push.apple.com")

        with pytest.raises(SubscriptionUnfit):
            commands.subscribe_device(
                number=case.number,
                subscription=Subscription(endpoint, "clave", "secreto"),
                language="es",
                actor=citizen_of(case),
                now=timezone.now(),
            )

    def test_struck_from_the_settings_gets_nothing_more(
        self, case: Case, officer: Actor, service: Stranger, settings: Settings
    ) -> None:
        follow(case, Browser(service))
        settings.PUSH_HOSTS = ("fcm.googleapis.com",)

        take(case, officer)

        assert (service.heard, DeviceNotice.objects.get().last_error) == ([], "push.closed")

    def test_that_leads_to_this_machine_gets_nothing(
        self, case: Case, officer: Actor, service: Stranger, settings: Settings
    ) -> None:
        settings.MAY_NOTIFY_THIS_MACHINE = False
        follow(case, Browser(service))

        take(case, officer)

        assert (service.heard, DeviceNotice.objects.get().last_error) == ([], "push.unreachable")
