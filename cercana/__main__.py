"""``python -m cercana`` is the ``cercana`` command."""

from cercana.command_line.main import main

main(prog_name="cercana")
