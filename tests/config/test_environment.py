import os
import stat
from pathlib import Path

import pytest

from cercana.config.environment import Environment, read_environment, secret_key_in
from cercana.config.variable_texts import VariableWrong
from cercana.config.variables import VARIABLES


def environment(**given: str) -> Environment:
    return read_environment(given)


def refusal_of(**given: str) -> str:
    with pytest.raises(VariableWrong) as refused:
        read_environment(given)
    return str(refused.value)


class TestReadEnvironment:
    def test_needs_no_variable_on_a_machine_of_ones_own(self) -> None:
        found = environment()

        assert (found.bind_host, found.bind_port) == ("127.0.0.1", 8000)
        assert found.public_url == "http://127.0.0.1:8000"
        assert found.is_loopback
        assert not found.is_https
        assert found.database is None
        assert found.smtp is None

    def test_has_a_web_process_for_each_core_unless_told_otherwise(self) -> None:
        assert environment().web_processes == min(len(os.sched_getaffinity(0)), 8)
        assert environment(CERCANA_WEB_PROCESSES="3").web_processes == 3
        assert "CERCANA_WEB_PROCESSES" in refusal_of(CERCANA_WEB_PROCESSES="0")

    def test_takes_an_empty_variable_for_an_absent_one(self) -> None:
        assert environment(DATABASE_URL="", CERCANA_BIND=" ") == environment()

    def test_answers_to_the_public_name_and_to_this_machine_only(self) -> None:
        found = environment(CERCANA_PUBLIC_URL="https://cercana.example/")

        assert found.public_url == "https://cercana.example"
        assert found.allowed_hosts == ("cercana.example", "localhost", "127.0.0.1", "[::1]")

    def test_does_not_answer_to_localhost_on_an_address_of_the_network(self) -> None:
        found = environment(CERCANA_BIND="192.0.2.7:80", CERCANA_ALLOWED_HOSTS="a.example, b.example")

        assert found.allowed_hosts == ("192.0.2.7", "a.example", "b.example")
        assert not found.is_loopback

    def test_reads_an_ipv6_address(self) -> None:
        found = environment(CERCANA_BIND="[::1]:8000")

        assert found.bind_host == "::1"
        assert found.public_url == "http://[::1]:8000"
        assert found.is_loopback

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("CERCANA_BIND", "8000"),
            ("CERCANA_BIND", "127.0.0.1:ocho"),
            ("CERCANA_BIND", "127.0.0.1:70000"),
            ("CERCANA_PUBLIC_URL", "cercana.example"),
            ("CERCANA_PUBLIC_URL", "https://cercana.example/portal"),
            ("CERCANA_ALLOWED_HOSTS", "*"),
            ("CERCANA_TRUSTED_PROXIES", "proxy.example"),
            ("CERCANA_SECRET_KEY", "corta"),
            ("CERCANA_SMTP_URL", "mail.example:25"),
            ("CERCANA_DATABASE_POOL", "0"),
            ("CERCANA_LOG", "xml"),
            ("CERCANA_DEBUG", "quizás"),
            ("CERCANA_MAP_STYLE", "http://mapas.example.pe/estilo.json"),
            ("CERCANA_MAP_STYLE", "https://mapas.example.pe;/estilo.json"),
            ("DATABASE_URL", "mysql://a@b/c"),
            ("DATABASE_URL", "postgresql://a@b"),
        ],
    )
    def test_refuses_with_the_name_of_the_variable(self, name: str, value: str) -> None:
        assert refusal_of(**{name: value}).startswith(f"La variable {name} está mal puesta: ")

    def test_wants_a_public_address_when_it_listens_on_all_of_them(self) -> None:
        assert "CERCANA_PUBLIC_URL" in refusal_of(CERCANA_BIND="0.0.0.0:80")
        assert environment(CERCANA_BIND="0.0.0.0:80", CERCANA_PUBLIC_URL="http://a.example").bind_port == 80

    def test_reads_a_database_of_the_network(self) -> None:
        found = environment(DATABASE_URL="postgresql://ana:a%40b@db.example:6432/cercana?sslmode=require").database

        assert found is not None
        assert (found.host, found.port, found.name) == ("db.example", "6432", "cercana")
        assert (found.user, found.password) == ("ana", "a@b")
        assert found.options == {"sslmode": "require"}

    def test_reads_a_database_behind_a_socket(self) -> None:
        found = environment(DATABASE_URL="postgresql:///cercana?host=/run/postgresql").database

        assert found is not None
        assert (found.host, found.port, found.name) == ("/run/postgresql", "", "cercana")

    def test_lets_a_map_be_fetched_from_its_style_and_the_hosts_that_are_named(self) -> None:
        style = "https://mapas.example.pe/estilo.json"
        found = environment(CERCANA_MAP_STYLE=style, CERCANA_MAP_HOSTS="teselas.example.pe, mapas.example.pe")

        assert (found.map_style, environment().map_origins) == (style, ())
        assert found.map_origins == ("https://mapas.example.pe", "https://teselas.example.pe")
        refusal = refusal_of(CERCANA_MAP_STYLE=style, CERCANA_MAP_HOSTS="* 'unsafe-eval'")
        assert refusal.startswith("La variable CERCANA_MAP_HOSTS está mal puesta: ")

    def test_knows_the_ports_of_mail(self) -> None:
        plain = environment(CERCANA_SMTP_URL="smtp://ana:clave@mail.example").smtp
        secure = environment(CERCANA_SMTP_URL="smtps://mail.example").smtp

        assert plain is not None
        assert secure is not None
        assert (plain.port, plain.is_tls, plain.user) == (587, False, "ana")
        assert (secure.port, secure.is_tls, secure.user) == (465, True, "")


class TestVariables:
    def test_are_explained_in_both_languages(self) -> None:
        assert all(each.spanish.endswith(".") and each.english.endswith(".") for each in VARIABLES)

    def test_have_names_of_ours(self) -> None:
        assert all(each.name.startswith("CERCANA_") or each.name == "DATABASE_URL" for each in VARIABLES)


class TestSecretKey:
    def test_is_made_once_for_its_owner_alone(self, tmp_path: Path) -> None:
        var = tmp_path / "var"

        made = secret_key_in(var)

        assert secret_key_in(var) == made
        assert len(made) >= 50
        assert stat.S_IMODE((var / "secret").stat().st_mode) == 0o600
        assert [path.name for path in var.iterdir()] == ["secret"]

    def test_cut_short_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("media")

        with pytest.raises(VariableWrong, match="CERCANA_SECRET_KEY"):
            secret_key_in(tmp_path)
