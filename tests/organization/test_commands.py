"""What is entered about the institution, and what every municipality begins with."""

import re
from datetime import date, datetime, time

import pytest

from cercana.organization import commands, queries, reference
from cercana.organization.commands import AreaEntry, EmergencyEntry, HoursEntry, NatureEntry, PolicyEntry, TermEntry
from cercana.organization.models import LegalNature, LegalTerm
from cercana.rules.classification import DATA_RIGHTS_NATURES
from cercana.rules.office_hours import Slot
from cercana.rules.promises import to_lima

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
TODAY = date(2026, 11, 23)
# peru.md, §1 and §11: the working days of each nature.
TERMS = {
    "formal_claim": (30, "DS 007-2020-PCM", "arts. 4 y 14"),
    "procedure_complaint": (3, "TUO de la Ley 27444, DS 006-2026-JUS", "art. 158"),
    "neighbour_report": (30, "Ley 27972", "art. 118"),
    "information_access": (10, "TUO de la Ley 27806, DS 021-2019-JUS", "art. 11"),
    "petition": (30, "TUO de la Ley 27444, DS 006-2026-JUS", "arts. 35, 106 a 112 y 142"),
    "data_information": (8, "DS 016-2024-JUS", "art. 69"),
    "data_access": (20, "DS 016-2024-JUS", "art. 69"),
    "data_correction": (10, "DS 016-2024-JUS", "art. 69"),
}
ONLY_ROUTED = {"appeal", "tax_claim", "corruption_report"}


def make_nature(*terms: TermEntry) -> NatureEntry:
    """Return a legal nature with these terms."""
    return NatureEntry(code="petition", name="Petición", plain_question="¿Pide algo?", explanation="…", terms=terms)


def check_words(*texts: str) -> None:
    """Check texts for citizens: they say «tú», in sentences of at most twenty words."""
    for text in texts:
        assert not re.search(
            r"\b(usted|suyo|sus datos|su identidad|le decimos)\b|¿(quiere|pide)\b", text, re.IGNORECASE
        )
        assert longest_sentence(text) <= 20


def longest_sentence(text: str) -> int:
    """Return how many words the longest sentence has."""
    return max(len(sentence.split()) for sentence in re.split(r"[.?!:;]", text))


def make_term(working_days: int = 30, article: str = "art. 1") -> TermEntry:
    """Return a term in force for long."""
    return TermEntry(working_days=working_days, norm="Ley", article=article, valid_from=LONG_AGO)


class TestReference:
    """What citizens read of it is kind and short: «tú», no more than twenty words a sentence, and English beside it."""

    @pytest.mark.parametrize("entry", reference.legal_natures(), ids=lambda entry: entry.code)
    def test_asks_and_explains_each_nature_as_to_a_neighbour(self, entry: NatureEntry) -> None:
        check_words(entry.plain_question, entry.explanation, entry.routed_to)
        assert entry.explanation_en

    def test_tells_how_data_are_cared_for_as_to_a_neighbour(self) -> None:
        notice = reference.privacy_notice()

        check_words(notice.text)
        assert notice.text.count("**") == notice.text_en.count("**")

    def test_keeps_what_is_said_on_the_phone_short(self) -> None:
        assert longest_sentence(reference.privacy_notice().spoken) <= 20


