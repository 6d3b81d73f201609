"""
Text messages as a telephone network carries them: which letters it knows, and how many messages a text takes.

Source: 3GPP TS 23.038, 6.2.1 (the default alphabet) and 23.040, 9.2.3.24.1 (messages that belong together).
"""

import unicodedata

LONGEST = 160
# Of each message of several, seven letters go for saying which belong together.
_LONGEST_OF_SEVERAL = 153
_ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("^{}\\[~]|€")
_PLAIN = {"«": '"', "»": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\xa0": " "}


def in_network_letters(text: str) -> str:
    """Return ``text`` in the letters of the default alphabet: «código» becomes «codigo», an unknown sign «?»."""
    return "".join(_letter(each) for each in text)


def messages_for(text: str) -> int:
    """Return how many messages ``text``, in letters of the network, takes and costs: 160 letters fit in one."""
    length = sum(2 if each in _ESCAPED else 1 for each in text)
    return 1 if length <= LONGEST else -(-length // _LONGEST_OF_SEVERAL)


def _letter(sign: str) -> str:
    if sign in _ALPHABET or sign in _ESCAPED:
        return sign
    plain = _PLAIN.get(sign) or unicodedata.normalize("NFKD", sign)[0]
    return plain if all(each in _ALPHABET for each in plain) else "?"
