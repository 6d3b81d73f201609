"""The page behind the link of an alarm: one button, for whoever was called."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cercana.accounts import queries as accounts
from cercana.critical import commands, queries
from cercana.critical.errors import AlarmLinkOver
from cercana.critical.links import read_token


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is called for, or take charge; only a POST does, since programs open links on their own."""
    summons, now = read_token(token), timezone.now()
    user = accounts.active_user(summons.staff)
    if user is None:
        raise AlarmLinkOver
    actor = accounts.actor_for(user, now)
    alarm = queries.alarm_called(actor, summons.case_key, summons.alarm)
    if request.method == "POST":
        commands.acknowledge(number=alarm.number, way=summons.way.value, actor=actor, now=now, alarm=summons.alarm)
        alarm = queries.alarm_called(actor, summons.case_key, summons.alarm)
    return render(request, "critical/answer.html", {"alarm": alarm, "person": user.full_name})
