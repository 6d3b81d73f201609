"""What a mail says, once it is read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What a mail is. Where several hold, the first of this order counts."""

    LOOP = "loop"  # our own mail, or one that has gone round
    BOUNCE = "bounce"  # a mail server tells of a mail of ours
    SPAM = "spam"  # the relay has marked it
    AUTO_REPLY = "auto_reply"  # no person has written it
    LIST = "list"  # written to many
    CALENDAR = "calendar"  # an invitation, or the answer to one
    EMPTY = "empty"  # nothing new: no words, no attachment
    REPLY = "reply"  # a person goes on with a conversation
    CASE = "case"  # a person writes something new


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: the name as people read it, the address as it was written; either may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """
    A part that is kept as a file.

    ``filename`` is what the sender called it, None if nothing; ``name`` is never empty and has no path in it.
    ``inline`` parts are shown within the text: images of a signature, photos between paragraphs. ``pieces`` gives the
    bytes of the file in their order, each time anew: a large one is only decoded on its way to where it is kept.
    """

    filename: str | None
    content_type: str
    size: int
    inline: bool
    content_id: str | None
    pieces: Callable[[], Iterable[bytes]]
    name: str


@dataclass(frozen=True, slots=True)
class Failure:
    """What a mail server says of one recipient; ``action`` and ``status`` are words of RFC 3464, "" if unsaid."""

    address: str
    action: str
    status: str
    diagnostic: str


_REACHED = frozenset({"delivered", "relayed", "expanded"})


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report on a mail of ours: one entry a recipient. ``original_message_id`` is as written, with its brackets."""

    recipients: tuple[Failure, ...]
    original_message_id: str | None
    envelope_id: str | None

    @property
    def is_failure(self) -> bool:
        """Tell whether somebody was not reached, or not yet: a report of success is none."""
        return not self.recipients or any(each.action not in _REACHED for each in self.recipients)

    @property
    def failed_addresses(self) -> tuple[str, ...]:
        """Return whom the mail will never reach."""
        lost = [each for each in self.recipients if each.action not in _REACHED and each.action != "delayed"]
        return tuple(each.address for each in lost if each.address)


@dataclass(frozen=True, slots=True)
class Spam:
    """What the filters before us have written into the mail: ``score`` in their own units, ``source`` the header."""

    is_spam: bool
    score: float | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Authenticity:
    """
    Results of the trusted relay (RFC 8601): "pass", "fail", "none" and so on; None where it says nothing.

    Without a header of a relay that we trust, everything is None: a sender may write such a header too.
    """

    dmarc: str | None = None
    spf: str | None = None
    dkim: str | None = None
    authserv_id: str | None = None

    @property
    def is_proven(self) -> bool:
        """Tell whether the domain of the sender is proven to be theirs."""
        return self.dmarc == "pass"

    @property
    def is_refuted(self) -> bool:
        """Tell whether the sender's domain says that this mail is not its own."""
        return self.dmarc == "fail"


@dataclass(frozen=True, slots=True)
class Here:
    """
    What this installation is to the mail: our addresses, the domains of our Message-IDs, the relays we trust.

    All in lower case. ``authserv_ids`` are names that only our own relay writes into Authentication-Results.
    """

    addresses: frozenset[str] = frozenset()
    message_id_domains: frozenset[str] = frozenset()
    authserv_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mail:
    """
    A mail as people understand it. ``text`` is always the whole.

    ``new_text`` is what this mail adds; ``quoted`` and ``signature`` are what was left out of it. ``date`` is aware,
    None if the mail tells none that can be. Identifiers are as written, with their angle brackets.
    ``delivered_to`` are the addresses the envelope went to, as far as servers have written them down.
    """

    from_: tuple[Address, ...]
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    subject: str
    date: datetime | None
    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    text: str
    html: str | None
    new_text: str
    quoted: str
    signature: str
    attachments: tuple[Attachment, ...]
    auto_reply: bool
    bounce: Bounce | None
    is_list: bool
    is_loop: bool
    is_calendar: bool
    is_encrypted: bool
    is_signed: bool
    spam: Spam
    authenticity: Authenticity
    verdict: Verdict

    @property
    def is_bounce(self) -> bool:
        """Tell whether a mail of ours has not arrived, or not yet."""
        return self.bounce is not None and self.bounce.is_failure

    @property
    def author(self) -> Address | None:
        """Return who writes: the first From with an address, else Sender; None if the mail tells nobody."""
        named = [each for each in (*self.from_, *((self.sender,) if self.sender else ())) if each.address]
        return named[0] if named else None
