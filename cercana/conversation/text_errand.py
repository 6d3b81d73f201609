"""Handing a text to the gateway in a process of its own, which is given some seconds and then killed (record 0016)."""

import json
import os
import subprocess
import sys

from django.conf import settings

SECONDS = 15.0
_OWN_ENVIRONMENT = ("PATH", "PYTHONPATH", "HOME", "LANG", "TZ", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")


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
    try:
        done = subprocess.run(
            [sys.executable, "-m", "cercana.conversation.text_courier"],
            input=json.dumps(errand),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env={name: os.environ[name] for name in (*_OWN_ENVIRONMENT, *_PROXIES) if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "sms.unknown"
    return done.stdout if done.returncode == 0 else "sms.unknown"
