"""Files of a request on their way to where cases keep them."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile

from cercana.cases.commands import IncomingFile


def incoming(files: Iterable[object]) -> list[IncomingFile]:
    """Return the uploaded ``files``; large ones lie on the disk and are read piece by piece."""
    return [
        IncomingFile(each.name or "", each.size or 0, each.chunks()) for each in files if isinstance(each, UploadedFile)
    ]
