"""``cercana mail``: mail as the channel reads and takes it."""

from cercana.command_line.lazy_group import Entry, LazyGroup

_HERE = "cercana.command_line"

mail = LazyGroup(
    name="mail",
    help_text="Take and read mail as the channel does.",
    entries={
        "receive": Entry(f"{_HERE}.mail_receive:receive", "Take a mail from a pipe."),
        "inspect": Entry(f"{_HERE}.mail_inspect:inspect", "Tell what a mail says, without taking it."),
    },
)
