"""Who may call from outside: clients of the institution, their tokens, and the answers kept for repeated calls."""

from django.db import models

from cercana.api.scopes import scopes_in

_DIGEST = 64


class Client(models.Model):
    """
    Another system, or the institution's own app.

    With an ``account`` it acts as that member of staff; without one it acts for the public alone. Its secret opens
    short tokens (RFC 6749, 4.4). ``used_until`` is how far its allowance of calls is used up.
    """

    key = models.CharField("identificador", max_length=40, unique=True, editable=False)
    name = models.CharField("nombre", max_length=80, unique=True)
    account = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="actúa como"
    )
    scopes = models.CharField("permisos", max_length=200)
    secret_digest = models.CharField("huella del secreto", max_length=_DIGEST, blank=True, editable=False)
    calls_per_minute = models.PositiveIntegerField("llamadas por minuto", default=600)
    is_active = models.BooleanField("activo", default=True)
    created_at = models.DateTimeField("desde", editable=False)
    used_until = models.DateTimeField("uso contado hasta", editable=False)

    class Meta:
        verbose_name = "sistema conectado"
        verbose_name_plural = "sistemas conectados"
        constraints = [
            models.CheckConstraint(condition=models.Q(calls_per_minute__gt=0), name="api_client_may_call"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_ask_for(self) -> frozenset[str]:
        """The scopes a token of this client may have."""
        return frozenset(scopes_in(self.scopes))


class Token(models.Model):
    """What opens the door for a client: kept as a digest, for some purposes, until an instant."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="tokens", verbose_name="sistema")
    digest = models.CharField("huella", max_length=_DIGEST, unique=True, editable=False)
    hint = models.CharField("empieza con", max_length=12, editable=False)
    scopes = models.CharField("permisos", max_length=200)
    created_at = models.DateTimeField("creado", editable=False)
    expires_at = models.DateTimeField("vence")
    last_used_at = models.DateTimeField("último uso", null=True, editable=False)
    revoked_at = models.DateTimeField("anulado", null=True, editable=False)
    is_short = models.BooleanField("corto, de OAuth", default=False, editable=False)

    class Meta:
        verbose_name = "token"
        verbose_name_plural = "tokens"
        indexes = [models.Index(fields=["expires_at"], name="api_token_expiry")]

    def __str__(self) -> str:
        return f"{self.hint}…"


class KeptAnswer(models.Model):
    """
    The answer to a call with an idempotency key: whoever presents the key again gets it again.

    Key and call are kept as digests; the answer is encrypted under the key itself, which stands nowhere.
    """

    digest = models.CharField("huella de la clave", max_length=_DIGEST, primary_key=True)
    call_digest = models.CharField("huella de la llamada", max_length=_DIGEST)
    status = models.PositiveSmallIntegerField("estado HTTP")
    sealed = models.TextField("respuesta cifrada")
    made_at = models.DateTimeField("respondida")

    class Meta:
        verbose_name = "respuesta guardada"
        verbose_name_plural = "respuestas guardadas"
        indexes = [models.Index(fields=["made_at"], name="api_kept_answer_age")]

    def __str__(self) -> str:
        return f"{self.status}, {self.made_at:%d/%m/%Y %H:%M}"


class Origin(models.Model):
    """Which client a citizen's case came through: it is told about that one, whatever it may know of others."""

    case = models.OneToOneField("cases.Case", models.CASCADE, primary_key=True, related_name="+")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "origen de un caso"

    def __str__(self) -> str:
        return f"{self.case_id}, {self.client}"


class Webhook(models.Model):
    """
    Where a client wants to be told what happens to cases; ``events`` are types, or "" for all of them.

    Its secret is worked out from ``salt`` and the key of this installation, so that it stands nowhere.
    """

    client = models.ForeignKey(Client, models.CASCADE, related_name="webhooks", verbose_name="sistema")
    url = models.CharField("dirección", max_length=500)
    events = models.CharField("sucesos", max_length=1000, blank=True)
    salt = models.CharField("sal", max_length=64, editable=False)
    is_active = models.BooleanField("activo", default=True)
    created_at = models.DateTimeField("desde", editable=False)

    class Meta:
        verbose_name = "aviso a otro sistema"
        verbose_name_plural = "avisos a otros sistemas"

    def __str__(self) -> str:
        return self.url


class WebhookState(models.TextChoices):
    """What became of a message."""

    WAITING = "waiting", "espera"
    SENT = "sent", "entregado"
    GIVEN_UP = "given_up", "no se pudo"


class WebhookMessage(models.Model):
    """One event on its way to one webhook: facts without a person in them, and what each try came to."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="messages", verbose_name="aviso")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", verbose_name="caso")
    sequence = models.PositiveIntegerField("entrada de la historia")
    type = models.CharField("suceso", max_length=40)
    stage = models.CharField("etapa", max_length=20)
    occurred_at = models.DateTimeField("ocurrió")
    state = models.CharField("estado", max_length=10, choices=WebhookState.choices, default=WebhookState.WAITING)
    tries = models.PositiveSmallIntegerField("intentos", default=0)
    queued_at = models.DateTimeField("en espera desde")
    next_try_at = models.DateTimeField("próximo intento", null=True)
    sent_at = models.DateTimeField("entregado", null=True)
    outcome = models.CharField("último resultado", max_length=40, blank=True)

    class Meta:
        verbose_name = "mensaje a otro sistema"
        verbose_name_plural = "mensajes a otros sistemas"
        constraints = [
            models.UniqueConstraint(fields=["webhook", "case", "sequence"], name="api_webhook_message_once"),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="api_webhook_due", condition=models.Q(state="waiting")),
            models.Index(fields=["queued_at"], name="api_webhook_age"),
        ]

    def __str__(self) -> str:
        return f"{self.type} a {self.webhook}"
