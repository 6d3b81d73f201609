"""
``python -m cercana.conversation.text_courier``: hand one text message to the gateway, in a process of its own.

The errand comes as JSON on the standard input, so that no key stands in a list of processes; the outcome, "" or a
code, is the only thing written.
"""

import json
import logging
import re
import sys
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlsplit

_SECONDS = 10
_TAKEN = range(200, 300)
# What the gateway may have done before something between it and us gave up.
_UNSURE = frozenset({500, 502, 504})


def main() -> None:
    """Do the errand that the standard input describes, and write what came of it."""
    logging.disable()
    errand = json.load(sys.stdin)
    send = _post if urlsplit(errand["url"]).scheme in {"http", "https"} else _notify
    sys.stdout.write(send(errand))


def _post(errand: Mapping[str, str]) -> str:
    """Send through a gateway that takes texts by HTTP."""
    import requests

    is_json = errand["body"].startswith("{")
    kind = "application/json" if is_json else "application/x-www-form-urlencoded"
    # The key lets a gateway that knows it drop what it had before.
    headers = {"Content-Type": kind, "Idempotency-Key": f"cercana-{errand['id']}"}
    if errand["token"]:
        headers["Authorization"] = f"Bearer {errand['token']}"
    written = _filled(errand["body"], errand, _in_json if is_json else quote).encode()
    try:
        heard = requests.post(
            errand["url"], data=written, headers=headers, timeout=_SECONDS, allow_redirects=False, stream=True
        )
    except requests.ConnectTimeout:
        return "sms.unreachable"
    except requests.ConnectionError as error:
        return "sms.unreachable" if _was_never_connected(error) else "sms.unknown"
    except requests.RequestException:
        return "sms.unknown"
    if heard.status_code in _UNSURE:
        return "sms.unknown"
    return "" if heard.status_code in _TAKEN else f"sms.{heard.status_code}"


def _was_never_connected(error: BaseException) -> bool:
    from urllib3.exceptions import MaxRetryError, NewConnectionError, SSLError

    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, NewConnectionError | SSLError)


def _notify(errand: Mapping[str, str]) -> str:
    """Send through a service of apprise, whose address names the number by {to}."""
    import apprise

    service = apprise.Apprise(asset=apprise.AppriseAsset(app_id="Cercana", app_desc="Cercana"))
    if not service.add(errand["url"].replace("{to}", quote(errand["to"], safe=""))):
        return "sms.unfit"
    return "" if service.notify(body=errand["text"]) else "sms.refused"


def _filled(body: str, errand: Mapping[str, str], spelled: Callable[[str], str]) -> str:
    """Return ``body`` with its three places filled; what a text says is not looked into for further places."""
    return re.sub(r"\{(id|to|text)\}", lambda place: spelled(errand[place[1]]), body)


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


if __name__ == "__main__":
    main()
