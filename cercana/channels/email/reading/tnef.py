"""
winmail.dat: what Outlook packs when it believes to write to Outlook (MS-OXTNEF).

Only what people miss is taken out of it: the files and the text. The library for it copies the rest of the file at
each object, and counts to four thousand million if the file says so; a mail of a stranger is no place for that.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from cercana.channels.email.reading.charsets import clean, decode

_SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_OBJECT: Final = struct.Struct("<BHHI")
_WORD: Final = struct.Struct("<I")
_PROPERTY: Final = struct.Struct("<HH")
_BODY, _FILE_NAME, _FILE_DATA, _FILE_START = 0x800C, 0x8010, 0x800F, 0x9002
_PROPERTIES, _FILE_PROPERTIES, _CODE_PAGE = 0x9003, 0x9005, 0x9007
_TEXT, _HTML, _OBJECT_DATA, _LONG_NAME, _SHORT_NAME = 0x1000, 0x1013, 0x3701, 0x3707, 0x3704
_MEDIA_TYPE, _CONTENT_ID = 0x370E, 0x3712
_MANY_VALUES, _NAMED = 0x1000, 0x8000
_LENGTHS: Final = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE: Final = frozenset({0x0D, 0x1E, 0x1F, 0x102})
_UNICODE: Final = 0x1F
_MOST_FILES: Final = 500


@dataclass
class PackedFile:
    """A file in winmail.dat."""

    name: str = ""
    content_type: str = ""
    content_id: str = ""
    content: bytes = b""


@dataclass
class Packed:
    """What winmail.dat holds."""

    text: str = ""
    html: str = ""
    files: list[PackedFile] = field(default_factory=list)


def unpack(content: bytes) -> Packed | None:
    """Return what ``content`` holds, None if it is no such file or nothing can be read of it."""
    if not content.startswith(_SIGNATURE):
        return None
    packed = Packed()
    code_page = "cp1252"
    for name, value in _objects(memoryview(content)):
        if name == _CODE_PAGE and len(value) >= _WORD.size:
            code_page = f"cp{_WORD.unpack_from(value)[0]}"
        elif name == _FILE_START and len(packed.files) < _MOST_FILES:
            packed.files.append(PackedFile())
        elif name == _BODY:
            packed.text = packed.text or _text(value, code_page)
        elif name == _PROPERTIES:
            _read_message(packed, value, code_page)
        elif packed.files:
            _read_file(packed.files[-1], name, value, code_page)
    packed.files = [each for each in packed.files if each.content]
    return packed if packed.files or packed.text or packed.html else None


def _objects(content: memoryview) -> Iterator[tuple[int, memoryview]]:
    at = 6
    while at + _OBJECT.size <= len(content):
        _, name, _, length = _OBJECT.unpack_from(content, at)
        at += _OBJECT.size
        yield name, content[at : at + length]
        at += length + 2  # its checksum


def _text(value: memoryview, charset: str) -> str:
    return clean(decode(bytes(value).rstrip(b"\x00"), charset))


def _read_message(packed: Packed, value: memoryview, code_page: str) -> None:
    for kind, name, content in _properties(value):
        charset = "utf-16-le" if kind == _UNICODE else code_page
        if name == _TEXT:
            packed.text = _unicode(content) if kind == _UNICODE else _text(content, charset)
        elif name == _HTML:
            packed.html = _unicode(content) if kind == _UNICODE else _text(content, "")


def _unicode(value: memoryview) -> str:
    return clean(bytes(value).decode("utf-16-le", "replace"))


def _read_file(file: PackedFile, name: int, value: memoryview, code_page: str) -> None:
    if name == _FILE_NAME:
        file.name = file.name or _text(value, code_page)
    elif name == _FILE_DATA:
        file.content = bytes(value)
    elif name == _FILE_PROPERTIES:
        for kind, number, content in _properties(value):
            text = _unicode(content) if kind == _UNICODE else ""
            if number == _LONG_NAME or (number == _SHORT_NAME and not file.name):
                file.name = text or _text(content, code_page)
            elif number == _MEDIA_TYPE:
                file.content_type = text or _text(content, code_page)
            elif number == _CONTENT_ID:
                file.content_id = text or _text(content, code_page)
            elif number == _OBJECT_DATA and not file.content:
                file.content = bytes(content)


def _properties(value: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """Yield type, number and first value of each property; stop at the first that does not fit."""
    at = _WORD.size
    try:
        while at + _PROPERTY.size <= len(value):
            kind, number = _PROPERTY.unpack_from(value, at)
            at = _behind_name(value, at + _PROPERTY.size, number)
            length = _LENGTHS.get(kind & ~_MANY_VALUES)
            if length is not None:
                many = kind & _MANY_VALUES
                at += _WORD.size + _WORD.unpack_from(value, at)[0] * length if many else length
            elif kind & ~_MANY_VALUES in _VARIABLE:
                count = _WORD.unpack_from(value, at)[0]
                at += _WORD.size
                for index in range(count):
                    size = _WORD.unpack_from(value, at)[0]
                    if index == 0:
                        yield kind & ~_MANY_VALUES, number, value[at + _WORD.size : at + _WORD.size + size]
                    at += _WORD.size + _padded(size)
            else:
                return
    except struct.error:
        return


def _behind_name(value: memoryview, at: int, number: int) -> int:
    """Return where the value of a property begins: those with a name of their own tell it first."""
    if number < _NAMED:
        return at
    if _WORD.unpack_from(value, at + 16)[0] == 0:
        return at + 24
    return at + 24 + _padded(_WORD.unpack_from(value, at + 20)[0])


def _padded(length: int) -> int:
    return length + -length % 4
