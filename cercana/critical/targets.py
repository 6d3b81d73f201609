"""Where else alarms find a person: phones they subscribed and addresses of services they wrote down, each tried."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from cercana.couriers.errands import QUEUE, Means, deliver, service_of
from cercana.couriers.errors import SealBroken
from cercana.couriers.failures import Failure
from cercana.couriers.sealing import mark_of, seal, unseal
from cercana.couriers.subscriptions import Subscription
from cercana.critical.errors import AddressUnfit, TargetUnknown, TooManyTargets
from cercana.critical.models import AlarmTarget, TrialState, Way
from cercana.critical.wording import TRIAL
from cercana.database.letting_go import let_go_of_database
from cercana.organization import queries as organization

TRIAL_TASK = "cercana.try_target"
_MOST = 10
_LONGEST_ADDRESS = 1000
_LONGEST_LABEL = 40
# Services that would ring on the server itself, where nobody is.
_OF_THE_SERVER = frozenset({"dbus", "glib", "gnome", "kde", "macosx", "qt", "syslog", "windows"})


def add_phone(*, person: int, subscription: Subscription, label: str, now: datetime) -> int:
    """Have alarms pushed to a phone or computer of ``person``; return its id. Raise TooManyTargets."""
    return _add(person, Way.PUSH, subscription.as_address(), label or "Este equipo", now)


def add_service(*, person: int, address: str, label: str, now: datetime) -> int:
    """Have alarms sent through a service; return its id. Raise AddressUnfit if apprise knows none, TooManyTargets."""
    address = address.strip()
    schema = address.partition("://")[0].lower()
    if not address or len(address) > _LONGEST_ADDRESS or schema in _OF_THE_SERVER:
        raise AddressUnfit
    service = service_of(address)
    if not service:
        raise AddressUnfit
    name = label.strip()[:_LONGEST_LABEL]
    return _add(person, Way.NOTIFIER, address, f"{service}: {name}" if name else service, now)


def remove_target(*, person: int, target_pk: int) -> None:
    """Send no alarm there any more; raise TargetUnknown unless it is one of ``person``."""
    removed, _ = AlarmTarget.objects.filter(person_id=person, pk=target_pk).delete()
    if not removed:
        raise TargetUnknown


@transaction.atomic
def ask_for_trial(*, person: int, target_pk: int, now: datetime) -> None:
    """Queue a trial of a target of ``person``; in a demonstration nothing leaves. Raise TargetUnknown."""
    target = AlarmTarget.objects.select_for_update().filter(person_id=person, pk=target_pk).first()
    if target is None:
        raise TargetUnknown
    is_kept = organization.is_demonstration()
    target.trial, target.trial_error = TrialState.KEPT if is_kept else TrialState.WAITING, ""
    target.tried_at = now
    target.save(update_fields=["trial", "trial_error", "tried_at"])
    if not is_kept:
        jobs.configure_task(TRIAL_TASK, queue=QUEUE).defer(target_pk=target_pk)


def try_target(*, target_pk: int) -> None:
    """Send the trial that was asked for, once, and keep its outcome; a phone subscribed no more is kept to show so."""
    target = AlarmTarget.objects.filter(pk=target_pk, trial=TrialState.WAITING).first()
    if target is None:
        return
    let_go_of_database()
    failure = _try(target)
    AlarmTarget.objects.filter(pk=target_pk, trial=TrialState.WAITING).update(
        trial=TrialState.FAILED if failure else TrialState.WORKED, trial_error=failure.code if failure else ""
    )


def _try(target: AlarmTarget) -> Failure | None:
    try:
        return deliver(Means(target.way), unseal(target.sealed), TRIAL)
    except SealBroken:
        return Failure("target.unreadable", is_final=True)


@transaction.atomic
def _add(person: int, way: Way, address: str, label: str, now: datetime) -> int:
    own, mark = AlarmTarget.objects.filter(person_id=person), mark_of(address)
    if own.exclude(mark=mark).count() >= _MOST:
        raise TooManyTargets(limit=_MOST)
    entered = {"way": way, "label": label, "sealed": seal(address), "created_at": now}
    row, _ = AlarmTarget.objects.update_or_create(person_id=person, mark=mark, defaults=entered)
    return row.pk
