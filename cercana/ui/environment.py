"""The Jinja2 environment of every template: translations, addresses, static files, and words for times and figures."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypedDict, Unpack

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import BaseLoader, Environment, StrictUndefined, Undefined, pass_context
from jinja2.ext import InternationalizationExtension
from jinja2.runtime import Context, Macro

from cercana.rules.time_texts import Language
from cercana.ui import contacts, figures, moments
from cercana.ui.bilingual import worded
from cercana.ui.sentences import ended

_REMEMBERED = 2048


class BackendOptions(TypedDict, total=False):
    """What Django's Jinja2 backend hands over."""

    loader: BaseLoader
    auto_reload: bool
    autoescape: bool
    undefined: type[Undefined]


class Translations(InternationalizationExtension):
    """Jinja2's translations, taken from Django's catalogues in the language that is active at rendering."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._install_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)


def environment(**options: Unpack[BackendOptions]) -> Environment:
    """
    Return the environment for Django's Jinja2 backend.

    Everything is escaped, and a name that no one gave is an error instead of an empty text, whatever
    ``options`` say of these two.
    """
    environment = Environment(
        loader=options.get("loader"),
        auto_reload=options.get("auto_reload", False),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Translations],
    )
    environment.globals.update(url=url, static=static, field_ties=field_ties, remembered=remembered)
    environment.filters.update(
        clock=_in_language(moments.clock),
        the_clock=moments.the_clock,
        day=_in_language(moments.day),
        short_day=_in_language(moments.short_day),
        moment=_in_language(moments.moment),
        recently=_in_language(moments.recently),
        worded=_in_language(worded),
        number=_in_language(figures.number),
        percent=_in_language(figures.percent),
        file_size=_in_language(figures.file_size),
        phone=contacts.phone,
        phone_link=contacts.phone_link,
        initials=contacts.initials,
        ended=ended,
        json_block=json_script,
    )
    return environment


@lru_cache(maxsize=_REMEMBERED)
def url(name: str, **parts: object) -> str:
    """Return the address of the view called ``name``, with the ``parts`` of its path."""
    return reverse(name, kwargs=parts)


def field_ties(id_: str, help_: str, error: str) -> dict[str, str]:
    """Return the attributes that tie the control ``id_`` to its help and its error for screen readers."""
    described = [f"{id_}-{part}" for part, text in (("ayuda", help_), ("error", error)) if text]
    ties = {"aria-describedby": " ".join(described)} if described else {}
    return {**ties, "aria-invalid": "true"} if error else ties


def remembered(macro: Macro) -> Callable[..., str]:
    """
    Return ``macro`` with a memory: drawn once per language for the same arguments.

    For small macros that a list repeats hundreds of times, whose arguments are plain values: icons, seals, bars.
    """

    @lru_cache(maxsize=_REMEMBERED)
    def draw(_language: Language, *values: object, **options: object) -> str:
        return macro(*values, **options)

    def draw_in_language(*values: object, **options: object) -> str:
        return draw(active_language(), *values, **options)

    return draw_in_language


def active_language() -> Language:
    """Return the language of this request among those that the product speaks."""
    return "en" if (get_language() or "").startswith("en") else "es"


def _in_language(say: Callable[..., str]) -> Callable[..., str]:
    """
    Return ``say`` as a filter that speaks the active language.

    It takes the context, though it needs nothing of it: Jinja2 works out other filters of a constant while it
    compiles, in the language of whoever came first.
    """

    @pass_context
    @wraps(say)
    def speak(_context: Context, *values: object, **options: object) -> str:
        return say(*values, language=active_language(), **options)

    return speak
