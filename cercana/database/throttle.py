"""How long somebody waits who keeps trying or sending, and which registrations are more than usual."""

import ipaddress
from collections.abc import Collection
from datetime import datetime, timedelta

from cercana.database import counting
from cercana.database.counting import Allowance, Portion
from cercana.rules.near_addresses import mailbox_of

_FREE_TRIES = 5
# Of a number that many addresses try: whoever has its code needs one try, whoever guesses needs millions.
_FREE_TRIES_OF_SOUGHT = 1
# Failures alone. A family, an office or a mobile network behind one address does not get there.
_FAILURES_OF_PLACE = Allowance(40, timedelta(seconds=90))
_FAILURES_OF_NUMBER = Allowance(50, timedelta(minutes=6))
# Many drafts full of files from one place are no longer a citizen's.
_UPLOADS_OF_PLACE = Allowance(300, timedelta(seconds=12))
# Somebody who writes without a pause has their text read once a second.
_READINGS_OF_PLACE = Allowance(200, timedelta(seconds=1))
_MESSAGES_OF_PLACE = Allowance(60, timedelta(minutes=1))
_MESSAGES_OF_CASE = Allowance(20, timedelta(minutes=3))
_FILES_OF_CASE = Allowance(30, timedelta(minutes=2))
# Each has a letter written, perhaps to somebody who never asked for one.
_DECISIONS_OF_CASE = Allowance(8, timedelta(minutes=30))
_RECEIPTS_OF_MAILBOX = Allowance(5, timedelta(hours=1))
# A family, or a module with a shared computer, registers less in an hour; a person far less in a day.
_USUAL_OF_PLACE, _HOUR = 20, timedelta(hours=1)
_USUAL_OF_PERSON, _DAY = 5, timedelta(days=1)
# What one household or one customer gets of IPv6.
_IPV6_PREFIX = 64


def place_of(address: str) -> str:
    """Return what is counted for ``address``: an IPv6 network of one customer, otherwise the address itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), _IPV6_PREFIX), strict=False))


def wait_before_try(number: str, address: str, now: datetime) -> timedelta:
    """
    Return how long whoever asks from ``address`` still has to wait before trying ``number``; zero counts as a failure.

    The wait for one number doubles from half a minute up to an hour. ``forgive`` takes the failure back.
    """
    of_place, of_number = _failures(number, address)
    if wait := counting.take([of_place], now):
        return wait
    free = _FREE_TRIES_OF_SOUGHT if counting.is_spent(of_number, now) else _FREE_TRIES
    if wait := counting.wait_before_try(_pair(number, address), free, now):
        counting.give_back(of_place, now)
        return wait
    counting.take([of_number], now)
    return timedelta()


def forgive(number: str, address: str, now: datetime) -> None:
    """Count the last try of ``number`` from ``address`` as no failure, and begin anew with the two of them."""
    counting.forget_tries(_pair(number, address))
    for each in _failures(number, address):
        counting.give_back(each, now)


def wait_before_upload(address: str, now: datetime) -> timedelta:
    """Return how long whoever uploads from ``address`` before sending a case still has to wait; zero counts as one."""
    return counting.take([_uploads(address, 1)], now)


def wait_before_reading(address: str, now: datetime) -> timedelta:
    """Return how long a text being written at ``address`` still waits to be read; zero counts as a reading."""
    return counting.take([Portion(f"readings {place_of(address)}", _READINGS_OF_PLACE)], now)


def wait_before_message(number: str, address: str, files: int, now: datetime) -> timedelta:
    """Return how long a message about a case, with so many files, still has to wait; zero counts it."""
    portions = [
        Portion(f"messages {place_of(address)}", _MESSAGES_OF_PLACE),
        Portion(f"messages of {number}", _MESSAGES_OF_CASE),
    ]
    if files:
        portions += [_uploads(address, files), Portion(f"files of {number}", _FILES_OF_CASE, files)]
    return counting.take(portions, now)


def wait_before_decision(number: str, now: datetime) -> timedelta:
    """Return how long the citizen of a case waits before they close or reopen it once more; zero counts as one."""
    return counting.take([Portion(f"decisions of {number}", _DECISIONS_OF_CASE)], now)


def is_beyond_usual(address: str, identities: Collection[str], now: datetime) -> bool:
    """
    Count a registration, and tell whether its place or one of ``identities`` has had more than is usual.

    An identity is whatever stands for one person: a document, a mailbox, a telephone.
    """
    of_place = counting.count(f"registration {place_of(address)}", _HOUR, now)
    of_person = is_person_beyond_usual(identities, now)
    return of_place > _USUAL_OF_PLACE or of_person


def is_person_beyond_usual(identities: Collection[str], now: datetime) -> bool:
    """Count a registration, and tell whether one of ``identities`` has had more than is usual; its place is unknown."""
    of_people = [counting.count(f"registration of {each}", _DAY, now) for each in identities]
    return any(counted > _USUAL_OF_PERSON for counted in of_people)


def is_mailbox_full(email: str, now: datetime) -> bool:
    """Count a receipt to ``email``, and tell whether that mailbox got so many lately that this one should wait."""
    return counting.take([Portion(f"receipts to {mailbox_of(email)}", _RECEIPTS_OF_MAILBOX)], now) > timedelta()


def _failures(number: str, address: str) -> tuple[Portion, Portion]:
    return (
        Portion(f"failures {place_of(address)}", _FAILURES_OF_PLACE),
        Portion(f"failures of {number}", _FAILURES_OF_NUMBER),
    )


def _uploads(address: str, files: int) -> Portion:
    return Portion(f"upload {place_of(address)}", _UPLOADS_OF_PLACE, files)


def _pair(number: str, address: str) -> str:
    return f"{number} {place_of(address)}"
