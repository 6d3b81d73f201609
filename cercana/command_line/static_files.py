"""Static files under immutable names, compressed, where the web server looks for them."""

from typing import ClassVar

from cercana.command_line.preparation import STATIC_SOURCE, static_stamp
from cercana.command_line.processes import Process
from cercana.command_line.steps import Steps
from cercana.config.environment import Environment
from cercana.rules.errors import DomainError


class FrontEndUnbuilt(DomainError):
    """npm has not built styles and scripts."""

    code: ClassVar[str] = "command_line.front_end_unbuilt"
    message: ClassVar[str] = "Faltan los estilos de las páginas. Constrúyelos con «make build»."


def are_static_files_gathered(environment: Environment) -> bool:
    """Tell whether what the web server has is of this build; raise FrontEndUnbuilt if there is none."""
    if not (STATIC_SOURCE / "cercana" / "portal.css").is_file():
        raise FrontEndUnbuilt
    record = environment.var / "static.stamp"
    return record.exists() and record.read_text(encoding="ascii") == static_stamp()


class Gathering:
    """Gathers and compresses the files beside other work, unless they are already those of this build."""

    def __init__(self, environment: Environment, *, owner: tuple[int, int] | None) -> None:
        self._record = environment.var / "static.stamp"
        self._stamp = "" if are_static_files_gathered(environment) else static_stamp()
        arguments = ["manage", "collectstatic", "--no-input", "--verbosity=0"]
        self.process = Process("estilos, letras e iconos", arguments, owner=owner)

    def start(self) -> None:
        """Begin, if there is anything to do."""
        if self._stamp:
            self.process.start()

    def finish(self, steps: Steps) -> None:
        """Wait until all is done; raise StepFailed."""
        if self._stamp:
            with steps.step("Estilos, letras e iconos"):
                self.process.wait()
            self._record.write_text(self._stamp, encoding="ascii")
