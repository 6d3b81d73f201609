"""The page of the queue, as tests read it."""

import re

from django.test import Client

from cercana.accounts.models import User


def page_of(client: Client, user: User, query: str = "?vista=todos") -> str:
    """Return the page that ``user`` gets."""
    client.force_login(user)
    response = client.get(f"/mesa/{query}")
    assert response.status_code == 200
    return response.content.decode()


def numbers_in(page: str) -> list[str]:
    """Return the numbers of its cases, in their order."""
    return re.findall(r'data-row="([^"]+)"', page)


def total_of(page: str, view: str) -> str:
    """Return the total beside a view, or "" if it has none."""
    found = re.search(rf'id="vista-{view}".*?</a>', page, re.DOTALL)
    assert found is not None
    total = re.search(r"<b>([\d+]+)</b>", found[0])
    return total[1] if total else ""
