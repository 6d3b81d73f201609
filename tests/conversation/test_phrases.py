"""The reply phrases: those that are shipped, their versions, and that a message was sent with one in it."""

import re
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from cercana.cases import commands as cases
from cercana.cases.errors import CaseNotFound
from cercana.conversation.commands import record_phrase_uses, set_up_phrases
from cercana.conversation.errors import PhraseFiguresRefused, PhraseVariableUnknown
from cercana.conversation.models import ReplyPhrase, ReplyPhraseUse, ReplyPhraseVersion
from cercana.conversation.phrases import shipped_phrases, write_phrase
from cercana.conversation.queries import phrase_figures, phrases_for
from cercana.demo.municipality import Institution
from cercana.organization.queries import outline
from cercana.rules.access import Actor, Role
from cercana.rules.classification import Channel
from cercana.rules.lifecycle import Stage
from cercana.rules.reply_phrases import PhraseSituation, unknown_variables
from tests.cases.danger import DANGER
from tests.factories import NOW, make_actor, make_case, make_person

SAID = "Iremos al lugar el viernes, a las 9. Ese mismo día le cuento qué encontramos."
# The forms of «tú», and the words of offices that the assistant marks.
_FAMILIAR = re.compile(r"\b(tu|tus|tú|ti|te|contigo|puedes|quieres|tienes|debes|envía|llama tú)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"expediente|deriva(r|do|da|mos)\b|subsana|unidad orgánica|proced(er|e|emos) a\b|trámite|solicitud|administrado|"
    r"competen|conformidad|a la brevedad|pronto\b|en atención a|cabe señalar|efectu|infractor|asimismo|mediante",
    re.IGNORECASE,
)


@pytest.fixture
def officer(db: None) -> Actor:
    return make_actor(Role.AREA_OFFICER, "obras_infraestructura")


def version_of(code: str) -> ReplyPhraseVersion:
    return ReplyPhraseVersion.objects.filter(phrase__code=code).order_by("-number")[0]


class TestShippedPhrases:
    def test_are_sixty_or_more_each_with_its_own_code_title_and_text(self) -> None:
        shipped = shipped_phrases()

        assert len(shipped) >= 60
        for part in ("code", "title", "text"):
            assert len({getattr(each, part) for each in shipped}) == len(shipped)

    def test_know_every_situation_and_every_category_of_the_demonstration(self) -> None:
        categories = {each.code for each in Institution().categories}

        assert {each.situation for each in shipped_phrases()} == set(PhraseSituation)
        assert {each.category for each in shipped_phrases()} == {*categories, ""}
        assert {each.channel for each in shipped_phrases()} <= {*(channel.value for channel in Channel), ""}

    @pytest.mark.parametrize("text", [each.text for each in shipped_phrases()])
    def test_speak_plainly_to_usted(self, text: str) -> None:
        assert unknown_variables(text) == ()
        assert max(len(sentence.split()) for sentence in re.split(r"(?<=[.?!])\s+", text)) <= 20
        assert _FAMILIAR.search(text) is None
        assert _OFFICE.search(text) is None


