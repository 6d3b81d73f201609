"""How Django knows this package."""

from django.apps import AppConfig


class ConversationConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.conversation"
    label = "conversation"
    verbose_name = "Conversación"
    default_auto_field = "django.db.models.BigAutoField"
