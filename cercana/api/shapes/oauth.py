"""What is said when a client asks for a token; the names are those of RFC 6749."""

from pydantic import BaseModel, ConfigDict, Field

from cercana.api.shapes.words import Shown


class TokenAsked(BaseModel):
    """Lo que manda quien pide un token."""

    model_config = ConfigDict(frozen=True)

    grant_type: str = Field(default="", max_length=200, description="Siempre «client_credentials».")
    client_id: str = Field(default="", max_length=200, description="El identificador, si no va en la cabecera.")
    client_secret: str = Field(default="", max_length=200, description="El secreto, si no va en la cabecera.")
    scope: str = Field(default="", max_length=200, description="Permisos separados por espacios; vacío, todos.")


class TokenShown(Shown):
    """Un token corto."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [{"access_token": "cer_…", "token_type": "Bearer", "expires_in": 1800, "scope": "citizen read"}]
        },
    )

    access_token: str
    token_type: str
    expires_in: int = Field(description="Segundos que dura.")
    scope: str


class TokenError(Shown):
    """Por qué no hay token (RFC 6749, 5.2)."""

    error: str
    error_description: str
