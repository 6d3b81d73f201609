"""Texts that a municipality writes itself: in English where it wrote them, too, and else in Spanish."""

from cercana.rules.time_texts import Language


def worded(row: object, field: str, language: Language = "es") -> str:
    """Return what ``row`` says in ``field``; in English what stands in ``field`` with «_en», unless that is empty."""
    english = str(getattr(row, f"{field}_en")) if language == "en" else ""
    return english or str(getattr(row, field))
