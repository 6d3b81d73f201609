"""
Hooks of schemathesis: what it invents is often the name of something that exists, so that calls get further than «404».

The names come from the environment, since schemathesis runs in a process of its own.
"""

import json
import os
import random

import schemathesis

KNOWN = "FUZZ_KNOWN"
_NAMES: dict[str, list[str]] = json.loads(os.environ.get(KNOWN, "{}"))
# Of a hundred names so many exist.
_OFTEN = 70
_dice = random.Random(7)  # noqa: S311


def _name_what_exists(given: object) -> None:
    """Put names that exist in the place of invented ones, wherever there is such a field."""
    if not isinstance(given, dict):
        return
    for name, value in given.items():
        if isinstance(value, str) and value and _NAMES.get(name) and _dice.randrange(100) < _OFTEN:
            given[name] = _dice.choice(_NAMES[name])
        else:
            _name_what_exists(value)


@schemathesis.hook
def map_path_parameters(context: object, path_parameters: object) -> object:
    """Name a case that exists."""
    _name_what_exists(path_parameters)
    return path_parameters


@schemathesis.hook
def map_body(context: object, body: object) -> object:
    """Name a category, an area or a case that exists."""
    _name_what_exists(body)
    return body
