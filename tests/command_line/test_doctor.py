from contextlib import closing
from http.client import HTTPConnection

from tests.command_line.installation import Installation, wait_until


class TestDoctor:
    def test_finds_a_running_installation_in_order(self, running: Installation) -> None:
        wait_until(lambda: "✓ Trabajos" in running.cercana("doctor").stdout)

        found = running.cercana("doctor")

        assert found.returncode == 0, found.stdout
        assert "✗" not in found.stdout
        for subject in (
            "Base de datos",
            "Tablas",
            "Trabajos",
            "Cola",
            "Alarmas",
            "Reloj",
            "Intermediario",
            "Guardia",
            "Correo",
            "Disco",
            "Páginas",
        ):
            assert f"✓ {subject}" in found.stdout

    def test_names_a_proxy_that_nobody_declared(self, installation: Installation) -> None:
        installation.start("run")
        with closing(HTTPConnection("127.0.0.1", installation.port, timeout=20)) as connection:
            connection.request("GET", "/", headers={"X-Forwarded-For": "203.0.113.9"})
            connection.getresponse().read()

        found = installation.cercana("doctor")

        assert found.returncode == 1
        assert "✗ Intermediario   127.0.0.1 envía X-Forwarded-For" in found.stdout
        assert "CERCANA_TRUSTED_PROXIES" in found.stdout

    def test_says_how_to_start_what_does_not_run(self, stopped: Installation) -> None:
        found = stopped.cercana("doctor")

        assert found.returncode == 1
        assert "✗ Base de datos   no responde" in found.stdout
        assert "Ponla en marcha con «cercana run»" in found.stdout

    def test_says_that_nobody_works_off_jobs(self, stopped: Installation) -> None:
        with stopped.database():
            found = stopped.cercana("doctor")

        assert found.returncode == 1
        assert "✗ Trabajos        nadie los atiende" in found.stdout

    def test_says_that_mail_does_not_leave(self, running: Installation) -> None:
        found = running.cercana("doctor", CERCANA_SMTP_URL=f"smtp://127.0.0.1:{running.port + 1}")

        assert found.returncode == 1
        assert "✗ Correo" in found.stdout
        assert "Revisa CERCANA_SMTP_URL" in found.stdout
