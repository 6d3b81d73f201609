"""``python -m cercana.command_line.supervised PARENT COMMAND …``: a command that ends with its parent process."""

import sys

from cercana.command_line.main import main
from cercana.config.lifeline import end_with_parent

end_with_parent(int(sys.argv[1]))
main(sys.argv[2:], prog_name="cercana")
