"""
HTML as plain text, quotes marked with ">" as plain mail has them.

Mail holds HTML that no parser expects: the words must come out whatever is left open, so this reads tags one by one
and builds no tree.
"""

import html
import re
from typing import Final

from cercana.channels.email.reading.charsets import clean

_TAG: Final = re.compile(
    r"<(?:(/?)([a-zA-Z][\w:-]*)"
    r"((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*'|\"[^\"]{0,300}\"|'[^']{0,300}')*+|[^<>]*)>|(!--)|[!?][^<>]*>)"
)
_HIDDEN: Final = frozenset({"script", "style", "title", "template"})
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "html", "legend", "li", "main", "menu", "nav", "ol", "option",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_SPACED: Final = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr"])
_LAYOUT: Final = _BLOCKS | _SPACED | {"br", "blockquote", "td", "th", "img", "a"}
_ATTRIBUTE: Final = re.compile(r"""(?<![\w:-])([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SPACES: Final = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_MANY_BREAKS: Final = re.compile(r"\n{3,}")
_META_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LINK: Final = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_ENDLESS_REFERENCE: Final = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")
_SCHEME_UNSAID: Final = re.compile(r"^(?:mailto|tel):", re.IGNORECASE)
# Programs that indent write a quote without its line at the side.
_INDENT: Final = re.compile(r"border(?:-left)?\s*:\s*(?:none|0)", re.IGNORECASE)
_DEEPEST: Final = 20
_ITEM: Final = "- "


def declared_charset(content: bytes) -> str | None:
    """Return the charset that a page declares of itself, None if none."""
    found = _META_CHARSET.search(content[:4000])
    return found[1].decode("ascii", "replace") if found else None


def text_of_html(source: str) -> str:
    """Return the words of ``source`` as lines; never raise, and leave out nothing but scripts, styles and comments."""
    page = _Page()
    unclosed: set[str] = set()
    at = 0
    while found := _TAG.search(source, at):
        page.words(source[at : found.start()])
        at = found.end()
        name = found[2]
        if name is None:
            at = _comment_end(source, at, unclosed) if found[4] else at
        elif (name := name.lower()) in _HIDDEN:
            at = at if found[1] else _hidden_end(source, at, name, unclosed)
        elif name in _LAYOUT:
            page.tag(name, found[3], is_end=bool(found[1]))
    page.words(source[at:])
    return page.text()


def _comment_end(source: str, at: int, unclosed: set[str]) -> int:
    """Return where the comment that begins before ``at`` ends; ``at`` if it is never closed."""
    if "!" in unclosed:
        return at
    end = source.find("-->", at - 2)
    if end < 0:
        unclosed.add("!")
        return at
    return end + 3


def _hidden_end(source: str, at: int, name: str, unclosed: set[str]) -> int:
    """Return where an element that is not shown ends; ``at`` if it is never closed, for the words may follow."""
    if name in unclosed:
        return at
    end = re.compile(rf"</{name}\s*>?", re.IGNORECASE).search(source, at)
    if end is None:
        unclosed.add(name)
        return at
    return end.end()


class _Page:
    """The lines so far, the last of them in pieces."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes: list[bool] = []  # of each open blockquote, whether it is a quote, and no mere indent
        self.depth = 0
        self.preformatted = 0
        self.link = ""
        self.link_start = 0

    def words(self, raw: str) -> None:
        """Add what stands between two tags."""
        if not raw:
            return
        text = _unescaped(raw) if "&" in raw else raw
        if self.preformatted:
            first, *rest = clean(text).split("\n")
            self.line.append(first)
            for each in rest:
                self.end_line()
                self.line.append(each)
            return
        if text.isspace():
            text = " "
        elif "\n" in text or "  " in text or "\t" in text:
            text = _SPACES.sub(" ", text)
        if not self.line or self.line[-1].endswith(" "):
            text = text.removeprefix(" ")
        if text:
            self.line.append(text)

    def tag(self, name: str, attributes: str, *, is_end: bool) -> None:
        """Do what a tag does to the lines."""
        if name == "br":
            self.end_line()
        elif name == "blockquote":
            self._quote(attributes, is_end=is_end)
        elif name in _SPACED:
            self._paragraph()
            self._special_paragraph(name, is_end=is_end)
        elif name in _BLOCKS:
            self._block()
            if name == "li" and not is_end:
                self.line.append(_ITEM)
        elif name in ("td", "th"):
            if not is_end and self.line:
                self.line.append("  ")
        elif name == "img" and not is_end:
            self._image(attributes)
        elif name == "a":
            self._anchor(attributes, is_end=is_end)

    def text(self) -> str:
        """Return the lines, with one blank line between paragraphs at most."""
        self.end_line()
        return _MANY_BREAKS.sub("\n\n", clean("\n".join(self.lines))).strip("\n")

    def end_line(self) -> None:
        """Finish the last line, blank or not."""
        # A blank that does not break is a blank; a place where a word may be cut is nothing.
        prefix = "> " * min(self.depth, _DEEPEST)
        self.lines.append((prefix + "".join(self.line)).replace("\xa0", " ").replace("\xad", "").rstrip())
        self.line = []

    def _block(self) -> None:
        if self.line and self.line != [_ITEM]:
            self.end_line()

    def _paragraph(self) -> None:
        self._block()
        if not self.line and self.lines and self.lines[-1].strip("> "):
            self.end_line()

    def _quote(self, attributes: str, *, is_end: bool) -> None:
        self._block()
        if not is_end:
            self._paragraph()
            self.quotes.append(not _INDENT.search(attributes) or "cite" in attributes)
            self.depth += self.quotes[-1]
        elif self.quotes:
            self.depth -= self.quotes.pop()

    def _special_paragraph(self, name: str, *, is_end: bool) -> None:
        if name == "pre":
            self.preformatted = max(0, self.preformatted + (-1 if is_end else 1))
        elif name == "hr":
            self.line.append("_" * 32)
            self.end_line()

    def _image(self, attributes: str) -> None:
        alt = " ".join(_unescaped(_attribute(attributes, "alt")).split())
        if alt:
            self.line.append(f"[{alt}]")

    def _anchor(self, attributes: str, *, is_end: bool) -> None:
        if not is_end:
            self.link = _unescaped(_attribute(attributes, "href")).strip()
            self.link_start = len(self.line)
            return
        shown = "".join(self.line[self.link_start :]).strip()
        target = _SCHEME_UNSAID.sub("", self.link)
        if shown and _LINK.match(self.link) and target.rstrip("/") not in shown and shown not in target:
            self.line.append(f" <{target}>")
        self.link = ""


def _unescaped(raw: str) -> str:
    """Return ``raw`` with its references read; a number of thousands of digits is no letter, and Python refuses it."""
    return html.unescape(_ENDLESS_REFERENCE.sub("\ufffd", raw))


def _attribute(attributes: str, name: str) -> str:
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() == name:
            return found[2] or found[3] or found[4] or ""
    return ""
