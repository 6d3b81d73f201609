"""What the code knows stands in the documentation as it is."""

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import cercana
from cercana.command_line.main import main
from cercana.config.variables import VARIABLES
from cercana.desk.act_forms import FORMS
from cercana.organization import reference
from cercana.rules.access import SYSTEM, Actor, ActorKind, Facts, Membership, Role, may
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass
from cercana.rules.errors import DomainError
from cercana.rules.lifecycle import OPEN_STAGES, STAGE_LABELS, TRANSITIONS, Closure, Outcome, Stage
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import Policy, promise_for, statutory_due
from cercana.rules.time_words import due_words
from tests.docs.pages import DOCS, REFERENCE, ROOT, column, page, plain, section, table

STAGES, ROLES, DUES, ERRORS = (f"referencia/{name}.md" for name in ("etapas", "roles", "plazos", "errores"))
COMMANDS, MANUAL = "referencia/orden-cercana.md", "referencia/manual.md"

GUIDES = sorted([*(DOCS / "guias").glob("*.md"), *(DOCS / "tutorial").glob("*.md")])

CALENDAR, POLICY = peru_calendar(), Policy(version=1)
# Programs: importing them runs them.
_PROGRAMS = ("cercana.__main__", "cercana.command_line.supervised")
# Section and letters, as the manual counts.
_LINES_OF_THE_MANUAL = "2.1abcd 2.2ab 2.3abcd 3.1abc 3.2abcde 3.3abcd 4.1abc 4.2abc 4.3abc 5.1abc 5.2abcd 6.1ab 6.2ab"


