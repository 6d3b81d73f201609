"""What the telephone does: keep what an exchange tells of a call, and list who spoke with nobody."""

from cercana.channels.phone.commands.hearing import CallNews, hear

__all__ = ["CallNews", "hear"]
