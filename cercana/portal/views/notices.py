"""Notices of a case on the browser of its holder: whether they are on, turning them on, turning them off."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cercana.conversation import commands, queries
from cercana.conversation.errors import TooManyDevices
from cercana.couriers.errors import SubscriptionUnfit
from cercana.couriers.subscriptions import read_subscription
from cercana.portal.forms import said
from cercana.portal.holding import for_holder
from cercana.rules.access import Actor
from cercana.ui.environment import active_language


@require_POST
@for_holder
def notices(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Say whether the browser that asks is told how the case goes, or turn that on or off first."""
    endpoint = request.POST.get("endpoint", "")
    match request.POST.get("paso"):
        case "activar":
            return _turn_on(request, actor, number)
        case "apagar":
            commands.unsubscribe_device(number=number, endpoint=endpoint, actor=actor)
        case "saber":
            pass
        case _:
            raise Http404
    return JsonResponse({"is_on": queries.is_subscribed(number=number, endpoint=endpoint, actor=actor)})


def _turn_on(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    given = (request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth"))
    language, now = active_language(), timezone.now()
    try:
        subscription = read_subscription(*given)
        commands.subscribe_device(number=number, subscription=subscription, language=language, actor=actor, now=now)
    except (SubscriptionUnfit, TooManyDevices) as refusal:
        return JsonResponse({"refusal": said(refusal)}, status=refusal.status)
    return JsonResponse({"is_on": True})
