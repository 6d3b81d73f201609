"""
``python -m cercana.couriers.courier``: hand one message to a service outside, in a process of its own.

Libraries that talk to strangers may hang, leak or crash; this process may be killed at any instant and takes nobody
with it. The errand comes as JSON on the standard input, so that no address stands in a list of processes; the outcome,
"" or a code, is the only thing written.
"""

import json
import logging
import sys
from collections.abc import Mapping

from cercana.couriers.closed_doors import Doors, keep_away

_SECONDS = 6
_GONE = frozenset({404, 410})


def main() -> None:
    """Do the errand that the standard input describes, and write what came of it."""
    logging.disable()
    errand = json.load(sys.stdin)
    keep_away(Doors(errand["doors"]), may_reach_here="may_reach" in errand)
    doing = {"push": _push, "notifier": _notify, "check": _check}[errand["kind"]]
    sys.stdout.write(doing(errand))


def _push(errand: Mapping[str, str]) -> str:
    """Send a Web Push (RFC 8030, 8291, 8292)."""
    import pywebpush
    import requests

    payload = {"title": errand["title"], "body": errand["body"], "link": errand["link"], "topic": errand["topic"]}
    try:
        pywebpush.webpush(
            json.loads(errand["address"]),
            data=json.dumps(payload, ensure_ascii=False),
            vapid_private_key=errand["push_key"],
            vapid_claims={"sub": f"mailto:{errand['contact']}"},
            headers={"Urgency": errand["urgency"]},
            ttl=int(errand["seconds_kept"]),
            timeout=_SECONDS,
        )
    except pywebpush.WebPushException as refused:
        if refused.status_code is None:
            return "push.unfit"
        return "push.gone" if refused.status_code in _GONE else f"push.{refused.status_code}"
    except requests.RequestException:
        return "push.unreachable"
    return ""


def _notify(errand: Mapping[str, str]) -> str:
    """Send through one service of apprise."""
    import apprise

    service = apprise.Apprise(asset=apprise.AppriseAsset(app_id="Cercana", app_desc="Cercana"))
    if not service.add(errand["address"]):
        return "notifier.unfit"
    text = f"{errand['body']}\n{errand['link']}".rstrip()
    kind = apprise.NotifyType.FAILURE
    return "" if service.notify(title=errand["title"], body=text, notify_type=kind) else "notifier.refused"


def _check(errand: Mapping[str, str]) -> str:
    """Return the name of the service that an address belongs to, "" if apprise knows none."""
    import apprise

    found = apprise.Apprise.instantiate(errand["address"], suppress_exceptions=True)
    if found is None or found.app_id is None:
        return ""
    return str(found.service_name)


if __name__ == "__main__":
    main()
