"""A municipality with everybody who may stand before a door, and every situation a case may be in."""

import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from cercana.accounts.models import DutyShift, User
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.commands import DatedPromise
from cercana.cases.models import Attachment, Case, Event
from cercana.channels.email import commands as email
from cercana.conversation import commands as conversation
from cercana.conversation.commands import Contact
from cercana.rules.access import Actor, Role
from cercana.rules.classification import CaseClass, CriticalReason, TaskKind
from cercana.rules.critical_states import Proposal
from cercana.rules.promises import Due
from cercana.rules.unregistered import ReachedBy
from tests.factories import PUBLIC, Given, citizen_of, join, make_answer, make_reception, make_user

DOORS = tomllib.loads((Path(__file__).parent / "doors.toml").read_text(encoding="utf-8"))
PEOPLE: Mapping[str, list[str]] = DOORS["people"]
OBRAS = "obras_infraestructura"
NO_FILE = uuid.UUID(int=1)
# Who wrote to us and has no case, and who was found to need none.
WAITING, DISMISSED = uuid.UUID(int=2), uuid.UUID(int=3)
_RESTRICTED = ("restricted", "restricted_closed")
_OFFICE_THAT_IS_OVER: Given = {"role": Role.SUPERVISOR, "area": OBRAS, "valid_until": date(2020, 12, 31)}


def members(names: Iterable[str]) -> set[str]:
    """Return the people whom a list of the table names, its groups opened."""
    found: set[str] = set()
    for name in names:
        found |= {name} if name in PEOPLE else members(DOORS["groups"][name])
    return found


def named_addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Yield the name of every address of the site; one without a name is «namespace:route»."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name or each.pattern}"
        else:
            yield from named_addresses(each, f"{space}{each.namespace}:" if each.namespace else space)


def _office(words: str) -> Given:
    """Return a membership as the table writes it: «role in area», or «role in area at site»."""
    role, _, place = words.partition(" in ")
    area, _, site = place.partition(" at ")
    return {"role": Role(role), "area": area, "site": site or None}


