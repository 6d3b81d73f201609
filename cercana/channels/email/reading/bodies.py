"""The text, the HTML and the files of a mail, collected from its parts."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Final

from cercana.channels.email.reading.calendar import text_of_calendar
from cercana.channels.email.reading.charsets import clean, decode
from cercana.channels.email.reading.files import file_of, make_file, type_of_name
from cercana.channels.email.reading.flowed import unflow
from cercana.channels.email.reading.html_text import declared_charset, text_of_html
from cercana.channels.email.reading.mail import Attachment
from cercana.channels.email.reading.phrases import any_of
from cercana.channels.email.reading.signed import signed_content
from cercana.channels.email.reading.structure import Part, read_structure
from cercana.channels.email.reading.tnef import unpack
from cercana.channels.email.reading.uuencoded import take_out

# A text part longer than this is no letter: its beginning is shown, and the whole is kept as a file.
_LONGEST_TEXT: Final = 2_000_000
_TO_READ: Final = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext"})
_SMIME: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
# Plain text that only says that the mail is to be read elsewhere.
_STUB: Final = any_of(
    "html", "no (?:puede|es posible) (?:ver|mostrar)", "view (?:this|it) ", "ver (?:este|el) (?:correo|mensaje)",
    "(?:does not|doesn't) support",
)  # fmt: skip
_STUB_LENGTH: Final = 300
_RICH_COMMANDS: Final = re.compile(r"<param>[^<]{0,200}</param>|</?[\w-]{1,40}>", re.IGNORECASE)
_MARK_OF_MAIL: Final = "---------- Mensaje adjunto ----------"
_MOST_WRAPS: Final = 3
_MOST_MAILS: Final = 2
# What programs write before the first part, for programs that knew no MIME.
_PREAMBLE: Final = any_of("multi-?part", r"\bMIME\b")


@dataclass(frozen=True)
class Page:
    """A page of HTML, whose words are only read off it if somebody wants them."""

    source: str

    @cached_property
    def words(self) -> str:
        """Return the page as plain text."""
        return text_of_html(self.source)


@dataclass
class Body:
    """What has been collected so far: texts and pages in the order of the mail, and its files."""

    texts: list[str | Page] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    is_signed: bool = False
    is_encrypted: bool = False
    wraps: int = 0
    mails: int = 0

    @property
    def text(self) -> str:
        """Return all texts, a blank line between two."""
        texts = (each if isinstance(each, str) else each.words for each in self.texts)
        return "\n\n".join(each for each in (text.strip("\n") for text in texts) if each.strip())

    @property
    def html(self) -> str | None:
        """Return all pages, None if there is none."""
        return "\n".join(self.pages) or None

    def take(self, other: "Body", *, with_text: bool) -> None:
        """Add what another has collected."""
        self.texts += other.texts if with_text else []
        self.pages += other.pages
        self.files += other.files
        self.is_signed |= other.is_signed
        self.is_encrypted |= other.is_encrypted


def collect(part: Part, *, wraps: int = 0, mails: int = 0) -> Body:
    """Return what ``part`` and all below it hold; it lies within so many signatures and other mails."""
    body = Body(wraps=wraps, mails=mails)
    _add(part, body, within="")
    shown = "\n".join(body.pages)
    if "cid:" in shown:
        body.files = [
            replace(each, inline=True) if each.content_id and f"cid:{each.content_id}" in shown else each
            for each in body.files
        ]
    if not body.text:
        _add_what_else_there_is(part, body)
    return body


def _whole(content: bytes) -> tuple[bytes]:
    return (content,)


def _words(content: bytes, charset: str | None) -> str:
    return clean(decode(content[:_LONGEST_TEXT], charset))


def _add(part: Part, body: Body, *, within: str) -> None:
    if part.content_type == "multipart/alternative" and part.children:
        _add_alternative(part, body)
    elif part.content_type == "multipart/report" and part.children:
        _add_report(part, body)
    elif part.maintype == "multipart":
        _add_several(part, body)
    elif part.children:
        _add_mail(part, body)
    elif _is_shown(part, body):
        _add_text(part, body)
    elif part.content_type in _SMIME:
        _add_wrapped(part, body)
    elif part.size_as_sent or part.headers.fields:
        _add_file(part, body, within=within)


def _add_several(part: Part, body: Body) -> None:
    body.is_signed |= part.content_type == "multipart/signed"
    body.is_encrypted |= part.content_type == "multipart/encrypted"
    for child in part.children:
        _add(child, body, within=part.content_type)


def _add_report(part: Part, body: Body) -> None:
    """Add what is for people in a report; the mail it returns is no word of its sender, and stays a file."""
    for child in part.children:
        if child.maintype == "message" or child.content_type == "text/rfc822-headers":
            body.files.append(file_of(child))
        else:
            _add(child, body, within=part.content_type)


def _is_shown(part: Part, body: Body) -> bool:
    """Tell whether a part is read where it stands: a text with a name is a file, unless the mail begins with it."""
    if part.content_type not in _TO_READ or part.disposition[0] == "attachment":
        return False
    return not part.filename or not (body.texts or body.files)


def _add_text(part: Part, body: Body) -> None:
    content = part.content()
    if len(content) > _LONGEST_TEXT:
        body.files.append(file_of(part))
    charset = part.parameters.get("charset")
    if part.content_type == "text/html":
        page = _words(content, charset or declared_charset(content))
        body.pages.append(page)
        body.texts.append(Page(page))
        return
    if b"begin " in content:
        content = _without_files(content, body)
    text = _words(content, charset)
    if part.content_type != "text/plain":
        text = _RICH_COMMANDS.sub("", text).replace("<<", "<")
    if part.parameters.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=part.parameters.get("delsp", "").lower() == "yes")
    body.texts.append(text)
    body.is_encrypted |= "-----BEGIN PGP MESSAGE-----" in text
    body.is_signed |= "-----BEGIN PGP SIGNED MESSAGE-----" in text


def _without_files(content: bytes, body: Body) -> bytes:
    left, found = take_out(content)
    for raw_name, file in found:
        name = clean(decode(raw_name, None))
        body.files.append(make_file(filename=name, content_type=type_of_name(name), pieces=partial(_whole, file)))
    return left


def _add_alternative(part: Part, body: Body) -> None:
    """Add the same thing in several forms: plain text to be read, unless it only says that there is HTML."""
    forms = []
    for child in part.children:
        form = Body(wraps=body.wraps, mails=body.mails)
        _add(child, form, within=part.content_type)
        forms.append(form)
        body.take(form, with_text=False)
    plain = next((form for form in forms if not form.pages and form.text), None)
    if plain and not _may_be_stub(plain.text):
        body.texts += plain.texts
        return
    rich = next((form for form in reversed(forms) if form.pages and form.text), None)
    if plain and (rich is None or len(rich.text) <= 2 * len(plain.text)):
        rich = plain
    body.texts += rich.texts if rich else []


def _may_be_stub(plain: str) -> bool:
    return len(plain) < _STUB_LENGTH and _STUB.search(plain) is not None


def _add_mail(part: Part, body: Body) -> None:
    """Add a mail within a mail: the file itself, its words under its main fields, and its own files."""
    inner = part.children[0]
    content = collect(inner, wraps=body.wraps, mails=body.mails + 1)
    labels = {"De": "from", "Fecha": "date", "Asunto": "subject", "Para": "to"}
    told = {label: inner.headers.text(name) for label, name in labels.items()}
    fields = [f"{label}: {' '.join(value.split())}" for label, value in told.items() if value]
    # A mail in a mail in a mail is in the file of the second.
    body.files += [file_of(part)] if body.mails < _MOST_MAILS else []
    body.files += content.files
    body.texts.append("\n".join([_MARK_OF_MAIL, *fields, "", content.text]))


def _add_wrapped(part: Part, body: Body) -> None:
    """Add a mail that its signature wraps; one that is encrypted stays a file."""
    content = part.content()
    may_be_read = body.wraps < _MOST_WRAPS and "signed" in part.parameters.get("smime-type", "signed")
    inner = signed_content(content) if may_be_read else None
    if inner is None:
        body.is_encrypted = True
        body.files.append(file_of(part))
        return
    body.is_signed = True
    body.take(collect(read_structure(inner), wraps=body.wraps + 1, mails=body.mails), with_text=True)


def _add_file(part: Part, body: Body, *, within: str) -> None:
    is_tnef = part.content_type in ("application/ms-tnef", "application/vnd.ms-tnef")
    packed = unpack(part.content()) if is_tnef or (part.filename or "").lower() == "winmail.dat" else None
    if packed is None:
        body.files.append(file_of(part, within=within))
        return
    for each in packed.files:
        kind = each.content_type if "/" in each.content_type else type_of_name(each.name)
        body.files.append(
            make_file(
                filename=each.name,
                content_type=kind.lower(),
                pieces=partial(_whole, each.content),
                content_id=each.content_id or None,
            )
        )
    if not body.text:
        body.texts.append(packed.text or Page(packed.html))
        body.pages += [packed.html] if packed.html else []


def _add_what_else_there_is(part: Part, body: Body) -> None:
    """Give a mail without a text the words it has elsewhere: an invitation's, a report's, those between its parts."""
    for each in part.walk():
        if each.content_type == "text/calendar":
            body.texts.append(text_of_calendar(_words(each.content(), each.parameters.get("charset"))))
        elif each.content_type == "message/delivery-status":
            body.texts.append(_words(each.content(), None))
        for start, end in each.beside:
            words = _words(each.raw[start : min(end, start + _LONGEST_TEXT)], None)
            body.texts += [] if _PREAMBLE.search(words) else [words]
