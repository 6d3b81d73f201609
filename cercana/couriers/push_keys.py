"""The pair of keys by which push services know this installation (VAPID, RFC 8292)."""

import base64

from django.conf import settings

from cercana.couriers.sealing import derived

# The order of the curve P-256 (FIPS 186-5).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def private_key() -> str:
    """Return the private key, 32 bytes in base64url: that of CERCANA_PUSH_KEY, or one from the secret key."""
    return settings.PUSH_KEY or _in_base64(_scalar().to_bytes(32, "big"))


def public_key() -> str:
    """Return the public key as a browser takes it: an uncompressed point in base64url."""
    # Here, as in sealing: few processes have to tell it.
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    number = int.from_bytes(base64.urlsafe_b64decode(private_key() + "="), "big")
    public = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    return _in_base64(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _scalar() -> int:
    # From 1 to below the order of the curve; that the remainder favours some numbers by 2^-32 helps nobody.
    return int.from_bytes(derived("push"), "big") % (_ORDER - 1) + 1


def _in_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
