"""A municipality of one's own from a file: the example as it is, what is refused and how, and the first way in."""

import re
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import Membership, User
from cercana.command_line.entering import enter_municipality
from cercana.command_line.main import main
from cercana.command_line.setup import SetupInDemonstration
from cercana.command_line.setup_file import SetupFileRefused
from cercana.conversation.models import ReplyPhrase
from cercana.organization import queries
from cercana.organization.models import Area, Category, EmergencyNumber, LegalTerm, Municipality, OfficeHour
from cercana.rules.access import Role
from tests.command_line.installation import Installation

EXAMPLE = CliRunner().invoke(main, ["setup", "--example"]).stdout
PASSWORD = "olivos-de-villa-ejemplo-1"
COUNTED = (Area, Category, EmergencyNumber, LegalTerm, OfficeHour, User, Membership)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the example as a file."""
    path = tmp_path / "municipalidad.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def change(file: Path, old: str, new: str) -> None:
    """Write ``new`` where the file has ``old``."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def enter(file: Path) -> list[str]:
    return enter_municipality(file, timezone.now())


def refusal_of(file: Path) -> str:
    with pytest.raises(SetupFileRefused) as refused:
        enter(file)
    return str(refused.value)


@pytest.mark.django_db
class TestEntering:
    def test_enters_the_example_as_it_is(self, file: Path) -> None:
        said = enter(file)

        assert said[0] == (
            "Municipalidad Distrital de Villa Ejemplo: 3 áreas, 1 sede, 1 motivo, "
            f"1 cuenta del personal, {ReplyPhrase.objects.count()} frases de respuesta nuevas."
        )
        assert queries.municipality().prefix == "VE"
        assert queries.area_parents() == {"gerencia": None, "atencion": "gerencia", "limpieza": "gerencia"}
        assert [each.code for each in queries.categories()] == ["recojo"]
        assert queries.emergency_numbers()[0].name == "Serenazgo"
        assert len(queries.emergency_numbers()) > 1
        assert queries.policy_at(timezone.now()).promises.simple_hours == 48
        assert Membership.objects.get().role == Role.ADMINISTRATOR

    def test_serves_the_public_at_once(self, file: Path, client: Client) -> None:
        enter(file)

        assert "Villa Ejemplo" in client.get("/").content.decode()

    def test_changes_nothing_the_second_time(self, file: Path) -> None:
        enter(file)
        before = [model.objects.count() for model in COUNTED]

        said = enter(file)

        assert [model.objects.count() for model in COUNTED] == before
        assert "ya estaban" in said[1]

    def test_leaves_the_policy_and_the_law_as_the_administration_changed_them(self, file: Path) -> None:
        enter(file)
        LegalTerm.objects.filter(nature_id="petition").update(working_days=15)
        change(file, "# horas_simple = 48", "horas_simple = 24")

        enter(file)

        assert LegalTerm.objects.get(nature_id="petition").working_days == 15
        assert queries.policy_at(timezone.now()).promises.simple_hours == 48

    def test_takes_the_figures_of_the_file_for_the_first_policy(self, file: Path) -> None:
        change(file, "# horas_simple = 48", "horas_simple = 24")

        enter(file)

        assert queries.policy_at(timezone.now()).promises.simple_hours == 24

    def test_refuses_a_database_with_the_demonstration(self, file: Path) -> None:
        enter(file)
        Municipality.objects.update(is_demo=True)

        with pytest.raises(SetupInDemonstration):
            enter(file)


