"""The errand of the courier that hands a text to the gateway."""

from django.conf import settings

from cercana.couriers.processes import outcome_of

SECONDS = 15.0
_UNKNOWN = "sms.unknown"


def hand_over_text(*, key: str, to: str, text: str) -> str:
    """Return "" once the gateway took ``text``, or a code; «sms.unknown» if it may have, and nobody can tell."""
    errand = {
        "url": settings.SMS_URL,
        "token": settings.SMS_TOKEN,
        "body": settings.SMS_BODY,
        "id": key,
        "to": to,
        "text": text,
    }
    courier = "cercana.conversation.text_courier"
    return outcome_of(courier, errand, seconds=SECONDS, silent=_UNKNOWN, broken=_UNKNOWN)
