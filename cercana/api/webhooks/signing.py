"""How a receiver knows that a message is ours, new and whole: HMAC over id, time and body (Standard Webhooks)."""

import base64
import hashlib
import hmac
from datetime import datetime

from django.conf import settings

_PURPOSE = b"cercana.api.webhook\0"


def secret_of(salt: str) -> str:
    """Return the secret that belongs to ``salt`` on this installation."""
    return f"whsec_{base64.b64encode(_key(salt)).decode()}"


def headers_for(salt: str, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """Return the header fields that sign ``body`` at ``now``."""
    moment = int(now.timestamp())
    signed = f"{message_id}.{moment}.".encode() + body
    signature = base64.b64encode(hmac.new(_key(salt), signed, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{signature}",
    }


def _key(salt: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), _PURPOSE + salt.encode(), hashlib.sha256).digest()