@pytest.mark.django_db
class TestRefusals:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('prefijo = "VE"', 'prefjo = "VE"', "En [municipalidad] no existe «prefjo». ¿Quisiste decir «prefijo»?"),
            ('prefijo = "VE"', "", "En [municipalidad] falta «prefijo»."),
            ('prefijo = "VE"', 'prefijo = "Villa"', "«prefijo» debe tener de una a cuatro mayúsculas"),
            ('nombre_corto = "Villa Ejemplo"', "nombre_corto = 7", "«nombre_corto» debe ser un texto entre comillas."),
            ('"(01) 555-0100"', f'"{"5" * 21}"', "En [municipalidad], «telefono» tiene 21 letras y caben 20."),
            ('"casos@villaejemplo.example"', '"casos"', "«correo» debe ser un correo"),
            ("desde = 2026-01-01", 'desde = "2026-01-01"', "En [plazos], «desde» debe ser una fecha sin comillas"),
            ("desde = 2026-01-01", "desde = 2026-01-01T00:00:00", "«desde» debe ser una fecha sin comillas"),
            ("desde = 2026-01-01", "desde = 2126-01-01", "«desde» es una fecha futura"),
            ("[plazos]", "[plaso]", "En el archivo falta «plazos»."),
            ("[plazos]", "[plaso]", "En el archivo no existe «plaso». ¿Quisiste decir «plazos»?"),
            ("[[sede]]", "[sede]", "«sede» se escribe con doble corchete, [[sede]], una vez por cada uno."),
            ('depende_de = "gerencia"', 'depende_de = "gerensia"', "En [[area]] «atencion», el área «gerensia» no"),
            (
                'area_que_recibe = "atencion"',
                'area_que_recibe = "mesa"',
                "En [municipalidad], el área «mesa» no existe.",
            ),
            ('area = "limpieza"', 'area = "limpiesa"', "En [[motivo]] «recojo», el área «limpiesa» no existe."),
            ('codigo = "limpieza"', 'codigo = "atencion"', "«atencion» está 2 veces en [[area]]."),
            ('codigo = "limpieza"', 'codigo = "Limpieza Pública"', "En [[area]] 3, «codigo» debe ser un código"),
            ('codigo = "gerencia"', 'codigo = "gerencia"\ndepende_de = "limpieza"', "El área «gerencia» depende de sí"),
            ("# hasta = 2026-12-31", "hasta = 2025-12-31", "En [[area]] «limpieza», «hasta» es anterior a «desde»."),
            ('"lunes", ', '"lunes", "monday", ', "En [[horario]] 1, «dias» debe ser una lista de días"),
            ("cierra = 16:45:00", "cierra = 07:45:00", "En [[horario]] 1, «abre» debe ser anterior a «cierra»."),
            ("cierra = 16:45:00", 'cierra = 16:45:00\narea = "atencion"', "Falta un [[horario]] sin «area»"),
            ('prioridad = "simple"', 'prioridad = "simpel"', "debe ser uno de estos: simple, complex, critical."),
            ('# naturaleza = "incident"', 'naturaleza = "x"', "En [[motivo]] «recojo», la naturaleza «x» no existe."),
            ("# consulta = true", 'consulta = "sí"', "En [[motivo]] 1, «consulta» debe ser true o false"),
            ('rol = "administrator"', 'rol = "agent"', "Nadie tiene hoy el rol «administrator»"),
            ('rol = "administrator"', "", "En [[personal.cargo]] 1 de la persona 1 falta «rol»."),
            ('rol = "administrator"', 'rol = "administrator"\nsede = "x"', "la sede «x» no existe."),
            ('nombre = "Serenazgo"', "nombre = Serenazgo", "columna 10, no se entiende."),
        ],
    )
    def test_say_where_and_what_to_do_and_enter_nothing(self, file: Path, old: str, new: str, said: str) -> None:
        change(file, old, new)

        assert said in refusal_of(file)
        assert not Area.objects.exists()
        assert not User.objects.exists()

    def test_come_all_at_once_one_line_each(self, file: Path) -> None:
        change(file, 'prefijo = "VE"', "")
        change(file, "abre = 08:00:00", "abre = 8")

        said = refusal_of(file)

        assert said.startswith(f"No se cargó nada. Corrige {file} y repite: ")
        assert len(re.findall(r"^  - .+\.$", said, flags=re.MULTILINE)) == 2

    def test_of_a_file_in_another_encoding_say_so(self, file: Path) -> None:
        file.write_bytes(EXAMPLE.encode("latin-1", errors="replace"))

        assert "no está en UTF-8" in refusal_of(file)


@pytest.mark.django_db
class TestTheFirstWayIn:
    def test_leads_the_administrator_from_the_printed_link_to_the_administration(
        self, file: Path, client: Client
    ) -> None:
        link = _link(enter(file))

        form = client.get(link, follow=True)
        client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
        client.post("/cuenta/login/", {"login": "administracion@villaejemplo.example", "password": PASSWORD})
        assert client.get("/admin/").headers["Location"] == "/cuenta/2fa/"

        client.post("/cuenta/reauthenticate/", {"password": PASSWORD})
        client.get("/cuenta/2fa/totp/activate/")
        secret = client.session["mfa.totp.secret"]
        code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
        client.post("/cuenta/2fa/totp/activate/", {"code": code})
        assert "¿Qué quiere configurar?" in client.get("/admin/").content.decode()

    def test_opens_once_and_is_not_printed_again(self, file: Path, client: Client) -> None:
        link = _link(enter(file))
        form = client.get(link, follow=True)
        client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})

        again = Client().get(link, follow=True).content.decode()

        assert "password1" not in again
        assert not [line for line in enter(file) if "/cuenta/" in line]

    def test_is_for_administrators_alone(self, file: Path) -> None:
        person = '[[personal]]\ncorreo = "ana@villaejemplo.example"\nnombre = "Ana"\n'
        role = '[[personal.cargo]]\nrol = "agent"\narea = "atencion"\ndesde = 2026-01-01\n'
        file.write_text(f"{EXAMPLE}\n{person}{role}", encoding="utf-8")

        said = "\n".join(enter(file))

        assert said.count("/cuenta/password/reset/key/") == 1
        assert "Ana crea" not in said


def _link(said: list[str]) -> str:
    (link,) = [line for line in said if "/cuenta/password/reset/key/" in line]
    return "/" + link.split("/", 3)[3].strip()


class TestTheCommand:
    def test_enters_the_file_beside_a_database_of_its_own(self, installation: Installation, file: Path) -> None:
        done = installation.cercana("setup", str(file))

        assert done.returncode == 0, done.stderr
        assert "Villa Ejemplo: 3 áreas" in done.stdout
        assert f"http://127.0.0.1:{installation.port}/cuenta/password/reset/key/" in done.stdout

    def test_refuses_a_bad_file_with_exit_1(self, installation: Installation, file: Path) -> None:
        change(file, 'prefijo = "VE"', "")

        done = installation.cercana("setup", str(file))

        assert (done.returncode, done.stdout) == (1, "")
        assert "En [municipalidad] falta «prefijo»." in done.stderr

    def test_needs_a_file_or_the_wish_for_an_example(self) -> None:
        assert CliRunner().invoke(main, ["setup"]).exit_code == 2
