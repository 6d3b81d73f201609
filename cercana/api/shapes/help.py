"""What the portal tells everybody: how to reach the institution, and what it promises."""

from pydantic import Field

from cercana.api.shapes.reading_help import NumberToCall
from cercana.api.shapes.words import Shown


class PledgesShown(Shown):
    """Lo que la institución promete hoy."""

    simple_hours: int = Field(description="Horas para un caso simple.")
    complex_working_days: int = Field(description="Días hábiles para uno complejo.")
    critical_response_hours: int = Field(description="Horas para la primera respuesta a uno crítico.")
    critical_resolution_hours: int = Field(description="Horas para resolver uno crítico.")
    reopening_days: int = Field(description="Días en que se puede reabrir un caso cerrado.")


class HelpShown(Shown):
    """Cómo llegar a la institución."""

    institution: str
    address: str
    phone: str
    email: str
    opening_hours: str
    opening_hours_en: str
    platform_url: str = Field(description="El Libro de Reclamaciones del Estado; vacío si no se indicó.")
    emergency: list[NumberToCall] = Field(description="A quién llamar primero si hay peligro.")
    pledges: PledgesShown
    push_key: str = Field(description="La clave con la que un equipo se suscribe a avisos (VAPID).")
