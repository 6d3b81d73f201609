import psycopg

from tests.command_line.installation import Installation, wait_until

_DEMONSTRATION = """
from tests.factories import make_municipality
municipality = make_municipality()
municipality.is_demo = True
municipality.save(update_fields=["is_demo"])
"""


class TestServe:
    def test_answers_on_the_database_of_others_until_it_is_told_to_stop(self, installation: Installation) -> None:
        with installation.database() as url:
            installation.start("serve", DATABASE_URL=url, CERCANA_WEB_PROCESSES="2")

            assert installation.answers()
            # Two that answer, and the one that forked them.
            wait_until(lambda: len(installation.processes("web")) == 3)
            assert installation.stop() == 0
            assert not installation.processes("web") | installation.processes("worker")

    def test_wants_to_know_the_database(self, stopped: Installation) -> None:
        refused = stopped.cercana("serve")

        assert refused.returncode == 1
        assert "Indica la base de datos en DATABASE_URL" in refused.stderr

    def test_says_in_words_that_the_database_is_away(self, stopped: Installation) -> None:
        refused = stopped.cercana("serve", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

        assert refused.returncode == 1
        assert "La base de datos «none» no responde" in refused.stderr

    def test_refuses_tables_of_another_version(self, installation: Installation) -> None:
        with installation.database() as url:
            with psycopg.connect(url) as session:
                session.execute("UPDATE config_preparation SET stamp = 'older'")
            refused = installation.cercana("serve", DATABASE_URL=url)

        assert refused.returncode == 1
        assert "Ejecuta «cercana migrate»" in refused.stderr

    def test_does_not_show_the_demonstration_to_the_network(self, installation: Installation) -> None:
        exposed = {"CERCANA_BIND": f"0.0.0.0:{installation.port}", "CERCANA_PUBLIC_URL": "http://cercana.example"}
        with installation.database() as url:
            set_up = installation.cercana("manage", "shell", "--command", _DEMONSTRATION, DATABASE_URL=url)
            assert set_up.returncode == 0, set_up.stderr
            refused = installation.cercana("serve", DATABASE_URL=url, **exposed)

        assert refused.returncode == 1
        assert "datos de la demostración" in refused.stderr
