"""One way of comparing words without minding accents or capitals."""

import unicodedata

_MARKS = dict.fromkeys(range(0x0300, 0x0370))


def fold(text: str) -> str:
    """
    Return ``text`` as search and order see it: NFKD, without the marks U+0300 to U+036F, in lower case.

    Each character is lowered alone (the last sigma of a Greek word depends on its neighbours otherwise), so that a
    prefix folds to the prefix of its fold: an unfinished word finds the finished one.
    """
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text).translate(_MARKS)
    return "".join([character.lower() for character in bare])
