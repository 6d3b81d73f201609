"""How the admin of the library looks as ours: its name, its colours, and the way back to the desk."""

from django.urls import reverse_lazy

# The olive of ui/frontend/css/common/tokens.css, by weight. On dark ground links have the weight 500: there the olive
# of that weight is too dark to be read.
_OLIVE = {
    "50": "oklch(96.5% 0.022 118)",
    "100": "oklch(93% 0.04 118)",
    "200": "oklch(87.5% 0.062 119)",
    "300": "oklch(79% 0.088 120)",
    "400": "oklch(79% 0.088 120)",
    "500": "oklch(69% 0.105 121)",
    "600": "oklch(49% 0.094 122)",
    "700": "oklch(41.5% 0.08 123)",
    "800": "oklch(34% 0.062 124)",
    "900": "oklch(27% 0.045 124)",
    "950": "oklch(20.5% 0.028 124)",
}
_DESK = reverse_lazy("desk:queue")

ADMIN_LOOK = {
    "SITE_TITLE": "Cercana · Administración",
    "SITE_HEADER": "Cercana",
    "SITE_URL": _DESK,
    "SITE_DROPDOWN": [{"icon": "inbox", "title": "Volver a la mesa", "link": _DESK}],
    "COLORS": {"primary": _OLIVE},
}
