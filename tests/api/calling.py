"""Calling the API as another system does: a client with its token, and calls with their keys."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from django.test import Client as Browser
from django.utils import timezone

from cercana.accounts.models import User
from cercana.api.commands import create_client, issue_token
from cercana.api.models import Client
from cercana.api.scopes import Scope

# Whatever JSON holds.
Json: TypeAlias = Any
V1 = "/api/v1"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    json: Json
    body: bytes


@dataclass
class System:
    """Another system with a token of its own."""

    client: Client
    token: str

    def get(self, path: str, **headers: str) -> Answer:
        """Ask."""
        return _answer(Browser().get(f"{V1}{path}", headers={**self._signed, **_spelled(headers)}))

    def post(self, path: str, given: Json = None, *, key: str = "", **headers: str) -> Answer:
        """Change something, each time under a new key unless one is given."""
        head = {**self._signed, "Idempotency-Key": key or str(uuid.uuid4()), **_spelled(headers)}
        return _answer(Browser().post(f"{V1}{path}", given, content_type="application/json", headers=head))

    @property
    def _signed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def connect(account: User | None = None, *scopes: Scope, calls_per_minute: int = 100_000) -> System:
    """Return a system that acts as ``account``, or for the public alone; it may do everything unless said otherwise."""
    now = timezone.now()
    allowed = scopes or tuple(Scope)
    client, _ = create_client(
        name=uuid.uuid4().hex, scopes=allowed, account=account, now=now, calls_per_minute=calls_per_minute
    )
    _, text = issue_token(client=client, scopes=allowed, life=timedelta(days=1), now=now)
    return System(client, text)


def make_case_given(**given: Json) -> dict[str, Json]:
    """Return what an app sends when somebody tells of a pothole."""
    return {
        "matter": "poor_service",
        "category": "pothole",
        "description": "Quiero que parchen el bache de la cuadra 9.",
        "person": {"name": "Rosa Quispe", "email": f"{uuid.uuid4().hex[:10]}@vecinos.example", "answer_by": "email"},
        "place": "Av. Basadre, frente al grifo",
        **given,
    }


def _spelled(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _answer(response: Json) -> Answer:
    is_json = "json" in response.headers.get("Content-Type", "")
    return Answer(response.status_code, dict(response.headers), response.json() if is_json else None, response.content)
