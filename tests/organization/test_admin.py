"""What was promised or read is not rewritten afterwards."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.test import Client
from django.utils import timezone

from cercana.organization.models import LegalNature, LegalTerm, PrivacyNotice
from cercana.rules.access import Role

NATURE = "/admin/organization/legalnature/formal_claim/"


@pytest.fixture(autouse=True)
def administrator(client: Client, db: None) -> object:
    """Return who has signed in to a small municipality."""
    # Imported here: Django is not set up yet when pytest reads this file.
    factories = import_module("tests.factories")
    factories.make_municipality()
    user = factories.make_user(Role.ADMINISTRATOR, "alcaldia")
    client.force_login(user)
    return user


def notice(day: date) -> dict[str, str]:
    """Return the form of the first notice with another text."""
    return {"version": "1", "valid_from": day.isoformat(), "text": "Otro texto.", "text_en": "", "spoken": "…"}


class TestPrivacyNotices:
    def test_in_force_are_neither_rewritten_nor_removed(self, client: Client) -> None:
        in_force = PrivacyNotice.objects.get(version=1)

        changed = client.post("/admin/organization/privacynotice/1/change/", notice(in_force.valid_from))
        removed = client.post("/admin/organization/privacynotice/1/delete/", {"post": "yes"})
        chosen = {"action": "delete_selected", "_selected_action": "1", "post": "yes"}
        client.post("/admin/organization/privacynotice/", chosen)

        assert (changed.status_code, removed.status_code) == (403, 403)
        assert PrivacyNotice.objects.get(version=1).text == in_force.text

    def test_of_the_days_to_come_may_still_be_mended(self, client: Client) -> None:
        ahead = timezone.localdate() + timedelta(days=9)
        PrivacyNotice.objects.filter(version=1).update(valid_from=ahead)

        client.post("/admin/organization/privacynotice/1/change/", notice(ahead))

        assert PrivacyNotice.objects.get(version=1).text == "Otro texto."


class TestLegalTerms:
    def given(self, term: LegalTerm, **changed: str) -> dict[str, str]:
        nature = {"code": "formal_claim", "name": "Reclamo formal", "plain_question": "¿Es esto?", "order": "0"}
        row = {
            "id": str(term.pk),
            "nature": "formal_claim",
            "working_days": "99",
            "norm": "Otra",
            "article": "art. 9",
            "valid_from": term.valid_from.isoformat(),
            **changed,
        }
        counted = {"terms-TOTAL_FORMS": "1", "terms-INITIAL_FORMS": "1"}
        rows = {f"terms-0-{name}": value for name, value in row.items()}
        return {**nature, "explanation": "Es esto.", **counted, **rows}

    def test_in_force_are_only_ended(self, client: Client) -> None:
        term, today = LegalTerm.objects.get(nature_id="formal_claim"), timezone.localdate()

        given = self.given(term, valid_until=today.isoformat(), DELETE="on")
        client.post(f"{NATURE}change/", given)

        term.refresh_from_db()
        assert (term.working_days, term.norm, term.valid_until) == (30, "Norma", today)

    def test_to_come_may_still_be_mended(self, client: Client) -> None:
        term = LegalTerm.objects.get(nature_id="formal_claim")
        LegalTerm.objects.update(valid_from=timezone.localdate() + timedelta(days=9))
        term.refresh_from_db()

        client.post(f"{NATURE}change/", self.given(term))

        term.refresh_from_db()
        assert term.working_days == 99

    def test_do_not_go_with_their_nature(self, client: Client) -> None:
        assert client.post(f"{NATURE}delete/", {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": "formal_claim", "post": "yes"}
        client.post("/admin/organization/legalnature/", chosen)

        assert LegalNature.objects.filter(code="formal_claim").exists()
