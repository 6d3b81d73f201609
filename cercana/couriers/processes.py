"""Running a courier: one process for one message, which is given some seconds and then killed (record 0016)."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping

_OWN_ENVIRONMENT = ("PATH", "PYTHONPATH", "HOME", "LANG", "TZ", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")


def outcome_of(courier: str, errand: Mapping[str, str], *, seconds: float, silent: str, broken: str) -> str:
    """
    Return what ``courier``, a module, wrote of its ``errand``.

    It is ``silent`` if it had to be killed after ``seconds``, and ``broken`` if it broke down.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", courier],
            input=json.dumps(errand),
            capture_output=True,
            text=True,
            timeout=seconds,
            env={name: os.environ[name] for name in (*_OWN_ENVIRONMENT, *_PROXIES) if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return silent
    return done.stdout if done.returncode == 0 else broken
