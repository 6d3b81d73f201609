"""The embedded PostgreSQL under what happens to it: kills, second instances, long paths."""

import itertools
import shutil
import stat
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from cercana.config.postgres import EmbeddedPostgres, bin_path, connection_of
from cercana.config.postgres.errors import AlreadyRunning, DataMissing, OtherVersion, SecretMissing, StartFailed
from cercana.config.postgres.postmaster import processes_in
from tests.config.servers import PATIENCE, Supervise, embedded, kill, look_of, notes, postmaster_of, write


class TestConnection:
    def test_needs_the_password(self, shared: EmbeddedPostgres) -> None:
        connection = connection_of(shared.var)

        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(replace(connection, password="another").conninfo)

    def test_goes_through_a_socket_and_no_port(self, shared: EmbeddedPostgres) -> None:
        with psycopg.connect(connection_of(shared.var).url) as session:
            assert session.execute("SHOW listen_addresses").fetchone() == ("",)

    def test_keeps_secret_and_socket_from_other_accounts(self, shared: EmbeddedPostgres) -> None:
        assert stat.S_IMODE((shared.var / "postgres.secret").stat().st_mode) == 0o600
        assert stat.S_IMODE(Path(connection_of(shared.var).host).stat().st_mode) == 0o700

    def test_signs_in_as_one_who_reaches_no_program_of_the_machine(self, shared: EmbeddedPostgres) -> None:
        with (
            psycopg.connect(connection_of(shared.var).url) as session,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            session.execute("COPY (SELECT 1) TO PROGRAM 'true'")

    def test_serves_the_programs_of_postgresql(self, shared: EmbeddedPostgres) -> None:
        command = [str(bin_path("pg_dump")), "--schema-only", connection_of(shared.var).url]

        dump = subprocess.run(command, capture_output=True, text=True, check=True)

        assert "PostgreSQL database dump complete" in dump.stdout


class TestDatabase:
    def test_knows_spanish_letters(self, shared: EmbeddedPostgres) -> None:
        with psycopg.connect(connection_of(shared.var).url) as session:
            assert session.execute("SELECT lower('ÑANDÚ'), length('ñandú')").fetchone() == ("ñandú", 5)

    @pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit", "data_checksums"])
    def test_keeps_what_it_acknowledges(self, shared: EmbeddedPostgres, setting: str) -> None:
        with psycopg.connect(connection_of(shared.var).url) as session:
            assert session.execute("SELECT current_setting(%s)", [setting]).fetchone() == ("on",)


class TestStop:
    def test_leaves_no_process_and_lets_others_have_the_folder(self, folder: Path) -> None:
        var = folder / "var"
        with embedded(var) as server:
            write(server.start().url, "before the stop")

        assert not server.is_running
        assert not processes_in(var / "postgres")
        with embedded(var) as another:
            assert notes(another.start().url) == ["before the stop"]

    def test_is_clean_after_an_interrupt_too(self, var: Path, supervise: Supervise) -> None:
        supervisor = supervise(var)
        assert supervisor.says.startswith("postgresql://")

        supervisor.interrupt()

        assert not processes_in(var / "postgres")
        assert (var / "postgres.log").read_text().endswith("database system is shut down\n")


class TestKill:
    def test_of_the_supervisor_leaves_a_server_that_the_next_start_adopts(
        self, var: Path, supervise: Supervise
    ) -> None:
        supervisor = supervise(var)
        write(supervisor.says, "before the kill")
        left = postmaster_of(var)
        supervisor.kill()

        with embedded(var) as server:
            assert notes(server.start().url) == ["before the kill"]
            assert postmaster_of(var) == left

        assert not processes_in(var / "postgres")

    def test_of_the_server_is_mended_by_its_supervisor(self, var: Path) -> None:
        with embedded(var) as server:
            write(server.start().url, "before the kill")
            kill([postmaster_of(var)])
            assert not server.is_running

            assert notes(server.start().url) == ["before the kill"]
            assert server.is_running

    def test_of_both_is_mended_by_the_next_start(self, var: Path, supervise: Supervise) -> None:
        supervisor = supervise(var)
        write(supervisor.says, "before the kill")
        supervisor.kill()
        kill([postmaster_of(var)])

        with embedded(var) as server:
            assert notes(server.start().url) == ["before the kill"]

    def test_leaves_a_number_that_may_be_of_another_process_by_then(self, var: Path) -> None:
        with embedded(var) as server:
            write(server.start().url, "before the kill")
            record = var / "postgres" / "postmaster.pid"
            number, *others = record.read_text().splitlines()
            kill([int(number)])
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE, user=record.parent.stat().st_uid) as another:
            record.write_text("\n".join([str(another.pid), *others]) + "\n")

            with embedded(var) as server:
                assert notes(server.start().url) == ["before the kill"]
            another.communicate()

    def test_during_the_first_start_does_no_harm(self, folder: Path) -> None:
        var = folder / "var"
        (var / "postgres.new-cut" / "base").mkdir(parents=True)

        with embedded(var) as server:
            write(server.start().url, "at the second start")

        assert not list(var.glob("postgres.new-*"))

    def test_under_load_loses_no_row_that_was_acknowledged(self, var: Path, supervise: Supervise) -> None:
        supervisor = supervise(var)
        with psycopg.connect(supervisor.says) as session:
            session.execute("CREATE TABLE load (writer int, number int, PRIMARY KEY (writer, number))")
        are_busy = threading.Barrier(5)

        def insert_until_the_kill(writer: int) -> int:
            """Return how many rows of this writer were acknowledged."""
            session = psycopg.connect(supervisor.says, autocommit=True)
            for acknowledged in itertools.count():
                if acknowledged == 200:
                    are_busy.wait(PATIENCE)
                try:
                    session.execute("INSERT INTO load VALUES (%s, %s)", [writer, acknowledged])
                except psycopg.OperationalError:
                    break
            session.close()
            return acknowledged

        with ThreadPoolExecutor() as pool:
            writers = [pool.submit(insert_until_the_kill, writer) for writer in range(are_busy.parties - 1)]
            are_busy.wait(PATIENCE)
            supervisor.kill()
            kill(processes_in(var / "postgres"))

        with embedded(var) as server, psycopg.connect(server.start().url) as session:
            for writer, acknowledged in enumerate(future.result() for future in writers):
                found = session.execute("SELECT count(*) FROM load WHERE writer = %s", [writer]).fetchone()
                # One more may be there: the row whose acknowledgement the kill cut off.
                assert found in {(acknowledged,), (acknowledged + 1,)}


