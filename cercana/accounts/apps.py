"""How Django knows this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.accounts"
    label = "accounts"
    verbose_name = "Personal y acceso"
    default_auto_field = "django.db.models.BigAutoField"
