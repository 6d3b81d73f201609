"""What the templates of a case's page need, gathered in one place for the page and for the answers to its forms."""

from datetime import datetime

from cercana.cases import queries
from cercana.cases.queries import CasePage, PageTurn
from cercana.conversation.queries import thread_deliveries
from cercana.desk import labels
from cercana.desk.act_choices import FIXED
from cercana.desk.act_forms import COMPOSED, FORMS, MENU, PROMINENT
from cercana.desk.alarm_words import is_ringing
from cercana.desk.case_clocks import clocks_of
from cercana.desk.case_thread import Teller, mails_of
from cercana.desk.case_words import checks_of, closed_as, missing_for_closure, reasons_of, steps_of, was_asked_enough
from cercana.desk.danger_words import danger_of, pointless_on
from cercana.desk.held_bars import held_bars
from cercana.desk.intake_forms import LANGUAGES
from cercana.desk.labels import title_words
from cercana.desk.promise_offers import unsettled
from cercana.desk.queue_lines import resolve_words
from cercana.desk.requests import StaffRequest
from cercana.desk.triage_words import told_by
from cercana.desk.versions import Version, digest
from cercana.desk.writing_help import WRITTEN
from cercana.organization.queries import Outline
from cercana.rules.acts import Act
from cercana.rules.classification import ClockKind
from cercana.rules.history import EventType
from cercana.rules.projected_clocks import open_promises


def version_of(request: StaffRequest, number: str, sequence: int) -> Version:
    """Return the version of a case's page: its words change with the minute, its content with each entry."""
    return Version(f"{sequence}.{request.now:%H%M}", digest(number, request.actor.signature), "0")


def case_context(request: StaffRequest, page: CasePage, *, after: int | None = None) -> dict[str, object]:
    """Return the context of the templates that draw ``page``; the first entry ``after`` a sequence takes the focus."""
    institution, now = request.institution, request.now
    clocks = clocks_of(page.state, institution.terms, now, institution.calendar)
    teller = Teller(page, institution, thread_deliveries(page.case.pk), mails_of(page), now)
    entries = list(teller.entries())
    case = page.case
    return {
        "page": page,
        "case": case,
        "may": page.may,
        "title": title_words(page.title, is_restricted=case.is_restricted, is_known=page.may[Act.VIEW_PERSONAL]),
        "clocks": clocks,
        "resolve_by": _resolve_by(page, institution, now),
        "steps": steps_of(page, clocks, institution, now),
        "checks": checks_of(page, now, institution.calendar),
        "reasons": reasons_of(page, institution),
        "triage": told_by(page, institution, now),
        "missing": missing_for_closure(page),
        "closed_as": closed_as(page),
        "entries": entries,
        "just_done": next((each.sequence for each in entries if after is not None and each.sequence > after), 0),
        "with_person": sum(entry.look in ("citizen", "house") for entry in entries),
        "internal": sum(entry.look == "note" for entry in entries),
        "held": held_bars(page, institution, now),
        "unsettled": unsettled(page, request),
        "promises": [turn for turn in page.history if turn.type is EventType.PROMISED],
        "now": now,
        "version": str(version_of(request, case.number, case.last_sequence)),
        "labels": labels,
        "languages": LANGUAGES,
        "forms": FORMS,
        "written": WRITTEN,
        "composed": [verb for verb in COMPOSED if page.may[FORMS[verb].act]],
        "prominent": [
            verb for verb in PROMINENT if page.may[FORMS[verb].act] and verb not in _pointless(request, page)
        ],
        "menu": _menu(page, _pointless(request, page), now),
        "danger": danger_of(page, now),
        "fixed_choices": FIXED,
        "institution": institution,
    }


def _resolve_by(page: CasePage, institution: Outline, now: datetime) -> str:
    clock = page.state.clock(ClockKind.RESOLUTION)
    if clock is None or not clock.is_running or page.state.is_critical:
        return ""
    return resolve_words(clock.due, institution.area_names.get(page.case.area_id, ""), institution, now)


def _pointless(request: StaffRequest, page: CasePage) -> set[str]:
    """Return what may be done but would change nothing."""
    waits_for_supervisor = page.state.confirmed_at is not None or (page.state.is_critical and was_asked_enough(page))
    return {
        *pointless_on(page, request.actor.staff_id, request.now),
        *({"tomar"} if page.case.owner_id == request.actor.staff_id else ()),
        *(() if waits_for_supervisor else {"cerrar"}),
        *(() if page.case.is_drill else {"fin-simulacro"}),
        *(() if page.state.is_critical and queries.may_take_up(request.actor, page.case) else {"asumir"}),
        *(() if page.state.is_critical and is_ringing(page) else {"hacerse-cargo"}),
    }


def _menu(page: CasePage, pointless: set[str], now: datetime) -> list[tuple[str, list[str]]]:
    """Return the further acts that may be done, by heading; some make sense only for some cases."""
    hidden = pointless | (set() if page.state.is_critical else {"revision", "sin-peligro"})
    if not page.case.about_staff:
        hidden.add("identificar")
    if not page.case.abstained:
        hidden.add("abstencion")
    if all(task.finished_at or task.kind.needs_code for task in page.state.tasks):
        hidden.add("tarea")
    promised = open_promises(page.state.clocks)
    if not promised:
        hidden.add("cumplida")
    if all(clock.due.is_met_by(now) for clock in promised):
        hidden.add("disculpa")
    if page.newest(EventType.FORWARDED) is None:
        hidden.add("avisar-envio")
    if page.newest(EventType.NOTIFIED) is None:
        hidden.add("notificacion")
    groups = [
        (heading, [verb for verb in verbs if verb not in hidden and page.may[FORMS[verb].act]])
        for heading, verbs in MENU.items()
    ]
    return [(heading, verbs) for heading, verbs in groups if verbs]


def news_since(request: StaffRequest, page: CasePage, sequence: int) -> list[PageTurn]:
    """Return what others did to the case after ``sequence``."""
    return [turn for turn in page.history if turn.sequence > sequence and turn.actor != request.actor.signature]


def shown_page(request: StaffRequest, number: str) -> CasePage:
    """Return the page of a case and record that it is shown; raise CaseNotFound."""
    page = queries.page_of_case(request.actor, number)
    queries.record_case(request.actor, number, now=request.now)
    return page