class TestSetUpReference:
    def test_gives_each_nature_the_term_of_the_law(self) -> None:
        commands.set_up_reference()

        found = {
            nature.code: [(term.working_days, term.norm, term.article) for term in nature.terms.all()]
            for nature in queries.legal_natures(TODAY)
        }
        assert found == {code: [term] for code, term in TERMS.items()} | {
            code: [] for code in ONLY_ROUTED | {"incident"}
        }

    def test_tells_where_to_go_with_what_is_only_routed(self) -> None:
        commands.set_up_reference()

        routed = {nature.code for nature in queries.legal_natures(TODAY) if nature.routed_to}
        assert routed == ONLY_ROUTED

    def test_uses_the_codes_by_which_access_knows_data_rights(self) -> None:
        commands.set_up_reference()

        marked = LegalNature.objects.filter(is_data_rights=True).values_list("code", flat=True)
        assert set(marked) == set(DATA_RIGHTS_NATURES)

    def test_counts_information_from_the_next_working_day_when_it_came_after_hours(self) -> None:
        commands.set_up_reference()

        assert {term.nature_id for term in LegalTerm.objects.filter(within_office_hours=True)} == {"information_access"}

    def test_brings_a_notice_that_is_also_spoken(self) -> None:
        commands.set_up_reference()

        notice = queries.privacy_notice(TODAY)
        told = ("Quién", "Para qué", "Quién los ve", "Cuánto tiempo", "Propuestas automáticas", "Tus derechos")
        assert all(each in notice.text for each in told)
        assert notice.spoken

    def test_puts_the_municipality_s_own_numbers_first(self) -> None:
        commands.set_up_reference(own_numbers=[EmergencyEntry(name="Serenazgo", number="(01) 319-0450")])

        numbers = [each.number for each in queries.emergency_numbers()]
        assert numbers == ["(01) 319-0450", "105", "116", "106", "100", "115"]

    def test_changes_nothing_the_second_time(self) -> None:
        commands.set_up_reference()
        before = list(LegalTerm.objects.order_by("pk").values())

        commands.set_up_reference()

        assert list(LegalTerm.objects.order_by("pk").values()) == before


class TestSetLegalNatures:
    def test_keeps_the_id_of_a_term_whose_days_change(self) -> None:
        commands.set_legal_natures([make_nature(make_term(working_days=30))])
        known = LegalTerm.objects.get()

        commands.set_legal_natures([make_nature(make_term(working_days=20))])

        assert list(LegalTerm.objects.values_list("pk", "working_days")) == [(known.pk, 20)]

    def test_removes_no_term_that_clocks_may_refer_to(self) -> None:
        commands.set_legal_natures([make_nature(make_term(article="art. 1"))])

        commands.set_legal_natures([make_nature(make_term(article="art. 2"))])

        assert LegalTerm.objects.count() == 2


class TestSetAreas:
    def test_takes_a_child_before_its_parent(self) -> None:
        child = AreaEntry(code="below", name="Debajo", parent="above", valid_from=LONG_AGO)
        parent = AreaEntry(code="above", name="Arriba", valid_from=LONG_AGO)

        commands.set_areas([child, parent])

        assert queries.area_parents() == {"below": "above", "above": None}

    def test_replaces_an_area_by_its_code(self) -> None:
        commands.set_areas([AreaEntry(code="parks", name="Parques", valid_from=LONG_AGO)])

        commands.set_areas([AreaEntry(code="parks", name="Parques y Jardines", valid_from=LONG_AGO)])

        assert queries.area_names() == {"parks": "Parques y Jardines"}


class TestSetOfficeHours:
    def test_keeps_a_lunch_break(self) -> None:
        morning = HoursEntry(weekdays=[0], opens=time(8), closes=time(13))
        afternoon = HoursEntry(weekdays=[0], opens=time(14), closes=time(16, 45))

        commands.set_office_hours([morning, afternoon])

        assert queries.office_hours("any").slots == {0: (Slot(time(8), time(13)), Slot(time(14), time(16, 45)))}


class TestSetPolicy:
    def test_begins_with_the_figures_of_the_manual(self) -> None:
        commands.set_policy(
            PolicyEntry(version=1, valid_from=to_lima(datetime.fromisoformat("2023-01-01")), reason="…")
        )

        policy = queries.policy_at(to_lima(datetime.fromisoformat("2026-11-23T10:00")))
        assert (policy.promises.simple_hours, policy.promises.complex_working_days) == (48, 5)
        assert (policy.promises.critical_response_hours, policy.promises.critical_resolution_hours) == (2, 24)
