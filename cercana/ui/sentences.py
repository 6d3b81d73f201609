"""How sentences end whose last words bring a full stop along: «a las 4:40 p. m.»."""


def ended(sentence: str) -> str:
    """Return ``sentence`` with one full stop at its end; an empty one stays empty."""
    return f"{sentence}." if sentence and not sentence.endswith(".") else sentence
