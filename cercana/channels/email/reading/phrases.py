"""Phrases by which mail programs are recognized."""

import re


def any_of(*patterns: str, before: str = "", behind: str = "") -> re.Pattern[str]:
    """Return a pattern of any of ``patterns``, in capitals or not, with ``before`` and ``behind`` around it."""
    return re.compile(f"{before}(?:{'|'.join(patterns)}){behind}", re.IGNORECASE)
