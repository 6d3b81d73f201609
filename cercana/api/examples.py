"""Examples for the description of the API: of every body that goes in or out, made of what its schema says."""

from typing import Any, TypeAlias

# Whatever JSON holds.
Json: TypeAlias = Any

_REFERENCE = "#/components/schemas/"
_BY_FORMAT = {
    "uuid": "0c6f7a52-4b0e-4a3e-9a55-0b6f9d3c2f11",
    "date": "2026-11-27",
    "date-time": "2026-11-27T15:00:00Z",
    "binary": "…",
}
# What a name says better than a type.
_BY_NAME = {
    "number": "SI-2026-000123-K",
    "main": "SI-2026-000123-K",
    "other": "SI-2026-000123-K",
    "code": "7KQM-4T2P",
    "name": "Rosa Quispe Mamani",
    "owner": "Elena",
    "category": "pothole",
    "area": "obras_infraestructura",
    "nature": "incident",
    "email": "rosa@vecinos.example",
    "phone": "987 654 321",
    "place": "Av. Basadre cuadra 9",
    "title": "Hay un hueco en la cuadra 9",
    "by_when": "El viernes 27 de noviembre.",
    "language": "es",
    "type": "registered",
}
_BY_TYPE = {"integer": 1, "number": 0.5, "boolean": True, "null": None}
_WORDS = "Un texto breve."


class Examples:
    """Makes examples of the schemas in ``components``."""

    def __init__(self, components: dict[str, Json]) -> None:
        self._schemas = components["schemas"]

    def of(self, schema: dict[str, Json], name: str = "") -> Json:
        """Return an example of ``schema``, whose field is called ``name``: the one it gives, or what fits it."""
        found = self._resolved(schema)
        if "examples" in found:
            return found["examples"][0]
        for key in ("const", "default"):
            if found.get(key):
                return found[key]
        if "enum" in found:
            return found["enum"][0]
        if "anyOf" in found:
            return self.of(found["anyOf"][0], name)
        if found.get("type") == "object":
            return {each: self.of(inner, each) for each, inner in found.get("properties", {}).items()}
        if found.get("type") == "array":
            return [self.of(found["items"], name.removesuffix("s"))]
        return self._plain(found, name)

    def _plain(self, schema: dict[str, Json], name: str) -> Json:
        if schema.get("type") != "string":
            return _BY_TYPE.get(str(schema.get("type")), _WORDS)
        return _BY_FORMAT.get(schema.get("format", "")) or _BY_NAME.get(name, _WORDS)

    def _resolved(self, schema: dict[str, Json]) -> dict[str, Json]:
        reference = schema.get("$ref")
        found: dict[str, Json] = self._schemas[reference.removeprefix(_REFERENCE)] if reference else schema
        return found
