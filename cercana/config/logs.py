"""The log: one line an event, on standard error, without personal data."""

import logging
import logging.config
import re
from typing import Final, TypedDict

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

MASK: Final = "•••"

# Whatever a caller stores below these names is about a person.
_PERSONAL_KEYS = frozenset(
    {
        "address", "author", "body", "citizen", "code", "contact", "document", "email", "mail", "name", "password",
        "person", "phone", "recipient", "subject", "text", "token",
    }
)  # fmt: skip

_TECHNICAL_KEYS = frozenset({"error_code", "level", "logger", "timestamp"})

_PERSONAL_TEXTS = re.compile(
    r"""
      [\w.+%-]+@[\w-]+(?:\.[\w-]+)+                             # mail address
    | (?<![\w.-])(?:\+?51[ -]?)?9\d{2}[ -]?\d{3}[ -]?\d{3}(?!\w)  # mobile phone of Peru, with or without its spaces
    | (?<![\w.-])\(?0?1\)?[ -]?\d{3}[ -]\d{4}(?!\w)             # phone of Lima
    | (?<![\w.-])\d{7,12}(?![\w.])                              # DNI, foreigner's card, RUC, any other phone
    | (?<=/)[\w:.~=-]{40,}                                      # signed link
    """,
    re.VERBOSE,
)


class LoggingSettings(TypedDict):
    """What ``settings.LOGGING`` says to ``configure_logging``."""

    is_json: bool


def mask(text: str) -> str:
    """Return ``text`` with mail addresses, phones, documents and signed links masked."""
    return _PERSONAL_TEXTS.sub(MASK, text)


def mask_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask the personal data of one event: values under a personal name whole, other texts where they show any."""
    # Django's records carry the request, whose address may hold what somebody searched for.
    event.pop("request", None)
    for key, value in event.items():
        if key in _PERSONAL_KEYS:
            event[key] = MASK
        elif key not in _TECHNICAL_KEYS and not isinstance(value, int | float | None):
            event[key] = mask(str(value))
    return event


def configure_logging(settings: LoggingSettings) -> None:
    """Send every event, ours and the libraries', through the same processors to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings["is_json"]
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, pad_level=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [*shared, structlog.stdlib.ExtraAdder()],
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            mask_event,
            last,
        ],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            "loggers": {
                "django": {"handlers": [], "level": "INFO", "propagate": True},
                # Refusals are logged with their code by the middleware that answers them.
                "django.request": {"level": "ERROR"},
                "procrastinate": {"level": "WARNING"},
                # It would write down who writes to whom.
                "mail.log": {"level": "ERROR"},
                "fontTools": {"level": "WARNING"},
            },
        }
    )
