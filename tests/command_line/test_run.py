import signal
import socket
from collections.abc import Callable

import pytest

from tests.command_line.installation import Installation, wait_until
from tests.config.servers import kill, postmaster_of


class TestFirstRun:
    def test_shows_every_step_and_where_to_look(self, installed: Installation) -> None:
        for step in ("Base de datos", "Tablas", "Estilos, letras e iconos", "Servidor web"):
            assert f"✓ {step}" in installed.said
        assert f"http://127.0.0.1:{installed.port}/mesa/" in installed.said


class TestRun:
    def test_answers_again_without_preparing_again(self, running: Installation) -> None:
        assert running.answers()
        assert "Tablas" not in running.said
        assert "Estilos" not in running.said

    def test_refuses_a_second_instance_and_says_what_to_do(self, running: Installation) -> None:
        second = Installation(running.var).cercana("run")

        assert second.returncode == 1
        assert "Cercana ya está en marcha" in second.stderr
        assert "usa otra carpeta con la variable CERCANA_VAR" in second.stderr
        assert running.answers()

    @pytest.mark.parametrize("which", [min, max], ids=["the supervised process", "the one that serves"])
    def test_starts_a_killed_web_server_again(self, running: Installation, which: Callable[[set[int]], int]) -> None:
        killed = which(running.processes("web"))
        kill([killed])

        wait_until(lambda: killed not in running.processes("web") and running.answers())

    def test_starts_a_killed_worker_again(self, running: Installation) -> None:
        killed = running.processes("worker")
        kill(killed)

        wait_until(lambda: bool(running.processes("worker") - killed))

    def test_starts_a_killed_database_again(self, running: Installation) -> None:
        kill([postmaster_of(running.var)])

        wait_until(lambda: "La base de datos se detuvo" in running.said)
        wait_until(lambda: running.cercana("doctor").stdout.startswith("✓ Base de datos"))
        wait_until(running.answers)

    @pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_ends_without_leaving_a_process(self, installation: Installation, order: signal.Signals) -> None:
        installation.start("run")

        assert installation.stop(order) == 0
        assert not installation.processes()

    def test_leaves_nobody_behind_when_it_is_killed_and_starts_again(self, installation: Installation) -> None:
        installation.start("run")
        installation.stop(signal.SIGKILL)

        wait_until(lambda: not installation.processes("web") | installation.processes("worker"))
        installation.start("run")
        assert installation.answers()
        assert installation.stop() == 0
        assert not installation.processes()

    def test_refuses_a_taken_port_and_names_another(self, stopped: Installation) -> None:
        with socket.create_server(("127.0.0.1", stopped.port)):
            refused = stopped.cercana("run")

        assert refused.returncode == 1
        assert f"El puerto {stopped.port} de 127.0.0.1 ya está ocupado" in refused.stderr
        assert f"CERCANA_BIND=127.0.0.1:{stopped.port + 1}" in refused.stderr
        assert not stopped.processes()

    def test_refuses_a_wrong_variable_before_it_does_anything(self, stopped: Installation) -> None:
        refused = stopped.cercana("run", CERCANA_BIND="ocho mil")

        assert refused.returncode == 1
        assert refused.stderr.startswith("Error: La variable CERCANA_BIND está mal puesta")
