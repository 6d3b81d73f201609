import uuid
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from pytest_django import Settings

from cercana.cases.models import Case
from cercana.citizens.identity import ContactKind
from cercana.conversation import commands
from cercana.conversation.errors import LinkOver
from cercana.conversation.letters import Target
from cercana.conversation.links import Access, Purpose, code_for, link_to, places_for, read_token, token_for
from cercana.conversation.models import Delivery
from cercana.rules.tracking import matches
from tests.factories import NOW, make_case, make_person
from tests.jobs import queued, work_off

ACCESS = Access(uuid.UUID(int=7), 2)


class TestReadToken:
    @pytest.mark.parametrize("purpose", list(Purpose))
    def test_returns_what_the_token_was_made_for(self, purpose: Purpose) -> None:
        assert read_token(purpose, token_for(purpose, ACCESS)) == ACCESS

    def test_refuses_a_token_made_for_something_else(self) -> None:
        with pytest.raises(LinkOver):
            read_token(Purpose.OPINION, token_for(Purpose.CASE, ACCESS))

    def test_refuses_a_token_in_which_anything_was_changed(self) -> None:
        token = token_for(Purpose.CASE, ACCESS)

        for changed in (token[:-1], f"x{token}", token.replace(token[3], chr(ord(token[3]) ^ 1), 1), "", "::"):
            with pytest.raises(LinkOver):
                read_token(Purpose.CASE, changed)

    def test_refuses_a_token_of_another_installation(self, settings: Settings) -> None:
        token = token_for(Purpose.CASE, ACCESS)
        settings.SECRET_KEY = "another secret key, thirty-two characters long"

        with pytest.raises(LinkOver):
            read_token(Purpose.CASE, token)

    def test_takes_an_invitation_to_an_opinion_for_fourteen_days(self, monkeypatch: pytest.MonkeyPatch) -> None:
        token = token_for(Purpose.OPINION, ACCESS)
        start = datetime.now().astimezone()

        def pretend(later: timedelta) -> None:
            monkeypatch.setattr("time.time", (start + later).timestamp)

        pretend(timedelta(days=13, hours=23))
        assert read_token(Purpose.OPINION, token) == ACCESS
        pretend(timedelta(days=14, hours=1))
        with pytest.raises(LinkOver):
            read_token(Purpose.OPINION, token)


class TestPlacesFor:
    def test_leads_to_the_page_of_the_case_whatever_the_answer(self, settings: Settings) -> None:
        settings.PUBLIC_URL = "https://cercana.muni.gob.pe"
        places = places_for(ACCESS)

        for target in (Target.CASE, Target.CONFIRM, Target.CONTEST):
            parts = urlsplit(places[target])
            assert (parts.scheme, parts.netloc) == ("https", "cercana.muni.gob.pe")
            assert read_token(Purpose.CASE, parts.path.removeprefix("/caso/")) == ACCESS
        assert urlsplit(places[Target.OPINION]).path.startswith("/opinion/")

    def test_names_pages_that_exist(self) -> None:
        token = token_for(Purpose.CASE, ACCESS)

        assert link_to(Purpose.CASE, ACCESS).endswith(reverse("portal:link", kwargs={"token": token}))
        assert link_to(Purpose.OPINION, ACCESS).endswith(
            reverse("feedback:give", kwargs={"token": token_for(Purpose.OPINION, ACCESS)})
        )

    def test_shows_an_answer_chosen_without_doing_anything(self) -> None:
        assert link_to(Purpose.CASE, ACCESS, choice="si").endswith("?cierre=si")

    def test_gives_the_code_that_opens_the_same_case(self, settings: Settings) -> None:
        assert matches(
            code_for(ACCESS),
            secret=settings.SECRET_KEY.encode(),
            case_key=str(ACCESS.case_key),
            generation=ACCESS.generation,
        )


class TestSendTrackingLink:
    def sent(self) -> list[Delivery]:
        return list(Delivery.objects.filter(kind="tracking_link").order_by("pk"))

    def test_sends_a_new_link_to_the_contact_on_record(self) -> None:
        case = make_case()
        commands.send_tracking_link(number=f" {case.number.lower()} ")
        work_off()

        [letter] = self.sent()
        assert letter.case_id == case.pk
        assert [block["target"] for block in letter.blocks if block["target"]] == [Target.CASE, Target.CODE]

    def test_does_the_same_here_whether_or_not_there_is_such_a_case(self) -> None:
        case = make_case()
        work_off()
        Case.objects.filter(pk=case.pk).update(number="SI-2026-999999-X")
        commands.send_tracking_link(number=case.number)

        assert len(queued()) == 1
        work_off()
        assert self.sent() == []

    def test_ignores_what_is_no_number(self) -> None:
        commands.send_tracking_link(number="' OR 1=1")

        assert queued() == []

    def test_fills_nobodys_mailbox(self) -> None:
        case = make_case()
        for minute in (0, 1, 9, 11):
            commands.write_tracking_link(number=case.number, now=NOW + timedelta(minutes=minute))

        assert len(self.sent()) == 2

    def test_fills_nobodys_mailbox_by_many_cases_either(self) -> None:
        def ask(case: Case, *, minutes: int) -> None:
            commands.write_tracking_link(number=case.number, now=NOW + timedelta(minutes=minutes))

        labels = ("rosa", "Rosa+a", "rosa+b", "rosa+c", "ROSA", "rosa")
        of_rosa = [
            make_case(person=make_person(contacts=((ContactKind.EMAIL, f"{label}@vecinos.example"),)))
            for label in labels
        ]
        other = make_case()
        for case in [*of_rosa, other]:
            ask(case, minutes=0)
        asked_at_once = [each.case_id for each in self.sent()]
        ask(of_rosa[-1], minutes=61)

        assert asked_at_once == [case.pk for case in [*of_rosa[:-1], other]]
        assert len(self.sent()) == 7

    def test_writes_nothing_where_there_is_no_mail_address(self) -> None:
        case = make_case(person=make_person(contacts=(), no_contact_reason="no quiso"))
        commands.write_tracking_link(number=case.number, now=NOW)

        assert self.sent() == []
