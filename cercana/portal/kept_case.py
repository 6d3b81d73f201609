"""What a phone may keep of a case, to be read without a connection: how it goes, and nothing about the person."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from cercana.cases.queries import TrackedCase
from cercana.conversation.queries import promises_of, title_of
from cercana.organization import queries as organization
from cercana.portal.tracking_page import Said, tracking_page


def kept_case(case: TrackedCase, now: datetime) -> dict[str, object]:
    """
    Return number, title, how it goes, promises, what we wrote and what we did, each with its instant, newest first.

    Left out: name, contacts and words of the person, the title that they gave too, and every file. Of a reserved case
    nothing is said but how it goes. No word of it depends on the day on which it is read.
    """
    nameless = replace(case, person="")
    promises = promises_of(nameless, organization.calendar(), now)
    page = tracking_page(nameless, promises, now)
    words = [f"{each.label}: {each.until}" for each in promises]
    if case.is_in_review:
        words.insert(0, _("Lo estamos revisando ahora por posible peligro."))
    ours = [] if case.is_restricted else [each for each in reversed(page.talk) if not each.is_mine]
    story = [] if case.is_restricted else page.story
    return {
        "number": case.number,
        "title": title_of(replace(case, title="")),
        "sentence": page.sentence,
        "promises": words,
        "talk": [_entry(said.at, _("Te escribimos"), _words_of(said)) for said in ours if _words_of(said)],
        "story": [_entry(at, heading, line) for at, heading, line in story],
        "at": now.isoformat(),
    }


def _entry(at: datetime, heading: str, text: str) -> dict[str, str]:
    return {"at": at.isoformat(), "heading": heading, "text": text}


def _words_of(said: Said) -> str:
    """Return the text of one message; of an answer, its parts."""
    return "\n".join(said.answer.values() if said.answer else said.paragraphs)
