"""Which files we take and how they are told apart: by their content, never by their name."""

from dataclasses import dataclass

HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file we take; ``is_image`` ones are decoded and written anew before anybody may open them."""

    content_type: str
    extension: str
    is_image: bool = False


# In the order in which they are believed: the boxes of a HEIF photo also look like those of a film.
_TYPES = (
    FileType("image/heif", "heic", is_image=True),
    FileType("image/jpeg", "jpg", is_image=True),
    FileType("image/png", "png", is_image=True),
    FileType("image/webp", "webp", is_image=True),
    FileType("image/gif", "gif", is_image=True),
    FileType("application/pdf", "pdf"),
    FileType("video/mp4", "mp4"),
    FileType("video/quicktime", "mov"),
    FileType("video/3gpp", "3gp"),
    FileType("video/webm", "webm"),
    FileType("audio/mpeg", "mp3"),
    FileType("audio/ogg", "ogg"),
    FileType("audio/mp4", "m4a"),
)
_BY_NAME = {each.content_type: each for each in _TYPES}


def type_of(head: bytes) -> FileType | None:
    """Return the type that the first bytes of a file show, or None for one we do not take."""
    # Imported here: it reads its tables, which would slow down every start.
    import puremagic

    try:
        found = {match.mime_type for match in puremagic.magic_string(head[:HEAD_BYTES])}
    except (puremagic.PureError, ValueError):
        return None
    return next((each for each in _TYPES if each.content_type in found), None)


def is_image(content_type: str) -> bool:
    """Tell whether files of ``content_type`` are decoded and written anew."""
    return content_type in _BY_NAME and _BY_NAME[content_type].is_image


def named_after_content(name: str, content_type: str) -> str:
    """Return ``name`` with the extension of what the file is now, such as «foto.jpg» for a HEIC photo."""
    if content_type not in _BY_NAME:
        return name
    extension = _BY_NAME[content_type].extension
    stem, dot, given = name.rpartition(".")
    same = {extension, "jpeg"} if extension == "jpg" else {extension}
    return name if given.lower() in same else f"{stem if dot else name}.{extension}"
