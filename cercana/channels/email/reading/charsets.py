"""Bytes to words, whatever the mail says of them: it is often wrong, or says nothing."""

import codecs
import re
from typing import Final

# What senders write is read as browsers read it (WHATWG Encoding): the wider set that contains the declared one.
_WIDER: Final = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252",
    "8859-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "ansi_x3.4-1968": "cp1252", "windows1252": "cp1252",
    "cp-1252": "cp1252", "x-ansi": "cp1252", "ansi": "cp1252", "iso-8859-1-windows-1252": "cp1252",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "iso-8859-9": "cp1254", "iso-8859-11": "cp874",
    "tis-620": "cp874", "windows-874": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030",
    "x-gbk": "gb18030", "cp936": "gb18030", "ms936": "gb18030", "euc-cn": "gb18030", "hz-gb-2312": "hz",
    "big5": "big5hkscs", "x-x-big5": "big5hkscs", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949",
    "windows-949": "cp949", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "iso-2022-jp-1": "iso2022_jp_ext", "iso-2022-jp-2": "iso2022_jp_2",
    "iso-2022-jp-ms": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext", "unicode-1-1-utf-7": "utf-7", "utf7": "utf-7",
    "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8", "utf-8-mac": "utf-8", "cp65001": "utf-8", "utf": "utf-8",
    "iso-8859-8-i": "iso8859_8", "iso-8859-8-e": "iso8859_8", "iso-8859-6-i": "iso8859_6", "koi8": "koi8_r",
    "koi": "koi8_r", "koi8-ru": "koi8_u", "x-cp1251": "cp1251", "x-cp1250": "cp1250", "visual": "iso8859_8",
}  # fmt: skip
# Codecs of Python that no mail can mean.
_NOT_CHARSETS: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"}
)
_WESTERN: Final = frozenset({"cp1252", "iso8859_15", "iso-8859-15", "mac_roman", "cp1254"})
_STATEFUL: Final = frozenset({"utf-7", "hz", "iso2022_jp_ext", "iso2022_jp_2", "iso2022_kr", "iso-2022-kr"})
_RUNS_OF_HIGH_BYTES: Final = re.compile(rb"[\x80-\xff]+")
_ISO_2022_JP: Final = re.compile(rb"\x1b(?:\$[@B]|\(J)")
_UNWANTED: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
_COMMON_HANZI: Final = re.compile(rb"(?:[\xb0-\xd7][\xa1-\xfe]|[\xa1\xa3][\xa1-\xfe]|[\x00-\x7f])*\Z")
_COMMON_CYRILLIC: Final = frozenset("оеаинтсрвлкмдпуяьызб")
_FOREIGN: Final = ("koi8_r", "cp1251")
_WESTERN_BYTES: Final = "cercana-western-bytes"
# A guess looks at so many bytes at most.
_SAMPLE: Final = 20_000


def decode(content: bytes, declared: str | None) -> str:
    """
    Return the words of ``content``, whose charset is said to be ``declared``; never raise, never drop a byte.

    The declaration is believed where it can be true; a Western one is not where the bytes are plainly UTF-8.
    """
    codec = codec_of(declared)
    if content.isascii() and codec not in _STATEFUL and not (codec or "").startswith(("utf-16", "utf_16", "utf-32")):
        return _guess_ascii(content) if codec in (None, "cp1252") else content.decode("ascii")
    if codec is None or codec in _WESTERN:
        return _strict(content, "utf-8") or (_strict(content, codec) if codec else None) or _guess(content)
    return _strict(content, codec) or _damaged(content, codec)


def codec_of(declared: str | None) -> str | None:
    """Return Python's name of the charset a mail declares, None if there is none such."""
    if not declared:
        return None
    name = declared.partition("(")[0].strip("\"' \t").lower()
    name = _WIDER.get(name, name)
    if not re.fullmatch(r"[\w.:+-]{2,40}", name) or name.replace("-", "_") in _NOT_CHARSETS:
        return None
    try:
        b"".decode(name)
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return name


def clean(text: str) -> str:
    """Return ``text`` with line feeds only, and without what no page or column can hold: NUL, lone surrogates."""
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if "\x0c" in text:
        text = text.replace("\x0c", "\n")
    return _UNWANTED.sub("", text)


def _strict(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _guess_ascii(content: bytes) -> str:
    if b"\x1b" in content and _ISO_2022_JP.search(content):
        return _strict(content, "iso2022_jp_ext") or content.decode("ascii")
    return content.decode("ascii")


def _damaged(content: bytes, codec: str) -> str:
    """Return the words of bytes that are not what they are said to be: damaged, or of another set."""
    if codec in ("utf-8", "utf8", "utf_8"):
        return _guess(content)
    utf8 = _strict(content, "utf-8")
    if utf8 is not None and codec not in _STATEFUL:
        return utf8
    return content.decode(codec, "replace") if codec in _STATEFUL else _best_of(content, codec)


def _best_of(content: bytes, codec: str) -> str:
    damaged = content.decode(codec, "replace")
    lost = damaged.count("\ufffd")
    return damaged if lost * 10 <= len(damaged) else content.decode("utf-8", _WESTERN_BYTES)


def _guess(content: bytes) -> str:
    """Return the most likely words of bytes with no truth told about them."""
    sample = content[:_SAMPLE]
    start = sample.decode("utf-8", "replace")
    is_utf8 = sum(each > "\x7f" for each in start) > 3 * start.count("\ufffd")
    runs = _RUNS_OF_HIGH_BYTES.findall(sample)
    if not is_utf8 and sum(map(len, runs)) >= 3 * len(runs):
        return _foreign(content)
    return content.decode("utf-8", _WESTERN_BYTES)


def _foreign(content: bytes) -> str:
    """Return words of a script that is written in high bytes throughout: Chinese, or Russian."""
    if _COMMON_HANZI.match(content):
        chinese = _strict(content, "gb18030")
        if chinese is not None:
            return chinese
    sample = content[:_SAMPLE]
    codec = max(_FOREIGN, key=lambda each: sum(c in _COMMON_CYRILLIC for c in sample.decode(each, "replace")))
    text = content.decode(codec, "replace")
    russian = sum("а" <= each <= "я" for each in text[:_SAMPLE])
    return (
        text if russian * 2 > sum(each > "\x7f" for each in text[:_SAMPLE]) else content.decode("utf-8", _WESTERN_BYTES)
    )


def _western_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read what is not UTF-8 as Windows-1252, and the five bytes it leaves open as Latin-1: nothing is dropped."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(map(_WINDOWS_1252.__getitem__, wrong)), error.end


_WINDOWS_1252: Final = [
    chr(each) if each in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([each]).decode("cp1252") for each in range(256)
]
codecs.register_error(_WESTERN_BYTES, _western_bytes)
