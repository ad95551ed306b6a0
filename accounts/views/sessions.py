"""Where one is signed in, and the ends of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import actions
from accounts.models import Session
from accounts.models.sessions import LONGEST_DAY, idle_limit
from core.formats import span


@require_GET
def sessions(request):
    """Each browser in which this person is signed in; this one is marked, one that nobody uses is over."""
    limit = idle_limit(request.user)
    used = Session.objects.visible_to(request.user).filter(seen_at__gt=timezone.now() - limit)
    shown = [(one, one.session_key == request.session.session_key) for one in used]
    return render(request, "accounts/sessions.html", {
        "sessions": shown, "others": any(not this for _one, this in shown), "limit": span(limit),
        "day": span(LONGEST_DAY),
    })  # fmt: skip


@require_POST
def end_session(request, name):
    actions.end_session(name, by=request.user)
    messages.success(request, _("That session has ended."))
    return redirect("sessions")


@require_POST
def end_other_sessions(request):
    actions.end_other_sessions(by=request.user, keep=request.session.session_key)
    messages.success(request, _("You are signed in here only."))
    return redirect("sessions")
