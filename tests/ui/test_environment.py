"""The environment in which templates are rendered."""

import itertools

import pytest
from django.utils import translation
from jinja2 import Environment, UndefinedError

from cercana.ui.environment import environment, field_ties, url
from tests.ui.test_moments import NOW


@pytest.fixture
def plain() -> Environment:
    """The environment without any template of its own."""
    return environment()


class TestEnvironment:
    def test_fails_on_a_name_that_no_one_gave(self, plain: Environment) -> None:
        with pytest.raises(UndefinedError):
            plain.from_string("{{ nmuber }}").render(number=1)

    def test_escapes_what_people_wrote(self, plain: Environment) -> None:
        assert plain.from_string("{{ text }}").render(text="<script>") == "&lt;script&gt;"

    def test_escapes_what_is_put_into_a_translation(self, plain: Environment) -> None:
        template = plain.from_string("""{{ _("Hola, %(name)s", name=name) }}""")
        assert template.render(name="<b>") == "Hola, &lt;b&gt;"

    @pytest.mark.parametrize(
        ("language", "words"),
        [("es-pe", "ayer, 10:42\xa0a.\xa0m. 97.4\xa0%"), ("en", "yesterday, 10:42\xa0a.m. 97.4%")],
    )
    def test_speaks_the_language_of_the_reader(self, plain: Environment, language: str, words: str) -> None:
        template = plain.from_string("{{ now.replace(day=22) | recently(now) }} {{ 0.974 | percent }}")
        with translation.override(language):
            assert template.render(now=NOW) == words


class TestRemembered:
    SOURCE = """
        {%- macro _due(name) %}drawing {{ drawings() }}: {{ name }}, {{ now | clock }}{% endmacro %}
        {%- set due = remembered(_due) %}"""

    def test_draws_a_macro_once_for_the_same_arguments_in_each_language(self, plain: Environment) -> None:
        plain.globals.update(now=NOW, drawings=itertools.count(1).__next__)
        due = vars(plain.from_string(self.SOURCE).module)["due"]

        with translation.override("es-pe"):
            assert [due("<b>"), due("<b>")] == ["drawing 1: &lt;b&gt;, 10:42\xa0a.\xa0m."] * 2
        with translation.override("en"):
            assert due("<b>") == "drawing 2: &lt;b&gt;, 10:42\xa0a.m."


class TestUrl:
    def test_is_the_address_of_a_view(self) -> None:
        assert url("admin:index") == "/admin/"


class TestFieldTies:
    def test_tie_a_control_to_its_help_and_its_error(self) -> None:
        assert field_ties("dni", "Ocho cifras", "Falta una cifra") == {
            "aria-describedby": "dni-ayuda dni-error",
            "aria-invalid": "true",
        }

    def test_say_nothing_of_a_field_without_them(self) -> None:
        assert field_ties("dni", "", "") == {}
