"""The macros: what they promise to people who cannot see them, and to those who can."""

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.test import RequestFactory
from jinja2 import Environment

from cercana.rules.classification import CaseClass
from cercana.rules.time_words import TimeLeft, TimeState


def draw(templates: Environment, source: str, **context: object) -> str:
    """Return what ``source`` renders to."""
    return templates.from_string(source).render(context)


class TestField:
    SOURCE = """{% from "ui/fields.html" import field %}{{ field("dni", "DNI", value, help, error) }}"""

    def test_is_called_by_its_label(self, templates: Environment) -> None:
        html = draw(templates, self.SOURCE, value="", help="", error="")
        assert '<label class="c-campo__rotulo" for="dni">DNI</label>' in html
        assert "aria-" not in html.replace("aria-hidden", "")

    def test_says_what_is_wrong_before_the_control(self, templates: Environment) -> None:
        html = draw(templates, self.SOURCE, value="4521", help="Ocho cifras", error="Faltan cuatro cifras")
        assert html.index("Faltan cuatro cifras") < html.index("<input")
        assert 'aria-describedby="dni-ayuda dni-error" aria-invalid="true"' in html
        assert 'class="c-campo c-campo--error"' in html

    def test_gives_back_what_was_typed_without_trusting_it(self, templates: Environment) -> None:
        html = draw(templates, self.SOURCE, value='"><script>', help="", error="")
        assert 'value="&#34;&gt;&lt;script&gt;"' in html

    def test_keeps_the_first_empty_line_of_a_long_text(self, templates: Environment) -> None:
        html = draw(templates, """{% from "ui/fields.html" import text_area %}{{ text_area("t", "T", "\n\nHola") }}""")
        assert ">\n\n\nHola</textarea>" in html


class TestTimePill:
    SOURCE = """{% from "ui/time.html" import time_bar, time_pill %}{{ time_pill(left, critical) }}"""

    @pytest.mark.parametrize("critical", [True, False])
    @pytest.mark.parametrize("state", list(TimeState))
    def test_has_a_look_and_an_icon_for_every_state(
        self, templates: Environment, state: TimeState, critical: bool
    ) -> None:
        html = draw(templates, self.SOURCE, left=TimeLeft("vence en 3 h", state), critical=critical)
        assert "vence en 3 h</span>" in html
        assert "#i-" in html

    def test_is_red_for_a_critical_case_that_still_has_time(self, templates: Environment) -> None:
        html = draw(templates, self.SOURCE, left=TimeLeft("vence en 3 h", TimeState.TODAY), critical=True)
        assert "d-tiempo--critico" in html

    def test_shows_lateness_and_pause_before_the_class(self, templates: Environment) -> None:
        for state, look in ((TimeState.OVERDUE, "vencido"), (TimeState.PAUSED, "pausa")):
            assert f"d-tiempo--{look}" in draw(templates, self.SOURCE, left=TimeLeft("…", state), critical=True)


class TestBar:
    @pytest.mark.parametrize(("share", "width"), [(-5, 0), (62.4, 62), (180, 100)])
    def test_stays_inside_its_frame(self, templates: Environment, share: float, width: int) -> None:
        html = draw(templates, """{% from "ui/time.html" import bar %}{{ bar(share) }}""", share=share)
        assert f'<rect width="{width}"' in html


class TestClassSeal:
    @pytest.mark.parametrize("class_", list(CaseClass))
    def test_names_the_class(self, templates: Environment, class_: CaseClass) -> None:
        html = draw(templates, """{% from "ui/notices.html" import class_seal %}{{ class_seal(c) }}""", c=class_)
        word = {CaseClass.SIMPLE: "Simple", CaseClass.COMPLEX: "Complejo", CaseClass.CRITICAL: "CRÍTICO"}[class_]
        assert word in html


class TestCriticalCounter:
    SOURCE = """{% from "ui/shell.html" import critical_counter %}{{ critical_counter(total, unanswered, "/c") }}"""

    def test_says_how_many_have_no_answer(self, templates: Environment) -> None:
        html = draw(templates, self.SOURCE, total=6, unanswered=1)
        assert "1 sin respuesta" in html

    def test_is_not_red_when_there_are_none(self, templates: Environment) -> None:
        assert "d-criticos" not in draw(templates, self.SOURCE, total=0, unanswered=0)


class TestRefusalPage:
    def show(self, templates: Environment, request: HttpRequest, status: int) -> str:
        context = {"code": "case.locked", "message": "Otra persona ya lo tomó.", "status": status, "request": request}
        return templates.get_template("ui/refusal.html").render(context)

    def test_says_why_and_where_to_go(self, templates: Environment, rf: RequestFactory) -> None:
        html = self.show(templates, rf.get("/casos"), 409)
        assert "Otra persona ya lo tomó." in html
        assert 'href="/casos"' in html

    def test_never_offers_to_send_a_form_again(self, templates: Environment, rf: RequestFactory) -> None:
        assert 'href="/casos"' not in self.show(templates, rf.post("/casos"), 409)

    def test_leads_staff_back_to_their_queue(self, templates: Environment, rf: RequestFactory) -> None:
        request = rf.get("/casos")
        assert "/desk/queue" not in self.show(templates, request, 404)
        request.user = get_user_model()()
        assert 'href="/desk/queue"' in self.show(templates, request, 404)


class TestFailurePages:
    @pytest.mark.parametrize("name", ["500.html", "429.html"])
    def test_need_nothing_of_the_request(self, templates: Environment, name: str) -> None:
        assert "<h1>" in templates.get_template(name).render()
