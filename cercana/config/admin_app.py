"""How Django knows our admin."""

from django.contrib.admin.apps import AdminConfig


class ConfigurationConfig(AdminConfig):
    """Puts our site in the place of Django's."""

    default_site = "cercana.config.admin.ConfigurationSite"