class TestSetUpPhrases:
    def test_enters_those_whose_category_there_is_and_once(self) -> None:
        entered = set_up_phrases(now=NOW)

        assert entered == ReplyPhrase.objects.count()
        assert ReplyPhrase.objects.filter(category="pothole").exists()
        assert not ReplyPhrase.objects.filter(code="poda_fecha").exists()
        assert set_up_phrases(now=NOW) == 0

    def test_leaves_what_the_municipality_changed(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        phrase = ReplyPhrase.objects.get(code="bache_parche")
        write_phrase(phrase, text="Lo tapamos el {fecha}.", author_id=officer.staff_id, reason="Más corto", now=NOW)

        set_up_phrases(now=NOW)

        assert version_of("bache_parche").text == "Lo tapamos el {fecha}."


class TestWritePhrase:
    def test_gives_the_next_version_and_keeps_the_others(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        phrase = ReplyPhrase.objects.get(code="saludo_tarde")

        written = write_phrase(phrase, text=" Hola, {nombre}. ", author_id=officer.staff_id, reason="Prueba", now=NOW)

        assert (written.number, written.text, written.author_id) == (2, "Hola, {nombre}.", officer.staff_id)
        assert phrase.versions.count() == 2

    def test_refuses_a_variable_that_there_is_not(self) -> None:
        set_up_phrases(now=NOW)
        phrase = ReplyPhrase.objects.get(code="saludo_tarde")

        with pytest.raises(PhraseVariableUnknown, match="dni"):
            write_phrase(phrase, text="Su DNI es {dni}.", author_id=None, reason="Prueba", now=NOW)

        assert phrase.versions.count() == 1

    def test_is_the_only_way_to_another_text(self) -> None:
        set_up_phrases(now=NOW)

        for change in ({"text": "Otro."}, {"reason": "Otra."}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                ReplyPhraseVersion.objects.update(**change)
        with pytest.raises(ProgrammingError), transaction.atomic():
            version_of("saludo_tarde").delete()


class TestPhrasesFor:
    def offered(self, actor: Actor, number: str, **later: float) -> dict[PhraseSituation, dict[str, str]]:
        now = NOW + timedelta(**later)
        found = phrases_for(actor, number, institution=outline(now.date()), now=now)
        return {situation: {each.title: each.filled.text for each in offered} for situation, offered in found.items()}

    def test_fill_in_what_the_case_gives_and_ask_for_the_rest(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)

        found = self.offered(officer, case.number)

        assert found[PhraseSituation.GREETING]["Buenas tardes, con su nombre"].startswith("Buenas tardes, Rosa.")
        assert case.number in found[PhraseSituation.GREETING]["Buenas tardes, con su nombre"]
        assert "hasta el final del lunes 30" in found[PhraseSituation.EXPLANATION]["Hasta cuándo tenemos"]
        assert "Av. de Prueba 100" in found[PhraseSituation.NEXT_STEP]["Venir a la sede"]
        assert "[qué día]" in found[PhraseSituation.NEXT_STEP]["Iremos a verlo"]

    def test_begin_with_those_of_the_category_and_leave_out_other_categories_and_channels(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)

        found = self.offered(officer, case.number)

        assert next(iter(found[PhraseSituation.NEXT_STEP])) == "Taparemos el bache"
        titles = {title for offered in found.values() for title in offered}
        assert not titles & {"Mediremos el ruido", "Abrir una llamada"}

    def test_promise_no_due_that_is_over_and_put_the_apology_first(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)

        found = self.offered(officer, case.number, days=20)

        assert "[hasta cuándo resolvemos]" in found[PhraseSituation.EXPLANATION]["Hasta cuándo tenemos"]
        assert list(found).index(PhraseSituation.DELAY) < list(found).index(PhraseSituation.EXPLANATION)

    def test_promise_nothing_while_danger_is_only_proposed(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        cases.propose_critical(number=case.number, proposal=DANGER, actor=officer, now=NOW + timedelta(minutes=5))

        found = self.offered(officer, case.number)

        assert next(iter(found)) is PhraseSituation.CRITICAL
        assert "[hasta cuándo resolvemos]" in found[PhraseSituation.EXPLANATION]["Hasta cuándo tenemos"]

    def test_ask_for_the_name_of_somebody_who_gave_none(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, person=make_person(name=""))

        greeting = self.offered(officer, case.number)[PhraseSituation.GREETING]["Buenas tardes, con su nombre"]

        assert greeting.startswith("Buenas tardes, [nombre de la persona].")

    def test_leave_out_what_is_no_longer_in_use(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        ReplyPhrase.objects.exclude(code="firma").update(is_active=False)

        assert self.offered(officer, make_case(Stage.IN_FOLLOW_UP, officer=officer).number) == {}

    def test_are_for_who_may_write_alone(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)

        for role, area in ((Role.AREA_OFFICER, "fiscalizacion"), (Role.AUDITOR, "alcaldia")):
            with pytest.raises(CaseNotFound):
                self.offered(make_actor(role, area), case.number)


class TestRecordPhraseUses:
    def test_counts_what_the_text_still_says(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        cases.write_to_citizen(number=case.number, text=SAID, actor=officer, now=NOW)
        kept, dropped = version_of("sigue_visita"), version_of("disculpa_error")

        count = record_phrase_uses(
            number=case.number, versions=[kept.pk, dropped.pk, 0], sent=SAID, actor=officer, now=NOW
        )

        use = ReplyPhraseUse.objects.get()
        assert (count, use.version, use.area_id, use.event.type) == (1, kept, "obras_infraestructura", "wrote")

    def test_counts_nothing_without_a_text_that_was_sent(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)

        versions = [version_of("sigue_visita").pk]
        assert record_phrase_uses(number=case.number, versions=versions, sent=SAID, actor=officer, now=NOW) == 0


class TestPhraseFigures:
    def test_say_uses_and_areas_of_the_time_asked_for_and_nobody(self, officer: Actor) -> None:
        set_up_phrases(now=NOW)
        for number in (make_case(Stage.IN_FOLLOW_UP, officer=officer).number for _ in range(2)):
            cases.write_to_citizen(number=number, text=SAID, actor=officer, now=NOW)
            versions = [version_of("sigue_visita").pk]
            record_phrase_uses(number=number, versions=versions, sent=SAID, actor=officer, now=NOW)
        analyst = make_actor(Role.ANALYST, "alcaldia")

        first, second = phrase_figures(analyst, since=NOW - timedelta(days=90))[:2]

        assert (first.title, first.uses, first.areas) == ("Iremos a verlo", 2, {"obras_infraestructura": 2})
        assert (len(first.cases), second.uses) == (2, 0)
        assert phrase_figures(analyst, since=NOW + timedelta(days=1))[0].uses == 0

    @pytest.mark.parametrize("role", [Role.AGENT, Role.AREA_OFFICER, Role.DUTY_OFFICER, Role.AUDITOR])
    def test_are_not_for_everybody(self, role: Role) -> None:
        with pytest.raises(PhraseFiguresRefused):
            phrase_figures(make_actor(role, "alcaldia"), since=NOW)
