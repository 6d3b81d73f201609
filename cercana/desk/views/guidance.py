"""«Guía»: the trainer reads, writes and brings back the situations of the guide, in plain Markdown with a preview."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell, whole_number
from cercana.rules.guidance import GuideStep
from cercana.rules.guidance_text import LONGEST_TEXT, GuidanceMalformed, long_sentences, parse_situation
from cercana.workplace import commands, queries
from cercana.workplace.errors import GuideChanged, GuideTextUnknown
from cercana.workplace.queries import TITLES


@require_safe
@for_staff
def guide(request: StaffRequest) -> HttpResponse:
    """List the situations by step."""
    queries.check_trainer(request.actor)
    found = queries.situations()
    steps = [(TITLES[step][0], [each for each in found if each.step is step]) for step in GuideStep]
    context = {"steps": steps, "total": len(found), "shell": shell(request)}
    return render(request, "desk/guide_texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new_text(request: StaffRequest) -> HttpResponse:
    """Write a situation that is not there yet."""
    queries.check_trainer(request.actor)
    text = request.POST.get("texto", queries.BLANK)
    if request.POST.get("paso") == "guardar":
        try:
            key = commands.begin_text(text=text, actor=request.actor, now=request.now)
        except GuidanceMalformed as refusal:
            return _page(request, text, [], refusal=refusal.message.format(**refusal.params))
        return redirect("desk:guide-text", key=key)
    return _page(request, text, [])


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def guide_text(request: StaffRequest, key: str) -> HttpResponse:
    """Show a situation with its versions; show how a text would look, keep it, or bring an earlier version back."""
    queries.check_trainer(request.actor)
    versions = queries.versions_of(key)
    text = request.POST.get("texto", versions[0].text)
    try:
        if _changed(request, key, text):
            return redirect("desk:guide-text", key=key)
    except (GuidanceMalformed, GuideChanged) as refusal:
        return _page(request, text, versions, refusal=refusal.message.format(**refusal.params))
    return _page(request, text, versions)


def _changed(request: StaffRequest, key: str, text: str) -> bool:
    """Do what was pressed and tell whether it changed the guide."""
    step, pressed = request.POST.get("paso", ""), request.POST.get("volver", "")
    if pressed:
        number = whole_number(pressed)
        if number is None:
            raise GuideTextUnknown
        commands.bring_back(key=key, number=number, actor=request.actor, now=request.now)
    elif step == "guardar":
        after = whole_number(request.POST.get("version", "")) or queries.SHIPPED
        commands.write_text(key=key, text=text, after=after, actor=request.actor, now=request.now)
    return bool(pressed) or step == "guardar"


def _page(request: StaffRequest, text: str, versions: list[queries.TextVersion], *, refusal: str = "") -> HttpResponse:
    context = {"text": text, "versions": versions, "refusal": refusal, **_preview(text)}
    if is_fragment(request):
        return render(request, "desk/_guide_preview.html", context)
    context |= {"longest": LONGEST_TEXT, "now": request.now, "shell": shell(request)}
    return render(request, "desk/guide_text.html", context, status=422 if refusal else 200)


def _preview(text: str) -> dict[str, object]:
    """Return how a text would look, with advice about sentences that are too long, or what it lacks."""
    try:
        situation = parse_situation("vista", text.replace("\r\n", "\n"))
    except GuidanceMalformed as lack:
        return {"situation": None, "lacks": lack.message.format(**lack.params)}
    title, _hint = TITLES[situation.step]
    return {"situation": situation, "step_title": title, "long": long_sentences(situation)}
