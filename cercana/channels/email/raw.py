"""The bytes of a kept mail, put together again."""

import uuid

from cercana.channels.email.models import MailPiece


def raw_of(key: uuid.UUID) -> bytes:
    """Return the mail as it was sent; empty once its person was erased."""
    whole = bytearray()
    pieces = MailPiece.objects.filter(mail_id=key).order_by("ordinal").values_list("content", flat=True)
    for content in pieces.iterator(chunk_size=4):
        whole += content
    return bytes(whole)
