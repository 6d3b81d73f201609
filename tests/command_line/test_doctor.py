from tests.command_line.installation import Installation, wait_until


class TestDoctor:
    def test_finds_a_running_installation_in_order(self, running: Installation) -> None:
        wait_until(lambda: "✓ Trabajos" in running.cercana("doctor").stdout)

        found = running.cercana("doctor")

        assert found.returncode == 0, found.stdout
        assert "✗" not in found.stdout
        for subject in ("Base de datos", "Tablas", "Trabajos", "Cola", "Reloj", "Correo", "Disco", "Páginas"):
            assert f"✓ {subject}" in found.stdout

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
