"""
Hooks of schemathesis: what it invents is often the name of something that exists, so that calls get further than «404».

The names come from the environment, since schemathesis runs in a process of its own.
"""

import json
import os
import random
import re

import schemathesis

KNOWN = "FUZZ_KNOWN"
_NAMES: dict[str, list[str]] = json.loads(os.environ.get(KNOWN, "{}"))
# Of a hundred names so many exist.
_OFTEN = 70
# What breaks the form on purpose stays broken: a good name in its place would be taken, and called a finding.
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{1,60}")
_dice = random.Random(7)  # noqa: S311


def _name_what_exists(given: object) -> None:
    """Put names that exist in the place of invented ones, wherever there is such a field."""
    if not isinstance(given, dict):
        return
    for name, value in given.items():
        if isinstance(value, str) and _is_replaced(name, value):
            given[name] = _dice.choice(_NAMES[name])
        else:
            _name_what_exists(value)


def _is_replaced(name: str, value: str) -> bool:
    return bool(_WELL_FORMED.fullmatch(value) and _NAMES.get(name)) and _dice.randrange(100) < _OFTEN


@schemathesis.hook
def map_path_parameters(context: object, path_parameters: object) -> object:
    """Name a case that exists."""
    _name_what_exists(path_parameters)
    return path_parameters


@schemathesis.hook
def map_body(context: schemathesis.HookContext, body: object) -> object:
    """Name a category, an area or a case that exists."""
    _name_what_exists(body)
    if context.operation and "/files" in context.operation.path:
        # A form with NUL is refused in words, whatever field holds it: what no schema of a form can say.
        return _without_nul(body)
    return body


def _without_nul(given: object) -> object:
    if isinstance(given, dict):
        return {_without_nul(name): _without_nul(value) for name, value in given.items()}
    if isinstance(given, list):
        return [_without_nul(each) for each in given]
    return given.replace("\0", "") if isinstance(given, str) else given
