"""format=flowed (RFC 3676): paragraphs that were broken to be sent, put together again."""

import re
from typing import Final

_QUOTE: Final = re.compile(r">+")


def unflow(text: str, *, delsp: bool) -> str:
    """Return ``text`` with its flowed lines joined; ``delsp`` says that the blank at their end is no part of them."""
    lines: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        depth, content = _depth_and_content(line)
        is_open = content.endswith(" ") and content != "-- "
        words = content[:-1] if is_open and delsp else content
        if open_depth == depth and content != "-- ":
            lines[-1].append(words)
        else:
            lines.append([f"{'>' * depth} {words}" if depth else words])
        open_depth = depth if is_open else -1
    return "\n".join(map("".join, lines))


def _depth_and_content(line: str) -> tuple[int, str]:
    quote = _QUOTE.match(line)
    depth = quote.end() if quote else 0
    content = line[depth:]
    return depth, content.removeprefix(" ")
