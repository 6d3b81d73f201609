"""Parts that are kept as files."""

import mimetypes
import re
from collections.abc import Callable, Iterable
from typing import Final

from cercana.channels.email.reading.charsets import clean
from cercana.channels.email.reading.mail import Attachment
from cercana.channels.email.reading.structure import Part

_PATH: Final = re.compile(r"[\\/:*?\"<>|\x00-\x1f]+")
_LONGEST_NAME: Final = 150
# The table of the system differs from machine to machine; these are what people send.
_EXTENSIONS: Final = {
    "text/calendar": ".ics", "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/png": ".png", "image/gif": ".gif",
    "image/heic": ".heic", "image/webp": ".webp", "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv",
    "text/rfc822-headers": ".txt", "application/pdf": ".pdf",
    "application/zip": ".zip", "audio/ogg": ".ogg", "audio/mpeg": ".mp3", "audio/amr": ".amr", "video/mp4": ".mp4",
    "video/3gpp": ".3gp", "application/pgp-signature": ".asc", "application/pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m", "application/x-pkcs7-mime": ".p7m",
}  # fmt: skip


def file_of(part: Part, *, within: str = "") -> Attachment:
    """Return ``part`` as a file; ``within`` is the type of the multipart that holds it."""
    disposition, _ = part.disposition
    content_id = (part.headers.unfolded("content-id") or "").strip().strip("<>") or None
    is_resource = within == "multipart/related" and content_id is not None
    return make_file(
        filename=part.filename or _last_of_location(part),
        content_type=part.content_type,
        pieces=part.pieces,
        inline=disposition == "inline" or (disposition != "attachment" and is_resource),
        content_id=content_id,
        title=part.children[0].headers.text("subject") if part.children else part.headers.text("content-description"),
    )


def _last_of_location(part: Part) -> str | None:
    """Return the name that a resource of a page has in its address, None if it has none."""
    location = part.headers.text("content-location")
    return location.rstrip("/").rpartition("/")[2] or None if "cid:" not in location else None


def make_file(
    *,
    filename: str | None,
    content_type: str,
    pieces: Callable[[], Iterable[bytes]],
    inline: bool = False,
    content_id: str | None = None,
    title: str = "",
) -> Attachment:
    """Return a file with a name to keep it under: its own without a path, or one made of its title and type."""
    told = " ".join(clean(filename or "").split())
    name = _PATH.split(told)[-1].strip(". ") if told else ""
    if not name:
        plain_title = " ".join(_PATH.sub(" ", title).split()).strip(". ")
        name = (plain_title[:_LONGEST_NAME] or "adjunto") + _extension(content_type)
    size = sum(map(len, pieces()))
    return Attachment(told or None, content_type, size, inline, content_id, pieces, name[-_LONGEST_NAME:])


def _extension(content_type: str) -> str:
    if content_type in ("message/rfc822", "message/global", "message/news"):
        return ".eml"
    if content_type.startswith("message/"):
        return ".txt"
    return _EXTENSIONS.get(content_type) or mimetypes.guess_extension(content_type) or ".bin"


def type_of_name(name: str) -> str:
    """Return the type that the ending of ``name`` tells."""
    return mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"