class TestSecondInstance:
    def test_is_refused_with_advice_and_leaves_the_first_alone(self, var: Path, supervise: Supervise) -> None:
        first = supervise(var)
        write(first.says, "of the first")

        with pytest.raises(AlreadyRunning, match=rf"proceso {first.process.pid}\).*CERCANA_VAR"):
            embedded(var).start()

        assert notes(first.says) == ["of the first"]
        first.close()
        with embedded(var) as second:
            assert notes(second.start().url) == ["of the first"]


class TestPathThatTakesNoSocket:
    @pytest.fixture(params=["140 characters", "a comma"])
    def var(self, folder: Path, request: pytest.FixtureRequest) -> Path:
        """Return a path that is longer than a socket's may be, or has what libpq takes for the end of a host."""
        if request.param == "a comma":
            return folder / "mesa, «partes» y $más"
        return folder / ("x" * (139 - len(str(folder))))

    def test_gets_a_private_folder_for_the_socket(self, var: Path) -> None:
        with embedded(var) as server:
            write(server.start().url, "far down")
            host = Path(connection_of(var).host)
            assert not host.is_relative_to(var)
            assert look_of([host])[0][:2] == (stat.S_IFDIR | 0o700, (var / "postgres").stat().st_uid)

        with embedded(var) as server:
            assert server.start().host == str(host)
            assert notes(connection_of(var).url) == ["far down"]
        host.rmdir()

    def test_gets_another_one_when_the_first_was_cleared_away(
        self, var: Path, template: Path, supervise: Supervise
    ) -> None:
        subprocess.run(["cp", "-a", template, var], check=True)
        supervisor = supervise(var)
        write(supervisor.says, "far down")
        supervisor.kill()
        shutil.rmtree(connection_of(var).host)

        with embedded(var) as server:
            assert notes(server.start().url) == ["far down"]
        Path(connection_of(var).host).rmdir()


class TestRefusals:
    def test_say_that_the_data_are_of_another_version(self, var: Path) -> None:
        (var / "postgres" / "PG_VERSION").write_text("15\n")

        with pytest.raises(OtherVersion, match="son de PostgreSQL 15 y esta instalación trae el 18"):
            embedded(var).start()

    def test_say_that_the_secret_is_gone(self, var: Path) -> None:
        (var / "postgres.secret").unlink()

        with pytest.raises(SecretMissing):
            embedded(var).start()

    def test_say_that_the_recorded_data_are_gone(self, var: Path) -> None:
        (var / "postgres.json").write_text('{"data": "/nonexistent/postgres"}')

        with pytest.raises(DataMissing, match=r"anotada en .*postgres\.json"):
            embedded(var).start()

    @pytest.mark.parametrize("culprit", ["postgres/postgresql.conf", "postgres.secret"])
    def test_give_the_cause_and_leave_nothing_behind(self, var: Path, culprit: str) -> None:
        right = (var / culprit).read_text()
        (var / culprit).write_text("wrong")

        with pytest.raises(StartFailed, match=r"postgres\.log"):
            embedded(var).start()

        assert not processes_in(var / "postgres")
        (var / culprit).write_text(right)
        with embedded(var) as server:
            assert server.is_running
