"""The front door, the desk of each role, and the health of the house."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.roles import is_applicant
from core import clock, unsent
from isf_police.desk import waiting_for
from isf_police.interface import groups, overview
from isf_police.search import FEWEST, looked_for
from programmes.models import Call, Fund

log = logging.getLogger(__name__)


@login_not_required
def home(request):
    """What is on offer, for anybody."""
    open_calls = Call.objects.open(clock.now()).select_related("fund").order_by("closes_at")[:12]
    return render(request, "home.html", {"calls": open_calls, "funds": Fund.objects.order_by("-period")})


@login_not_required
def accessibility(request):
    return render(request, "accessibility.html")


@login_not_required
@require_GET
def api_docs(request):
    """The interface for programs, for the people who write them."""
    return render(request, "interface/index.html", {"groups": overview(), "origin": origin_of(request)})


@login_not_required
@require_GET
def api_group(request, name):
    if name not in groups():
        raise Http404
    return render(request, "interface/group.html", {"name": name, "operations": groups()[name], "columns": columns()})


def origin_of(request):
    return request.build_absolute_uri("/").removesuffix("/")


def columns():
    """The heads of the tables that describe an operation."""
    name, kind, meaning = _("Name"), _("Kind"), _("Meaning")
    return {
        "parameters": [name, _("Where"), kind, meaning],
        "fields": [name, kind, _("Needed"), meaning],
        "answers": [_("Status"), meaning, _("Content")],
        "given": [name, kind, meaning],
    }


@login_not_required
def live(request):
    """The process answers; nothing else is asked, so that nobody restarts it because the database is away."""
    return JsonResponse({"status": "ok"})


@login_not_required
def ready(request):
    """200 when the database and the cache answer; else 503 and which of them does not."""
    at, broken = None, []
    for name, ask in (("database", clock.now), ("cache", lambda: cache.set("health", "ok", 10))):
        try:
            at = ask() or at
        except Exception:  # whatever it is, this process cannot serve
            log.exception("the %s does not answer", name)
            broken.append(name)
    if broken:
        return JsonResponse({"status": "broken", "broken": broken}, status=503)
    return JsonResponse({"status": "ok", "at": at.isoformat()})


def desk(request):
    """What waits for this person, and where to go next."""
    at = clock.now()
    open_calls = Call.objects.open(at).order_by("closes_at")[:6] if is_applicant(request.user) else []
    return render(request, "desk.html", {"waiting": waiting_for(request.user, at), "calls": open_calls})


@login_not_required
@require_safe
def search(request):
    """What a person may list, by its words; visitors search what is public."""
    text = request.GET.get("q", "").strip()
    found, problem = looked_for(request.user, text)
    return render(request, "search.html", {"text": text, "found": found, "problem": problem, "fewest": FEWEST})


@require_POST
def forget_unsent(request):
    """The texts that were kept over a sign-in are not needed any more."""
    unsent.forget(request)
    return redirect(unsent.page_of(request))
