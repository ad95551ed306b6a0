"""Calls as everybody reads them: the list and the page."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.roles import is_applicant, is_commission, sees_whole_calls
from core import clock
from core.found import row_or_404
from core.views import list_page, step_preview, step_view
from programmes.completeness import gaps_of
from programmes.documents import calendar_of, feed_of
from programmes.lists import TONES, CallList
from programmes.models import Call
from programmes.shown.calls import call_context, end_of_call, waiting_corrigendum
from programmes.shown.publishing import buttons_of, odd_in, publication_of
from programmes.shown.questions import asking_of, newest_questions
from programmes.states import CALL, PUBLISHED, CallPhase

call_step = step_view(Call, CALL)


@login_not_required
@require_safe
def calls(request):
    open_now = Call.objects.open(clock.now()).order_by("closes_at")[:6]
    return list_page(
        request, CallList, "programmes/calls.html", open_now=open_now, may_prepare=may_prepare(request.user)
    )


@login_not_required
@require_safe
def call_feed(request):
    """Published calls for feed readers, the newest first."""
    answer = HttpResponse(feed_of(Call.objects.published().order_by("-published_at", "pk")[:50]))
    answer["Content-Type"] = "application/atom+xml; charset=utf-8"
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def may_prepare(user):
    return user.is_authenticated and bool(CALL.buttons(user, Call()))


@login_not_required
@require_safe
def call_page(request, pk):
    rows = Call.objects.visible_to(request.user).select_related("fund", "prepared_by")
    call = row_or_404(rows, pk=pk)
    at = clock.now()
    context = {
        "call": call,
        "tone": TONES[call.status],
        "steps": buttons_of(call, request.user, at) if request.user.is_authenticated else [],
        "apply_url": apply_url(request.user, call, at),
        "pool_url": pool_url(request.user, call),
        "form_url": form_url(request.user, call),
        "is_open": call.is_open(at),
        "is_planned": call.stands_in(CallPhase.PUBLISHED) and at < call.opens_at,
        **call_context(call),
        "questions": newest_questions(call, request.user),
        "asking": asking_of(call, request.user, at),
        "sign_in_url": sign_in_url(request.user, call, at),
        "waiting": waiting_corrigendum(call) if is_commission(request.user) else None,
    }
    if call.stands_in(CallPhase.PREPARING):
        context["gaps"] = gaps_for(call, context["criteria"], at, request.user)
    return render(request, "programmes/call.html", context)


@login_not_required
@require_safe
def call_calendar(request, pk):
    """The closing time as a file for a calendar."""
    call = row_or_404(Call.objects.published(), pk=pk)
    answer = HttpResponse(calendar_of(call), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{call.reference}.ics".replace("/", "-"))
    return answer


def apply_url(user, call, at):
    """Where an applicant starts, while the call is open."""
    if not is_applicant(user) or not call.is_open(at):
        return None
    return reverse("application_start", args=[call.pk])


def pool_url(user, call):
    """Where the office invites evaluators: from the publication on, before anything is opened."""
    return reverse("pool", args=[call.pk]) if sees_whole_calls(user) and call.stands_in(PUBLISHED) else None


def form_url(user, call):
    """Where an officer writes the questions of its form, while it is in preparation."""
    may = user.is_authenticated and call.stands_in(CallPhase.PREPARING) and CALL.steps["edit"].allowed(user, call)
    return reverse("call_form", args=[call.pk]) if may else None


def sign_in_url(user, call, at):
    """A visitor's next step: sign in, and go on with the application."""
    if user.is_authenticated or not call.is_open(at):
        return None
    return f"{reverse('account_login')}?{urlencode({'next': reverse('application_start', args=[call.pk])})}"


def gaps_for(call, criteria, at, user):
    """What still has to be said before publication; for who may edit, each with the field that says it."""
    gaps = gaps_of(call, criteria, at)
    if not CALL.steps["edit"].allowed(user, call):
        return list(gaps.values())
    edit = reverse("call_edit", args=[call.pk])
    return [(sentence, f"{edit}#{anchor_of(name)}") for name, sentence in gaps.items()]


def anchor_of(name):
    return "criteria" if name == "criteria" else f"id_{name}"


def what_it_does(call, user):
    """Of the two steps that are shown first: a draft is published, anything later can only be cancelled."""
    if not call.stands_in(CallPhase.PREPARING):
        return {"call": call, "does": end_of_call(call)}
    at = clock.now()
    if gaps := gaps_for(call, list(call.criteria.all()), at, user):
        return {"call": call, "gaps": gaps}
    return {"call": call, "does": publication_of(call, at), "odd": odd_in(call, at)}


call_step_preview = step_preview(Call, CALL, "programmes/step_preview.html", what_it_does)
