"""Signed links of kiosks and screens: they open the pages of one waiting room, show nobody's data, and can end."""

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cercana.channels.counter.errors import DeviceUnknown
from cercana.channels.counter.models import Device

_SALT = "device-link"


def token_of(device: Device) -> str:
    """Return what the device keeps to be known again."""
    return signing.Signer(salt=_SALT).sign(str(device.key))


def link_of(device: Device) -> str:
    """Return the whole address that links a device once."""
    return f"{settings.PUBLIC_URL}{reverse('turns:link', kwargs={'token': token_of(device)})}"


def device_of(token: str) -> Device:
    """Return the device that a token is of; raise DeviceUnknown if it is not ours or its link was taken back."""
    try:
        key = uuid.UUID(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise DeviceUnknown from error
    found = Device.objects.select_related("room__site").filter(key=key, revoked_at=None, room__is_active=True).first()
    if found is None:
        raise DeviceUnknown
    return found
