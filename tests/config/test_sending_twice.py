"""One form sent twice at the same moment."""

import threading
import uuid

import pytest
from django.db import connection

from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.models import Submission
from cercana.rules.access import Role
from tests.factories import NOW, make_reception, make_user


@pytest.mark.usefixtures("committed")
class TestTwoSendsAtOnce:
    def test_give_one_case(self) -> None:
        agent = actor_for(make_user(Role.AGENT, "atencion_ciudadano"), NOW)
        key, start, numbers = uuid.uuid4(), threading.Barrier(3), []

        def send() -> None:
            start.wait()
            try:
                numbers.append(commands.register_case(make_reception(client_key=key), actor=agent, now=NOW).number)
            finally:
                connection.close()

        senders = [threading.Thread(target=send) for _ in range(3)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()

        assert len(numbers) == 3
        assert len(set(numbers)) == 1
        assert Submission.objects.filter(client_key=key).count() == 1
