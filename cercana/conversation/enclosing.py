"""The files that go with a letter: what the staff put into the case for the person since the letter before."""

from collections.abc import Iterator

from cercana.cases import queries as cases
from cercana.cases.queries import OpenFile
from cercana.conversation.letters import Kind
from cercana.conversation.models import Delivery

# With their encoding they make ten megabytes, which mail servers everywhere take.
MOST_BYTES = 7_000_000
# Whose words the letter carries; letters of reserved cases carry nothing but the link.
_CARRYING = frozenset({Kind.MESSAGE, Kind.ANSWERED, Kind.FORWARDED})


def enclosures_of(delivery: Delivery) -> list[OpenFile]:
    """
    Return the files that go with ``delivery``, oldest first, as many as fit.

    The others, and those still being looked at, are behind the link of the letter, where all of them are.
    """
    if Kind(delivery.kind) not in _CARRYING or delivery.event is None:
        return []
    return list(_fitting(cases.files_told_with(case_id=delivery.case_id, sequence=delivery.event.sequence)))


def _fitting(files: list[OpenFile]) -> Iterator[OpenFile]:
    room = MOST_BYTES
    for file in files:
        if file.size <= room and file.path.is_file():
            room -= file.size
            yield file
