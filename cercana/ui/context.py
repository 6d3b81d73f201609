"""What every page knows of its reader: the language and the theme they chose."""

from django.http import HttpRequest

from cercana.ui.environment import active_language

THEME_COOKIE = "cercana_tema"
_THEMES = ("olivar", "olivar-noche")


def appearance(request: HttpRequest) -> dict[str, str]:
    """Return ``language`` («es», «en») and ``theme``, which is empty as long as the device decides it."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return {"language": active_language(), "theme": chosen if chosen in _THEMES else ""}