@dataclass
class Town:
    """A municipality with everybody and every situation of the table."""

    now: datetime
    users: dict[str, User] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    written: int = 0
    set_aside: uuid.UUID = NO_FILE

    def actor(self, name: str) -> Actor:
        """Return somebody as the rules see them."""
        return actor_for(self.users[name], self.now)

    def settle(self) -> None:
        """Let everybody take office and sign in."""
        for name, offices in PEOPLE.items():
            first, *further = [_office(each) for each in offices] or [_OFFICE_THAT_IS_OVER]
            user = self.users[name] = make_user(**first, name=name)
            for office in further:
                join(user, **office)
            self.clients[name] = Client()
            self.clients[name].force_login(user)
        hour = timedelta(hours=1)
        DutyShift.objects.create(user=self.users["duty_on"], starts_at=self.now - hour, ends_at=self.now + hour)

    def happen(self) -> None:
        """Bring a case into every situation of the table."""
        began = self.now - timedelta(hours=1)
        self.cases["unreferred"] = commands.register_case(make_reception(), actor=self.actor("agent"), now=began)
        for name in DOORS["look"]:
            if name != "unreferred":
                self.cases[name] = self._referred(name, began)
        for name in set(DOORS["look"]) - {"unreferred", "referred", "elsewhere"}:
            self._do("take", name, "owner")
        for name in ("answered", "closed", "restricted_closed"):
            self._do("answer_case", name, "owner", answer=make_answer())
        for name in ("closed", "restricted_closed"):
            case = self.cases[name]
            commands.confirm(number=case.number, actor=citizen_of(case), now=began + timedelta(minutes=4))
        self._do("forward_outside", "in_follow_up", "owner", entity="Sedapal", proof="Carta 1")
        due = Due(self.now + timedelta(days=1), inclusive=True)
        self._do("promise_date", "in_follow_up", "owner", promise=DatedPromise(text="Mañana vamos.", due=due))
        self._do("abstain", "abstained", "abstainer", cause="friendship", text="Es amiga mía.")
        for name in ("unreferred", "in_follow_up"):
            by = "agent" if name == "unreferred" else "owner"
            self._do("open_task", name, by, task=TaskKind.REACH_OTHERWISE)
        self._endanger()
        self._reach_us(began)
        Case.objects.filter(pk__in=[self.cases[n].pk for n in _RESTRICTED]).update(is_restricted=True)
        self._complain("about_desk", None)
        self._complain("about_person", "complained")
        self._complain("about_auditor", "complained_auditor")
        facts = {"cause": "critical", "rung": "duty", "area": "", "called": [self.users["duty_on"].pk]}
        commands.raise_alarm(number=self.cases["critical"].number, facts=facts, now=self.now - timedelta(minutes=5))
        for name, case in self.cases.items():
            self.cases[name] = Case.objects.get(pk=case.pk)
            Attachment.objects.create(
                case=case, name="a.jpg", content_type="image/jpeg", size=1, sha256="0" * 64, added_at=began
            )
        self.written = Event.objects.count()

    def _referred(self, name: str, began: datetime) -> Case:
        given: dict[str, dict[str, Any]] = {
            "data_rights": {"legal_nature": "data_access"},
            "critical": {"class_": CaseClass.CRITICAL},
            "lowering": {"class_": CaseClass.CRITICAL},
        }
        case = commands.register_case(make_reception(**given.get(name, {})), actor=PUBLIC, now=began)
        area = "fiscalizacion" if name == "elsewhere" else OBRAS
        at = began + timedelta(minutes=1)
        return commands.refer(number=case.number, area=area, actor=self.actor("agent"), now=at)

    def _do(self, command: str, case: str, who: str, **given: object) -> None:
        at = self.now - timedelta(minutes=57 if command == "take" else 56)
        getattr(commands, command)(number=self.cases[case].number, actor=self.actor(who), now=at, **given)

    def _reach_us(self, began: datetime) -> None:
        """Let two people write who have no case; one of them needs none."""
        for key in (WAITING, DISMISSED):
            contact = Contact(key=key, way=ReachedBy.MAIL, received_at=began, email="ana@vecinos.example", text="Hola")
            conversation.note_contact(contact, now=began)
        letter = b"From: lista@lejos.example\r\nList-Id: <l.lejos.example>\r\n\r\nNovedades"
        self.set_aside = email.receive(letter, email.Envelope(email.Way.PIPE), received_at=began)
        email.handle_mail(key=self.set_aside, now=self.now)
        conversation.dismiss_contact(key=DISMISSED, reason="Saluda.", actor=self.actor("agent"), now=self.now)

    def _endanger(self) -> None:
        danger = Proposal((CriticalReason.HEALTH_SAFETY,), "huele a gas")
        a_moment_ago = self.now - timedelta(minutes=1)
        commands.propose_critical(
            number=self.cases["proposed"].number, proposal=danger, actor=self.actor("owner"), now=a_moment_ago
        )
        commands.ask_lowering(
            number=self.cases["lowering"].number,
            reason="Ya no hay peligro.",
            actor=self.actor("head_above"),
            now=self.now,
        )

    def _complain(self, case: str, about: str | None) -> None:
        Case.objects.filter(pk=self.cases[case].pk).update(
            about_staff=True,
            complained_area=OBRAS,
            complained_site="sede_central",
            complained_staff=self.users[about] if about else None,
        )

    def address(self, door: str, situation: str, **given: object) -> str:
        """Return the address of a door of the case in ``situation``."""
        return reverse(door, kwargs={"number": self.cases[situation].number, **given})

    def ask(self, who: str, how: str, address: str, fields: dict[str, Any] | None = None) -> "Heard":
        """Let somebody ask; whatever comes of it is told and taken back, so that nothing is written but by this."""
        client = self.clients[who]
        held = set(client.cookies)
        with transaction.atomic():
            response = client.post(address, fields or {}) if how == "POST" else client.get(address, fields or {})
            heard = Heard(response.status_code, Event.objects.count() - self.written, response)
            transaction.set_rollback(True)
        # What the answer says at the top of the next page would stand there in the next question's answer.
        for name in set(client.cookies) - held:
            del client.cookies[name]
        return heard

    def fields(self, verb: str, situation: str) -> dict[str, Any]:
        """Return what a person would fill in, so that only access can be in the way."""
        answer = {"done": "Listo.", "next_step": "Nada más.", "by_when": "Hoy.", "cause": "maintenance"}
        own: dict[str, dict[str, object]] = {
            "derivar": {"area": "fiscalizacion"},
            "asignar": {"owner": self.users["colleague"].pk},
            "responder": {**answer, "outcome": "solved"},
            "avisar-envio": {**answer, "outcome": "forwarded"},
            "promesa": {"day": "2030-01-07", "anyway": "on"},
            "cumplida": {"round": 1},
            "identidad": {"name": "Rosa Quispe Mamani", "document_type": "dni", "document": "40111222"},
            "enviar": {"entity": "Sedapal", "proof": "Carta 1"},
            "unir": {"main": self.cases["referred"].number},
            "vincular": {"other": self.cases["referred"].number},
            "reclasificar": {"class_": "complex", "category": "pothole", "kind": "claim", "claim_type": "delay"},
            "naturaleza": {"nature": "neighbour_report"},
            "plataforma": {"code": "R-1", "day": "2026-11-24"},
            "notificar": {"means": "letter"},
            "opinion": {"mark": "4"},
            "notificacion": {"result": "failed"},
            "adjuntar": {"files": SimpleUploadedFile("nota.pdf", b"%PDF-1.4 Hola", "application/pdf")},
            "interprete": {"language": "qu"},
            "tarea": {"ordinal": self._open_task(situation) if verb == "tarea" else 0},
            "abstenerse": {"cause": "interest"},
            "abstencion": {"staff": self.users["abstainer"].pk, "granted": "si", "owner": ""},
            "proponer-critico": {"danger": "health_safety"},
            "decidir-bajar": {"lowered": "si"},
            "revision": {"done": "Se cerró la calle.", "next_step": "Llega la cuadrilla."},
            "sin-peligro": {"how": "Lo vio la cuadrilla."},
            "identificar": {"staff": self.users["colleague"].pk},
        }
        common = {"reason": "Corresponde.", "text": "Se habló.", "words": "Sí.", "why": "Falta.", "result": "Nadie."}
        return {**common, "means": "phone", "channel": "phone", **own.get(verb, {})}

    def _open_task(self, situation: str) -> int:
        tasks = self.cases[situation].tasks.filter(finished_at=None)
        return tasks.order_by("ordinal").values_list("ordinal", flat=True).first() or 0


@dataclass(frozen=True)
class Heard:
    """What a browser was told, and how many events were written."""

    status: int
    events: int
    response: Any

    @property
    def is_refused(self) -> bool:
        """Whether access was in the way."""
        return self.status in (403, 404)

    @property
    def leads_to(self) -> str:
        """Where the browser is sent."""
        return str(self.response.headers.get("Location", ""))
