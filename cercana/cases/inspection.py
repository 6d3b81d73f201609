"""
The program that decodes a file nobody has looked at yet, in a process of its own with little memory and time.

``python -m cercana.cases.inspection SOURCE TARGET CONTENT_TYPE [--keep-location]`` writes an image anew to TARGET, or
a film without its place, and prints its content type; or it prints ``refused`` and a code. It knows nothing of Django,
the database or the network.
"""

import resource
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cercana.cases.film_location import FILM_TYPES, Blank, FilmBroken, blank, find_places
from cercana.cases.matroska_location import MATROSKA_TYPES, find_matroska_places

if TYPE_CHECKING:
    from PIL import Image

MEGAPIXELS = 50
MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 20
LARGEST_RESULT = 100_000_000
KEEP_LOCATION = "--keep-location"
REFUSED = "refused"

_FORMATS = {
    "JPEG": ("JPEG", "image/jpeg"),
    "HEIF": ("JPEG", "image/jpeg"),
    "PNG": ("PNG", "image/png"),
    "GIF": ("PNG", "image/png"),
    "WEBP": ("WEBP", "image/webp"),
}
_QUALITY = 88
# Without its profile a photo has other colours, without its transparent colour another background.
_KEPT_INFO = frozenset({"icc_profile", "transparency"})
_PDF_HEAD, _PDF_TAIL, _TAIL_BYTES = b"%PDF-", b"%%EOF", 2048


def main(arguments: list[str]) -> None:
    """Inspect one file and print the verdict."""
    _set_limits()
    source, target, content_type, *options = arguments
    keeps_location = KEEP_LOCATION in options
    verdict = content_type
    if content_type == "application/pdf":
        verdict = content_type if _is_whole_pdf(Path(source)) else _refusal("unreadable")
    elif content_type.startswith("image/"):
        verdict = _write_anew(Path(source), Path(target), keeps_location=keeps_location)
    elif content_type in FILM_TYPES | MATROSKA_TYPES and not keeps_location:
        find = find_matroska_places if content_type in MATROSKA_TYPES else find_places
        verdict = content_type if _is_rid_of_place(Path(source), Path(target), find) else _refusal("unreadable")
    sys.stdout.write(verdict)


def _set_limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_RESULT, LARGEST_RESULT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refusal(code: str) -> str:
    return f"{REFUSED} {code}"


def _is_whole_pdf(source: Path) -> bool:
    with source.open("rb") as file:
        begins = file.read(len(_PDF_HEAD)) == _PDF_HEAD
        file.seek(max(0, source.stat().st_size - _TAIL_BYTES))
        return begins and _PDF_TAIL in file.read()


def _is_rid_of_place(source: Path, target: Path, find: Callable[[BinaryIO, int], list[Blank]]) -> bool:
    """Write the film to ``target`` if a place had to be taken out of it; False if it is too broken to tell."""
    try:
        with source.open("rb") as film:
            places = find(film, source.stat().st_size)
    except FilmBroken:
        return False
    if places:
        shutil.copyfile(source, target)
        with target.open("r+b") as film:
            blank(film, places)
    return True


def _write_anew(source: Path, target: Path, *, keeps_location: bool) -> str:
    """Decode, turn upright, and encode without what the camera noted beside the picture; return the verdict."""
    # Imported here: whoever only starts this program needs no image library.
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(source, formats=tuple(_FORMATS)) as opened:
            if opened.width * opened.height > MEGAPIXELS * 1_000_000:
                return _refusal("too_many_pixels")
            form, content_type = _FORMATS[opened.format or ""]
            exif = _location_of(opened) if keeps_location else Image.Exif()
            image = ImageOps.exif_transpose(opened)
        if form == "JPEG":
            image = image.convert("RGB")
        image.info = {name: value for name, value in image.info.items() if name in _KEPT_INFO}
        image.save(target, form, quality=_QUALITY, exif=exif)
    except (OSError, SyntaxError, ValueError, EOFError, IndexError):
        # What Pillow raises for a file that is not the image it says.
        return _refusal("unreadable")
    except MemoryError:
        return _refusal("too_much_memory")
    return content_type


def _location_of(image: "Image.Image") -> "Image.Exif":
    from PIL import ExifTags, Image

    kept = Image.Exif()
    if place := image.getexif().get_ifd(ExifTags.IFD.GPSInfo):
        kept[ExifTags.IFD.GPSInfo] = place
    return kept


if __name__ == "__main__":
    main(sys.argv[1:])
