"""How an answer is written: the same content as JSON or as XML, as the specification shows both."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Rows:
    """A list; in XML each of its rows is an element called ``item``."""

    item: str
    rows: Sequence["Content"]


Content: TypeAlias = "str | float | bool | Rows | Mapping[str, Content] | None"

JSON = "application/json; charset=utf-8"
XML = "text/xml; charset=utf-8"
# What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(request: HttpRequest, root: str, content: Content, *, status: int = 200) -> HttpResponse:
    """Return ``content`` in the format that the address asks for; ``root`` is the first element of the XML."""
    if request.path.endswith(".xml"):
        element = Element(root)
        _fill(element, content)
        body = tostring(element, encoding="utf-8", xml_declaration=True)
        return HttpResponse(body, content_type=XML, status=status)
    return HttpResponse(json.dumps(_plain(content), ensure_ascii=False), content_type=JSON, status=status)


def _plain(content: Content) -> object:
    if isinstance(content, Rows):
        return [_plain(each) for each in content.rows]
    if isinstance(content, Mapping):
        return {name: _plain(value) for name, value in content.items()}
    return content


def _fill(element: Element, content: Content) -> None:
    if isinstance(content, Rows):
        for each in content.rows:
            _fill(SubElement(element, content.item), each)
    elif isinstance(content, Mapping):
        for name, value in content.items():
            _fill(SubElement(element, name), value)
    elif isinstance(content, bool):
        element.text = "true" if content else "false"
    elif content is not None:
        element.text = _NO_XML.sub("", str(content))
