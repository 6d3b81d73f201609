"""``cercana mail``: mail as the channel reads and takes it."""

from cercana.command_line.lazy_group import Entry, LazyGroup

_HERE = "cercana.command_line"

mail = LazyGroup(
    name="mail",
    help_text="Read mail as the channel does.",
    entries={
        "inspect": Entry(f"{_HERE}.mail_inspect:inspect", "Tell what a mail says, without taking it."),
    },
)
