"""What the worker runs all the time; imported when it begins, so that no web process carries servers it never runs."""

import asyncio
import threading


async def start_listener() -> asyncio.Server | None:
    """Start to listen where the settings say; None if they say nowhere. Raise OSError if the place is taken."""
    from cercana.channels.email import listening

    return await listening.start_listener()


def collect_mail(stopping: threading.Event) -> None:
    """Fetch mail from the mailbox of the settings until ``stopping``; return at once if they name none."""
    from cercana.channels.email import mailbox

    mailbox.collect_mail(stopping)
