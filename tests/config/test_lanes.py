"""A real worker keeps alarms, mail and each target apart: who never answers delays nobody."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from procrastinate.contrib.django import app
from pytest_django import Settings

from cercana.accounts.models import User
from cercana.command_line.worker import LANES, QUEUES
from cercana.critical import commands
from cercana.critical.models import AlarmMessage
from tests.config.workers import wait_until, worker_process
from tests.conversation.test_sending import free_port
from tests.couriers.strangers import Stranger, silence, stranger
from tests.critical.scenes import Chain, alarms, make_chain, make_critical, ring

# More than the jobs that a worker does at a time.
HANGING = 5


async def take(*_: object) -> str:
    """Take a mail, and keep it not."""
    return "250 OK"


@pytest.fixture
def chain(committed: None) -> Chain:
    chain = make_chain()
    chain.duty.duty_shifts.update(ends_at=timezone.now() + timedelta(days=1))
    User.objects.filter(pk=chain.duty.pk).update(email="diego@muni.gob.pe")
    return chain


@pytest.fixture
def mail_port() -> Iterator[int]:
    port = free_port()
    server = Controller(SimpleNamespace(handle_DATA=take), hostname="127.0.0.1", port=port)
    server.start()
    yield port
    server.stop()


def add(chain: Chain, address: str) -> None:
    commands.add_service(person=chain.duty.pk, address=f"json://{address}", label="", now=timezone.now())


class TestTheWorker:
    def test_has_a_lane_for_every_queue(self) -> None:
        # Imports the modules of the tasks, at the first call.
        app.configure_task(commands.STEP_TASK)

        assert {task.queue for task in app.tasks.values()} <= {*LANES, *QUEUES}

    def test_lets_nobody_wait_for_services_that_never_answer(
        self, chain: Chain, mail_port: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CERCANA_SMTP_URL", f"smtp://127.0.0.1:{mail_port}")
        settings.MAIL_LEAVES = True
        with ExitStack() as around:
            for _ in range(HANGING):
                add(chain, around.enter_context(silence()))
            service: Stranger = around.enter_context(stranger())
            add(chain, service.address)
            # Before there is a worker, who would raise the alarm itself, and only now.
            case = make_critical()
            ring(case, timezone.now() - timedelta(minutes=10))

            around.enter_context(worker_process())
            wait_until(lambda: "mail" in sent_ways() and len(alarms(case)) == 2)

            # Those that hang are still waited for; in the end each is given up on its own.
            assert not AlarmMessage.objects.exclude(last_error="").exists()
            wait_until(lambda: "notifier" in sent_ways())
            wait_until(lambda: AlarmMessage.objects.exclude(last_error="").count() == HANGING)


def sent_ways() -> list[str]:
    """Return the ways by which messages have left."""
    return list(AlarmMessage.objects.filter(state="sent").order_by("way").values_list("way", flat=True))
