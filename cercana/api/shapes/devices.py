"""Where messages find a person beside mail: browsers and phones that take pushes, and other services."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from cercana.api.shapes.words import Given, Instant, Shown
from cercana.couriers.subscriptions import Subscription, read_subscription
from cercana.critical.queries import Target

ENDPOINT_PATTERN = r"^https://[!-~]{1,990}$"
_Endpoint = Annotated[
    str,
    StringConstraints(pattern=ENDPOINT_PATTERN),
    Field(
        description="La dirección que da el navegador o el teléfono.",
        examples=["https://updates.push.services.mozilla.com/wpush/v2/abc"],
    ),
]
_P256dh = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_=+/-]{1,199}$"), Field(examples=["BNcRdreALRFXTkOO"])]
_Auth = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_=+/-]{1,99}$"), Field(examples=["tBHItJI5svbpez7KI4CCXg"])
]
_Label = Annotated[str, StringConstraints(pattern=r"^[^\x00]{0,40}$"), Field(examples=["Celular de guardia"])]


class SubscriptionGiven(Given):
    """Una suscripción a avisos, como la entrega un navegador (Push API)."""

    endpoint: _Endpoint
    p256dh: _P256dh
    auth: _Auth

    def subscription(self) -> Subscription:
        """Return what the commands take; raise SubscriptionUnfit if no push service can stand behind it."""
        return read_subscription(self.endpoint, self.p256dh, self.auth)


class DeviceGiven(SubscriptionGiven):
    """El equipo que recibirá avisos de un caso."""

    language: Literal["es", "en"] = Field(default="es", description="En qué idioma.")


class EndpointGiven(Given):
    """De qué equipo se habla."""

    endpoint: _Endpoint


class DeviceShown(Shown):
    """Si el equipo recibe avisos del caso."""

    is_on: bool


class AlarmPhoneGiven(SubscriptionGiven):
    """Un teléfono o equipo de la cuenta donde sonarán las alarmas."""

    label: _Label = Field(default="", description="Cómo se llama.")


class AlarmServiceGiven(Given):
    """Otro servicio por el que la cuenta recibirá las alarmas."""

    address: Annotated[str, StringConstraints(min_length=1, max_length=1000)] = Field(
        description="La dirección, como la escribe Apprise. No se vuelve a mostrar.",
        examples=["ntfys://ntfy.example.org/alarmas"],
    )
    label: _Label = Field(default="", description="Cómo se llama.")


class AlarmTargetShown(Shown):
    """Un destino de las alarmas de la cuenta; nunca su dirección."""

    id: int
    way: str = Field(description="push o notifier.")
    label: str
    since: Instant
    trial: str = Field(description="Qué fue de la última prueba: waiting, worked, failed o kept; vacío sin ella.")
    error: str = Field(description="Por qué falló, con un código.")
    tried_at: Instant | None

    @classmethod
    def of(cls, target: Target) -> "AlarmTargetShown":
        """Return how a target is shown."""
        return cls(
            id=target.id,
            way=target.way.value,
            label=target.label,
            since=target.since,
            trial=target.trial.value,
            error=target.error,
            tried_at=target.tried_at,
        )


class AlarmTargetsShown(Shown):
    """Por dónde más encuentran las alarmas a la cuenta, además del correo y la pantalla."""

    targets: list[AlarmTargetShown]
    public_key: str = Field(description="La clave con la que un equipo se suscribe (VAPID).")


class AlarmTargetAdded(Shown):
    """El destino nuevo."""

    id: int