def refusals(parent: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Yield every refusal of ours, once all of Cercana is imported."""
    for module in pkgutil.walk_packages(cercana.__path__, "cercana."):
        if module.name not in _PROGRAMS and ".migrations" not in module.name:
            importlib.import_module(module.name)
    yield from _below(parent)


def _below(parent: type[DomainError]) -> Iterator[type[DomainError]]:
    for each in parent.__subclasses__():
        if each.__module__.startswith("cercana."):
            yield each
        yield from _below(each)


def moment(cell: str) -> datetime:
    """Return the instant of a cell such as «vie 20/11/2026 16:40»; its weekday must be right."""
    weekday, _, rest = cell.partition(" ")
    # Lima time, as the rules take naive input.
    found = datetime.fromisoformat("-".join(reversed(rest[:10].split("/"))) + rest[10:])
    assert ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")[found.weekday()] == weekday
    return found


class TestErrors:
    def test_have_their_code_message_and_status_on_the_page(self) -> None:
        known = {each.code: (plain(each.message), str(each.status)) for each in refusals()}

        written = {row["Código"]: (row["Lo que dice"], row["Estado"]) for row in table(ERRORS, "Código")}

        assert written == known

    def test_say_what_to_do(self) -> None:
        assert all(column(ERRORS, "Código", "Qué hacer"))


class TestVariables:
    def test_stand_in_the_table_as_the_code_explains_them(self) -> None:
        known = {each.name: (each.default or "–", each.spanish) for each in VARIABLES}

        rows = table("referencia/variables.md", "Variable")

        assert {row["Variable"]: (row["Valor si falta"], row["Qué es"]) for row in rows} == known

    def test_named_anywhere_in_the_documentation_exist(self) -> None:
        pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
        named = {name for path in pages for name in re.findall(r"CERCANA_[A-Z_]+", path.read_text(encoding="utf-8"))}

        assert named == {each.name for each in VARIABLES if each.name.startswith("CERCANA_")}


class TestCommands:
    def test_are_all_explained(self) -> None:
        headings = re.findall(r"^## cercana (.+)$", page(COMMANDS), flags=re.MULTILINE)

        assert headings == list(main.entries)

    @pytest.mark.parametrize("name", main.entries)
    def test_have_their_options_and_parts_explained(self, name: str) -> None:
        command = main.get_command(click.Context(main), name)
        assert command is not None

        explained = section(COMMANDS, f"cercana {name}")

        assert not [word for word in _words_of(name, command) if word not in explained]


def _words_of(name: str, command: click.Command) -> Iterable[str]:
    if isinstance(command, click.Group):
        for part, below in command.commands.items():
            yield f"cercana {name} {part}"
            yield from _words_of(f"{name} {part}", below)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield parameter.opts[0]


class TestStages:
    def test_are_named_as_on_the_screens(self) -> None:
        written = {row["Código"]: row["Etapa"] for row in table(STAGES, "Etapa")}

        assert written == {stage.value: STAGE_LABELS[stage] for stage in Stage}

    def test_have_every_verb_with_its_ways(self) -> None:
        known = {
            act.value: (_named(way.sources), STAGE_LABELS[way.target] if way.target else "no cambia")
            for act, way in TRANSITIONS.items()
        }

        assert {row["Código"]: (row["Desde"], row["Hasta"]) for row in table(STAGES, "Verbo")} == known

    def test_name_the_verbs_as_the_desk_does(self) -> None:
        names = {row["Código"]: row["Verbo"] for row in table(STAGES, "Verbo")}

        assert names == names | {form.act.value: form.title for form in FORMS.values()}

    def test_end_in_the_outcomes_and_closures_that_exist(self) -> None:
        assert column(STAGES, "Resultado", "Código") == [each.value for each in Outcome]
        assert column(STAGES, "Cierre", "Código") == [each.value for each in Closure]


def _named(stages: frozenset[Stage]) -> str:
    """Return stages as the table writes them."""
    written = {
        frozenset(Stage): "todas",
        OPEN_STAGES: "todas menos Cierre",
        frozenset(Stage) - {Stage.RECEIVED}: "todas menos Recepción",
    }
    return written.get(stages) or ", ".join(STAGE_LABELS[stage] for stage in Stage if stage in stages)


KEY, AREA, SELF = "case", "area", 1


def _staff(*roles: Role) -> Actor:
    held = tuple(Membership(role, AREA, frozenset({AREA})) for role in roles)
    return Actor(ActorKind.STAFF, staff_id=SELF, memberships=held, on_duty=Role.DUTY_OFFICER in roles)


def _case(
    *, stage: Stage = Stage.IN_FOLLOW_UP, owner: int | None = None, critical: bool = False, data_rights: bool = False
) -> Facts:
    return Facts(KEY, stage, AREA, owner_id=owner, is_critical=critical, is_data_rights=data_rights)


RELATIONS = {
    "Orientación": (_staff(Role.AGENT), _case(stage=Stage.REGISTERED)),
    "Llamada": (_staff(Role.AGENT), _case(stage=Stage.ANSWERED)),
    "A cargo": (_staff(), _case(owner=SELF)),
    "Área": (_staff(Role.AREA_OFFICER), _case()),
    "Jefatura": (_staff(Role.SUPERVISOR), _case()),
    "Guardia": (_staff(Role.DUTY_OFFICER), _case(critical=True)),
    "Auditoría": (_staff(Role.AUDITOR), _case()),
    "Datos personales": (_staff(Role.DATA_PROTECTION), _case(data_rights=True)),
    "Análisis": (_staff(Role.ANALYST), _case(stage=Stage.CLOSED)),
    "Ciudadanía": (Actor(ActorKind.CITIZEN, case_key=KEY), _case()),
    "Sistema": (SYSTEM, _case()),
}


class TestRoles:
    def test_are_all_explained(self) -> None:
        assert column(ROLES, "Rol", "Código") == [role.value for role in Role]

    @pytest.mark.parametrize("relation", RELATIONS)
    def test_may_do_what_the_table_says(self, relation: str) -> None:
        actor, facts = RELATIONS[relation]
        allowed = {act.value for act in Act if may(actor, act, facts).allowed}

        assert {row["Código"] for row in table(ROLES, "Verbo") if row[relation] == "sí"} == allowed

    def test_have_a_row_for_every_act_but_registering(self) -> None:
        assert column(ROLES, "Verbo", "Código") == [act.value for act in Act if act is not Act.REGISTER]

    def test_call_each_act_as_the_stages_do(self) -> None:
        names = {row["Código"]: row["Verbo"] for row in table(STAGES, "Verbo")}

        assert {row["Verbo"] for row in table(ROLES, "Verbo")} >= set(names.values()) - {names["register"]}


class TestDues:
    @pytest.mark.parametrize("row", table(DUES, "Recibido (Lima)"), ids=lambda row: row["Recibido (Lima)"])
    def test_are_those_the_rules_work_out(self, row: dict[str, str]) -> None:
        critical = None if row["Crítico desde"] == "–" else moment(row["Crítico desde"])
        promise = promise_for(
            moment(row["Recibido (Lima)"]),
            CaseClass(row["Prioridad"]),
            POLICY,
            CALENDAR,
            became_critical_at=critical,
        )

        response = plain(due_words(promise.first_response)) if promise.first_response else "–"
        assert (row["Primera respuesta"], row["Solución"]) == (response, plain(due_words(promise.resolution)))

    @pytest.mark.parametrize("row", table(DUES, "Presentado (Lima)"), ids=lambda row: row["Presentado (Lima)"])
    def test_of_the_law_are_those_the_rules_work_out(self, row: dict[str, str]) -> None:
        due = statutory_due(moment(row["Presentado (Lima)"]), int(row["Días hábiles"]), CALENDAR)

        assert row["Vence"] == plain(due_words(due))

    def test_of_the_law_are_named_with_their_norms(self) -> None:
        rows = table(DUES, "Naturaleza legal")
        written = [tuple(row.values()) for row in rows]

        assert written == list(_natures())


def _natures() -> Iterator[tuple[str, ...]]:
    for nature in reference.legal_natures():
        terms = [(str(term.working_days), f"{term.norm}, {term.article}") for term in nature.terms] or [("–", "–")]
        for term in terms:
            yield (nature.name, nature.code, *term)


class TestManual:
    def test_has_each_of_its_lines_once(self) -> None:
        lines = [f"M{each[:3]}{letter}" for each in _LINES_OF_THE_MANUAL.split() for letter in each[3:]]

        assert column(MANUAL, "Línea", "Línea") == lines

    def test_says_of_each_line_whether_it_is_done(self) -> None:
        assert set(column(MANUAL, "Línea", "Estado")) == {"hecho", "en parte", "después"}

    def test_puts_nothing_off_that_is_already_played(self) -> None:
        sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "manual").glob("test_*.py")]
        played = {
            f"M{major}.{minor}" for text in sources for major, minor in re.findall(r"test_m(\d)_(\d[a-e])_", text)
        }

        later = {row["Línea"] for row in table(MANUAL, "Línea") if row["Estado"] == "después"}

        assert played
        assert not played & later


class TestGuides:
    @pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
    def test_put_in_bold_only_words_that_stand_on_a_screen(self, path: Path) -> None:
        bold = re.findall(r"\*\*(.+?)\*\*", path.read_text(encoding="utf-8"))

        assert not [words for words in bold if words.casefold() not in words_on_screens()]

    def test_show_the_example_of_a_municipality_that_the_command_prints(self) -> None:
        shown = re.search(r"```toml\n(.*?)```", page("guias/tu-municipalidad.md"), flags=re.DOTALL)
        printed = CliRunner().invoke(main, ["setup", "--example"])

        assert shown is not None
        assert (printed.exit_code, plain(printed.stdout)) == (0, shown[1])


@cache
def words_on_screens() -> str:
    """Return the sources in which what screens say is written."""
    files = (path for kind in ("py", "html", "toml") for path in (ROOT / "cercana").rglob(f"*.{kind}"))
    ours = (path for path in files if "node_modules" not in path.parts)
    return plain("\n".join(path.read_text(encoding="utf-8") for path in ours)).casefold()


class TestReadme:
    def test_links_to_files_that_exist(self) -> None:
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        targets = re.findall(r"\]\(([^)#:]+)\)", readme) + re.findall(r'src="([^":]+)"', readme)

        assert targets
        assert not [target for target in targets if not (ROOT / target).exists()]

    def test_names_what_make_can_do(self) -> None:
        made = re.findall(r"`?make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"))
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)

        assert made[:2] == ["run", "test"]
        assert set(made) <= set(targets)


class TestChangelog:
    def test_begins_with_the_version_of_the_package(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        versions = re.findall(r"^## \[([^]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

        assert versions[0] == project["version"]


class TestSite:
    def test_shows_every_page_of_the_reference(self) -> None:
        shown = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")

        assert not [path.name for path in REFERENCE.glob("*.md") if f"referencia/{path.name}" not in shown]
