"""What the mail channel does: keep what arrives, and make of it a case, an entry of one, or a contact to register."""

from cercana.channels.email.commands.handling import handle_mail, requeue_lost
from cercana.channels.email.commands.receiving import Envelope, Way, receive
from cercana.channels.email.commands.serving import collect_mail, start_listener
from cercana.channels.email.commands.setting_aside import erase_mail, release

__all__ = [
    "Envelope",
    "Way",
    "collect_mail",
    "erase_mail",
    "handle_mail",
    "receive",
    "release",
    "requeue_lost",
    "start_listener",
]
