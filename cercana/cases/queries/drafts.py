"""What is kept of a case that somebody is still writing."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cercana.cases.draft_secrets import digest_of
from cercana.cases.models import Attachment, Draft, Submission


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a draft; ``state`` is ``waiting`` until it was looked at, then ``ready`` or ``refused``."""

    key: uuid.UUID
    name: str
    size: int
    content_type: str
    state: str
    refusal: str


@dataclass(frozen=True, slots=True)
class DraftKept:
    """
    A draft: what was typed in each part, its files, and the number of the case it became, or "".

    ``sent_at`` is when it became one; ``is_revoked`` tells that the case has changed its code since.
    """

    client_key: uuid.UUID
    parts: Mapping[str, Mapping[str, object]]
    saved_at: datetime
    files: Sequence[DraftFile]
    number: str
    sent_at: datetime | None
    is_revoked: bool


def find_draft(secret: str) -> DraftKept | None:
    """Return the draft of ``secret``, or None if there is none."""
    draft = Draft.objects.filter(key_digest=digest_of(secret)).first()
    if draft is None:
        return None
    sent = Submission.objects.filter(client_key=draft.client_key)
    number, generation = sent.values_list("case__number", "case__access_generation").first() or ("", None)
    rows = Attachment.objects.filter(draft=draft).order_by("id")
    files = [
        DraftFile(*values) for values in rows.values_list("key", "name", "size", "content_type", "state", "refusal")
    ]
    is_revoked = generation != draft.sent_generation
    return DraftKept(draft.client_key, draft.fields, draft.saved_at, files, number, draft.sent_at, is_revoked)
