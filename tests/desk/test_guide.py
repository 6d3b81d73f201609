import pytest

from cercana.rules.classification import Channel
from cercana.rules.guidance import GuideStep, Mark, Talk
from cercana.rules.triage.proposal import proposed_for
from cercana.workplace.queries import Guide, Progress, Telling, guide_for, situations

TOLD = "Buenas tardes. Frente al mercado hay un buzón sin tapa desde el viernes. Ayer se cayó una señora."


def guide(*marks: Mark, telling: Telling | None = None, channel: Channel = Channel.PHONE, at: str = "") -> Guide:
    talk = Talk(channel, frozenset(marks))
    return guide_for(talk, telling or Telling(), situations(), Progress(at, frozenset({"escuchar"})))


def states(telling: Telling, at: str = "") -> list[str]:
    return [line.state for line in guide(telling=telling, at=at).lines]


def phrase(step: GuideStep, *marks: Mark, telling: Telling | None = None, channel: Channel = Channel.PHONE) -> str:
    return next(line.phrase for line in guide(*marks, telling=telling, channel=channel).lines if line.step is step)


class TestGuide:
    def test_begins_by_listening_m2_1a(self) -> None:
        assert states(Telling()) == ["now", "ahead", "ahead", "ahead"]
        assert states(Telling(words="Buenas tardes, señorita.")) == ["now", "ahead", "ahead", "ahead"]

    def test_goes_on_as_the_person_tells_where_and_what_they_ask(self) -> None:
        assert states(Telling(words=TOLD)) == ["done", "now", "ahead", "ahead"]
        assert states(Telling(words=TOLD, place="Miguel Dasso 126")) == ["done", "done", "now", "ahead"]
        assert states(Telling(words=TOLD, place="Miguel Dasso 126", request="Que pongan la tapa"))[-1] == "now"

    def test_goes_where_the_agent_went_and_never_back_behind_what_is_told(self) -> None:
        assert states(Telling(), at="aclarar") == ["done", "done", "now", "ahead"]
        assert states(Telling(words=TOLD, place="Miguel Dasso 126"), at="escuchar")[2] == "now"
        assert states(Telling(), at="inventado")[0] == "now"

    def test_reads_back_what_was_understood_and_passes_over_the_greeting_m2_1a(self) -> None:
        read = phrase(GuideStep.CLARIFY, telling=Telling(words=TOLD, place="Miguel Dasso 126."))

        assert read == (
            "Repito para no equivocarme. Me dice: “Frente al mercado hay un buzón sin tapa desde el viernes”. "
            "Es en Miguel Dasso 126. ¿Es correcto?"
        )

    def test_shortens_a_long_sentence_between_words(self) -> None:
        read = phrase(GuideStep.CLARIFY, telling=Telling(words="palabra " * 60))

        assert "palabra…”" in read
        assert len(read) < 200

    def test_names_what_the_person_may_feel_m2_1b(self) -> None:
        kinds = (Mark.DELAY, Mark.ERROR, Mark.POOR_SERVICE, Mark.DANGER, Mark.CRYING)

        assert len({phrase(GuideStep.RECOGNISE, each) for each in kinds}) == len(kinds)

    def test_promises_only_what_the_case_promises_m2_1d(self) -> None:
        promise = "hasta el miércoles 25 de noviembre a las 10:00 a. m."

        assert promise in phrase(GuideStep.LIMITS, telling=Telling(promise=promise))
        assert "hora exacta" not in phrase(GuideStep.LIMITS)

    @pytest.mark.parametrize("moment", [Mark.REFUSAL, Mark.WAITING, Mark.FAREWELL])
    def test_says_what_the_moment_asks_for_before_the_promise(self, moment: Mark) -> None:
        assert "plazo hasta" not in phrase(GuideStep.LIMITS, moment, telling=Telling(promise="hasta el lunes"))

    def test_says_no_with_a_reason_and_an_alternative_m2_1d(self) -> None:
        line = guide(Mark.REFUSAL, at="limites").lines[-1]

        assert line.situations[0].reason
        assert line.situations[0].alternative

    def test_greets_and_stands_at_the_counter_otherwise_than_on_the_phone_m2_2(self) -> None:
        phone, counter = guide(), guide(channel=Channel.COUNTER)

        assert phone.lines[0].phrase != counter.lines[0].phrase
        assert "voz" in phone.tone
        assert "Mire a la persona" in counter.tone

    def test_warns_of_words_for_the_step_of_now_and_says_when_to_escalate_m3_3d(self) -> None:
        told = guide(Mark.ANGRY)

        assert "Cálmese." in told.avoid
        assert told.escalate

    @pytest.mark.parametrize("mark", [Mark.ANGRY, Mark.CRYING, Mark.SILENT, Mark.HURRIED, Mark.OLDER, Mark.ABUSIVE])
    @pytest.mark.parametrize("step", GuideStep)
    @pytest.mark.parametrize("channel", [Channel.PHONE, Channel.COUNTER])
    def test_has_other_words_at_each_step_for_how_the_person_is_m2_1b(
        self, mark: Mark, step: GuideStep, channel: Channel
    ) -> None:
        before, after = (guide(*marks, channel=channel, at=step) for marks in ((), (mark,)))
        told = next(each for each in after.lines if each.state == "now")

        assert told.phrase != next(each.phrase for each in before.lines if each.state == "now")

    @pytest.mark.parametrize("moment", [Mark.REFUSAL, Mark.WAITING, Mark.FAREWELL])
    def test_goes_at_once_where_the_words_of_the_moment_stand(self, moment: Mark) -> None:
        now = next(line for line in guide(moment).lines if line.state == "now")

        assert moment in now.situations[0].marks

    def test_reads_back_the_matter_that_triage_knows_it_by(self) -> None:
        told = (
            "Vivo hace veinte años en esta cuadra con mi esposo, mis hijos y mi suegra, que ya está mayor. Huele a gas."
        )
        knowing = Telling(words=told, spans=proposed_for(told).spans)

        assert "Huele a gas" in phrase(GuideStep.CLARIFY, telling=knowing)
        assert "Huele a gas" not in phrase(GuideStep.CLARIFY, telling=Telling(words=told))

    def test_shows_which_steps_were_said(self) -> None:
        assert [line.is_used for line in guide().lines] == [True, False, False, False]
