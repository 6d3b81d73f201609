"""The text, the HTML and the files of a mail, collected from its parts."""

import mimetypes
import re
from dataclasses import dataclass, field, replace
from typing import Final

from cercana.channels.email.reading.charsets import clean, decode
from cercana.channels.email.reading.encoded_words import decode_words
from cercana.channels.email.reading.flowed import unflow
from cercana.channels.email.reading.html_text import declared_charset, text_of_html
from cercana.channels.email.reading.mail import Attachment
from cercana.channels.email.reading.parameters import parameters
from cercana.channels.email.reading.structure import Part

# A text part longer than this is no letter: its beginning is shown, and the whole is kept as a file.
_LONGEST_TEXT: Final = 2_000_000
_STUB: Final = re.compile(
    r"html|no (?:puede|es posible) (?:ver|mostrar)|view this|ver (?:este|el) (?:correo|mensaje)|does not support",
    re.IGNORECASE,
)
_STUB_LENGTH: Final = 300
_PATH: Final = re.compile(r"[\\/\x00-\x1f]+")


@dataclass
class Body:
    """What has been collected so far: texts and pages in the order of the mail, files as attachments."""

    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return all texts, a blank line between two."""
        return "\n\n".join(each for each in (text.strip("\n") for text in self.texts) if each.strip())

    @property
    def html(self) -> str | None:
        """Return all pages, None if there is none."""
        return "\n".join(self.pages) or None


def collect(part: Part) -> Body:
    """Return what ``part`` and all below it hold."""
    body = Body()
    _add(part, body, within="")
    shown = " ".join(body.pages)
    if "cid:" in shown.lower():
        body.attachments = [
            replace(each, inline=True) if each.content_id and f"cid:{each.content_id}" in shown else each
            for each in body.attachments
        ]
    return body


def _add(part: Part, body: Body, *, within: str) -> None:
    if part.maintype == "multipart" and part.children:
        if part.content_type == "multipart/alternative":
            _add_alternative(part, body)
        else:
            for child in part.children:
                _add(child, body, within=part.content_type)
    elif part.children:
        _add_mail(part, body)
    elif _is_shown(part):
        _add_text(part, body)
    elif part.size_as_sent or part.headers.fields:
        body.attachments.append(attachment_of(part, within=within))


def _is_shown(part: Part) -> bool:
    """Tell whether a part is read where it stands, and not kept as a file."""
    if part.content_type not in (
        "text/plain",
        "text/html",
        "text/enriched",
        "text/richtext",
        "message/delivery-status",
    ):
        return False
    disposition, options = parameters(part.headers.unfolded("content-disposition") or "")
    return disposition != "attachment" and not options.get("filename") and not part.parameters.get("name")


def _add_text(part: Part, body: Body) -> None:
    content = part.content()
    if len(content) > _LONGEST_TEXT:
        body.attachments.append(attachment_of(part, within=""))
        content = content[:_LONGEST_TEXT]
    charset = part.parameters.get("charset")
    if part.content_type == "text/html":
        page = clean(decode(content, charset or declared_charset(content)))
        body.pages.append(page)
        body.texts.append(text_of_html(page))
        return
    text = clean(decode(content, charset))
    if part.content_type in ("text/enriched", "text/richtext"):
        text = re.sub(r"<param>.*?</param>|</?[\w-]+>", "", text, flags=re.IGNORECASE | re.DOTALL)
    if part.parameters.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=part.parameters.get("delsp", "").lower() == "yes")
    body.texts.append(text)


def _add_alternative(part: Part, body: Body) -> None:
    """Add the same thing in several forms: plain text to be read, unless it only says that there is HTML."""
    forms = []
    for child in part.children:
        form = Body()
        _add(child, form, within=part.content_type)
        forms.append(form)
        body.attachments += form.attachments
        body.pages += form.pages
    plain = next((form for form in forms if form.text and not form.pages), None)
    rich = next((form for form in reversed(forms) if form.text and form.pages), None)
    if plain and rich and _is_stub(plain.text, rich.text):
        plain = None
    best = plain or rich
    if best:
        body.texts += best.texts


def _is_stub(plain: str, rich: str) -> bool:
    return len(plain) < _STUB_LENGTH and len(rich) > 2 * len(plain) and _STUB.search(plain) is not None


def _add_mail(part: Part, body: Body) -> None:
    """Add a mail within a mail: the file itself, its words under its main fields, and its own files."""
    inner = part.children[0]
    headers = inner.headers
    body.attachments.append(attachment_of(part, within=""))
    content = collect(inner)
    fields = [
        f"{label}: {headers.text(name)}"
        for label, name in (("De", "from"), ("Fecha", "date"), ("Asunto", "subject"), ("Para", "to"))
        if headers.text(name)
    ]
    body.texts.append("\n".join(["---------- Mensaje adjunto ----------", *fields, "", content.text]))
    body.attachments += content.attachments


def attachment_of(part: Part, *, within: str) -> Attachment:
    """Return ``part`` as a file."""
    content = part.content()
    disposition, options = parameters(part.headers.unfolded("content-disposition") or "")
    filename = options.get("filename") or part.parameters.get("name") or None
    content_id = (part.headers.unfolded("content-id") or "").strip().strip("<>") or None
    is_related = within == "multipart/related" and content_id is not None
    return make_attachment(
        filename=filename,
        content_type=part.content_type,
        content=content,
        inline=disposition == "inline" or (disposition != "attachment" and is_related),
        content_id=content_id,
        subject=decode_words(part.children[0].headers.text("subject")) if part.children else "",
    )


def make_attachment(
    *, filename: str | None, content_type: str, content: bytes, inline: bool = False, content_id: str | None = None,
    subject: str = "",
) -> Attachment:  # fmt: skip
    """Return a file with a name it can be kept under: its own without a path, or one made of its type."""
    cleaned = " ".join(clean(filename).split()) if filename else None
    name = _PATH.split(cleaned)[-1].strip(". ") if cleaned else ""
    if not name:
        extension = ".eml" if content_type.startswith("message/") else mimetypes.guess_extension(content_type) or ".bin"
        name = (_PATH.sub(" ", subject).strip()[:80] or "adjunto") + extension
    return Attachment(cleaned or None, content_type, len(content), inline, content_id, content, name[-200:])
