"""Name and document where the law needs them: asked later, and no clock waits for it (domain.md, People and data)."""

import pytest

from cercana.cases import commands, queries
from cercana.cases.models import Case
from cercana.citizens.commands import Document, DocumentType
from cercana.citizens.errors import IdentityKnown
from cercana.citizens.models import Citizen
from cercana.rules.access import Role
from tests.factories import NOW, make_actor, make_case, make_person

DNI = Document(DocumentType.DNI, "40111222")


def tasks(case: Case) -> list[str]:
    return list(case.tasks.filter(finished_at=None).values_list("kind", flat=True))


class TestACaseThatNeedsToKnowWhoItIs:
    def test_is_registered_with_the_task_to_ask(self) -> None:
        case = make_case(legal_nature="data_access")

        assert tasks(case) == ["ask_identity"]
        assert case.clocks.get(kind="statutory").started_at == NOW

    def test_asks_nobody_who_has_said_it(self) -> None:
        case = make_case(legal_nature="data_access", person=make_person(document=DNI))

        assert tasks(case) == []

    def test_asks_nothing_where_the_law_does_not(self) -> None:
        assert tasks(make_case()) == []

    def test_is_asked_once_its_nature_is_found_out(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        case = make_case()

        for _ in range(2):
            commands.set_legal_nature(
                number=case.number, nature="data_access", reason="Pide sus datos.", actor=agent, now=NOW
            )

        assert tasks(case) == ["ask_identity"]


class TestRecordIdentity:
    def test_keeps_name_and_document_and_finishes_the_task(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        case = make_case(legal_nature="data_access", person=make_person(name=""))

        commands.record_identity(
            number=case.number, name="Rosa  Quispe", document=DNI, is_verified=True, actor=agent, now=NOW
        )

        person = Citizen.objects.get(key=case.citizen_id)
        assert (person.name, person.document_number, person.is_verified) == ("Rosa Quispe", "40111222", True)
        assert tasks(case) == []
        assert not any(progress.found for progress in queries.verify_cases())

    def test_takes_no_other_document_for_the_same_person(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        case = make_case(legal_nature="data_access", person=make_person(document=DNI))
        other = Document(DocumentType.DNI, "40999888")

        with pytest.raises(IdentityKnown):
            commands.record_identity(
                number=case.number, name="Rosa Quispe", document=other, is_verified=True, actor=agent, now=NOW
            )
