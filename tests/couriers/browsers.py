"""Browsers that subscribed to pushes, and can read what is pushed to them."""

import base64
import json
import os

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cercana.couriers.subscriptions import Subscription
from tests.couriers.strangers import Heard, Stranger


class Browser:
    """A browser whose push service is ``service``; ``name`` tells it from others of that service."""

    def __init__(self, service: Stranger, name: str = "cel") -> None:
        self._key, self._secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = Subscription(f"http://{service.address}/{name}", _base64(point), _base64(self._secret))

    def read(self, heard: Heard) -> dict[str, str]:
        """Return what was pushed, which nobody else can read."""
        clear = http_ece.decrypt(heard.body, private_key=self._key, auth_secret=self._secret, version="aes128gcm")
        found = json.loads(clear)
        assert isinstance(found, dict)
        return found


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
