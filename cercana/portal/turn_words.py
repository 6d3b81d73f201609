"""What kiosk, ticket and screen say of topics, groups and waits, in the language that is active."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cercana.channels.counter.queries import Followed
from cercana.rules.turns import Interval, PreferentialGroup, Topic, TurnState

# Each language by its own name. Quechua and Aymara are asked for here; the page itself still speaks Spanish.
KIOSK_LANGUAGES = {"es": "Español", "qu": "Runasimi", "ay": "Aymar aru", "en": "English"}
INTERPRETED = {"qu": gettext_lazy("quechua"), "ay": gettext_lazy("aimara")}
TOPICS = {
    Topic.CLAIM: (gettext_lazy("Quiero hacer un reclamo"), gettext_lazy("Algo anda mal o no me atendieron bien")),
    Topic.INQUIRY: (gettext_lazy("Tengo una consulta"), gettext_lazy("Quiero saber cómo hacer algo")),
    Topic.FOLLOW_UP: (gettext_lazy("Vengo por un caso que ya tengo"), gettext_lazy("Quiero saber cómo va")),
}
# The words of the law, as people say them (peru.md, 3).
GROUPS = {
    PreferentialGroup.OLDER_ADULT: gettext_lazy("Tengo 60 años o más"),
    PreferentialGroup.PREGNANT: gettext_lazy("Estoy embarazada"),
    PreferentialGroup.DISABILITY: gettext_lazy("Tengo una discapacidad"),
    PreferentialGroup.CHILD_IN_ARMS: gettext_lazy("Vengo con un bebé"),
    PreferentialGroup.CHILD: gettext_lazy("Soy niña o niño, o vengo con una o uno"),
    PreferentialGroup.VETERAN: gettext_lazy("Soy veterano o veterana de guerra"),
}


def wait_words(expected: Interval | None) -> str:
    """Return how long somebody will wait, as widely as it is known."""
    if expected is None:
        return _("Todavía no sabemos cuánto esperarás.")
    if expected.most <= 1:
        return _("Te llamamos casi de inmediato.")
    if expected.least == expected.most:
        return _("Esperarás unos %(most)d minutos.") % {"most": expected.most}
    if expected.least == 0:
        return _("Esperarás menos de %(most)d minutos.") % {"most": expected.most}
    return _("Esperarás entre %(least)d y %(most)d minutos.") % {"least": expected.least, "most": expected.most}


def average_words(minutes: int | None) -> str:
    """Return the mean wait of a queue for the screen; "" if nobody was called of late."""
    if minutes is None:
        return ""
    return ngettext("%(count)d minuto", "%(count)d minutos", minutes) % {"count": minutes}


def place_words(turn: Followed) -> str:
    """Return where a turn stands: who comes before, where to go, or how it ended."""
    match turn.state:
        case TurnState.CALLED:
            return _("Acércate a la ventanilla %(window)s.") % {"window": turn.window}
        case TurnState.ATTENDED:
            return _("Ya te atendimos. Gracias por venir.")
        case TurnState.ABSENT:
            return _("Te llamamos y no te vimos. Acércate a una ventanilla y te atenderemos.")
        case TurnState.LEFT:
            return _("Dejaste este turno. Puedes tomar otro en el quiosco.")
    if turn.ahead == 0:
        return _("Eres la siguiente persona.")
    return ngettext("Hay %(count)d persona antes que tú.", "Hay %(count)d personas antes que tú.", turn.ahead) % {
        "count": turn.ahead
    }
