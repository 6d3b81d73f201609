"""The root of every refusal that a person can understand and act on."""

from typing import ClassVar


class DomainError(Exception):
    """
    A refusal the user can understand and act on; any other exception is a bug.

    ``code`` is stable and documented in ``docs/referencia/errores.md``; ``message`` is a Spanish sentence
    for the person, whose names in braces come from the keyword arguments; ``status`` is the HTTP status.
    """

    code: ClassVar[str]
    message: ClassVar[str]
    status: ClassVar[int] = 409

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.message.format(**params))
