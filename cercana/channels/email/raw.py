"""The bytes of a kept mail, put together again."""

import io
import uuid

from cercana.channels.email.models import MailPiece

_AT_ONCE = 4


def raw_of(key: uuid.UUID) -> bytes:
    """Return the mail as it was sent; empty once its person was erased."""
    pieces = MailPiece.objects.filter(mail_id=key).order_by("ordinal").values_list("content", flat=True)
    # Nearly every mail is one piece: only a large one is worth the statements of a cursor.
    first = list(pieces[: _AT_ONCE + 1])
    if len(first) <= _AT_ONCE:
        return b"".join(first)
    del first
    # Gives out what it holds without a copy.
    whole = io.BytesIO()
    for content in pieces.iterator(chunk_size=_AT_ONCE):
        whole.write(content)
    return whole.getvalue()
