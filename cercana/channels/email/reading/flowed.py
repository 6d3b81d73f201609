"""format=flowed (RFC 3676): paragraphs that were broken to be sent, put together again."""

import re
from typing import Final

_QUOTE: Final = re.compile(r">+")


def unflow(text: str, *, delsp: bool) -> str:
    """Return ``text`` with its flowed lines joined; ``delsp`` says that the blank at their end is no part of them."""
    lines: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth, content = _depth_and_content(line)
        if open_depth == depth and content != "-- ":
            lines[-1] = (lines[-1][:-1] if delsp else lines[-1]) + content
        else:
            lines.append(f"{'>' * depth} {content}" if depth else content)
        open_depth = depth if content.endswith(" ") and content != "-- " else -1
    return "\n".join(lines)


def _depth_and_content(line: str) -> tuple[int, str]:
    quote = _QUOTE.match(line)
    depth = quote.end() if quote else 0
    content = line[depth:]
    return depth, content.removeprefix(" ")
