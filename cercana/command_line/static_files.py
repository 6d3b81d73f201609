"""Static files under immutable names, compressed, where the web server looks for them."""

from typing import ClassVar

from cercana.command_line.preparation import STATIC_SOURCE, static_stamp
from cercana.command_line.processes import Process, run_to_end
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


def gather_static_files(environment: Environment, steps: Steps, *, owner: tuple[int, int] | None) -> None:
    """Gather and compress the files, unless they are already those of this build."""
    if are_static_files_gathered(environment):
        return
    stamp = static_stamp()
    with steps.step("Estilos, letras e iconos"):
        gathering = Process("collectstatic", ["manage", "collectstatic", "--no-input", "--verbosity=0"], owner=owner)
        run_to_end(gathering, steps.note)
    (environment.var / "static.stamp").write_text(stamp, encoding="ascii")
