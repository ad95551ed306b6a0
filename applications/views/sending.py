"""Starting from a call, submitting, and the plain steps."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from applications.actions import begin_with, start_application, submit_application
from applications.content import is_as_sent
from applications.forms import StartForm
from applications.models import Application, Attempt
from applications.parts import asked_by
from applications.shown import proposal
from applications.shown.kept import kept_links
from applications.shown.participations import missing_links
from applications.shown.remarks import remark_links
from applications.shown.standing import eligibility_notice, gap_links, standing_of, warning_links
from applications.states import APPLICATION
from applications.views.sides import side_for
from core import clock
from core.errors import Refused
from core.found import row_or_404, visible_or_404
from core.views import form_page, step_view
from programmes.models import Call

take_step = step_view(Application, APPLICATION)


def start(request, call_pk):
    """What is asked and until when; one button begins the draft, empty or with what fits of an earlier application."""
    call = visible_or_404(Call, request.user, call_pk)
    new = Application(call=call, applicant=request.user.organisation)
    APPLICATION.may_open("start", new, by=request.user)
    earlier = Application.objects.visible_to(request.user).filter(applicant=new.applicant).select_related("call")
    posted = request.POST if request.method == "POST" else None  # one without a field begins an empty draft
    form = StartForm(posted, sources=earlier.order_by("-edited_at", "-pk"))
    if request.method == "POST" and form.is_valid():
        return begin(request, new, source=form.cleaned_data["source"])
    own = Application.objects.visible_to(request.user).of_call(call).order_by("-edited_at")
    context = {
        "call": call, "own": own, "is_open": call.is_open(clock.now()), "parts": asked_by(call),
        "earlier": earlier.exists(),
    }  # fmt: skip
    return form_page(request, "applications/start.html", form, **context)


def begin(request, new, *, source):
    """An untouched draft of the same call is taken up, unless it shall begin with something."""
    key = request.POST.get("key")
    if source:
        return redirect("application_copy", pk=begin_with(new, source=source, by=request.user, key=key).pk)
    untouched = Application.objects.visible_to(request.user).of_call(new.call).drafts().filter(stamp=0).first()
    return redirect(untouched or start_application(new, by=request.user, key=key))


def submit(request, pk):
    """Everything on one page as it will be received, loud warnings first; then one button."""
    application = row_or_404(Application.objects.visible_to(request.user).select_related("call"), pk=pk)
    if request.method == "POST":  # even what comes when nothing can be submitted any more is an attempt, and is noted
        return send(request, application)
    APPLICATION.may_open("submit", application, by=request.user)
    return submit_page(request, application)


def send(request, application):
    try:
        submitted = submit_application(application, by=request.user, **sent_with(request.POST))
    except Refused as refusal:
        application = visible_or_404(Application, request.user, application.pk)  # as it is now
        APPLICATION.may_open("submit", application, by=request.user)
        return submit_page(request, application, refusal=refusal)
    receipt = submitted.attempt.receipt
    messages.success(request, _("Received: version %(number)d.") % {"number": receipt.version})
    return redirect("receipt", pk=receipt.pk)


def sent_with(posted):
    return {"base": posted.get("stamp", ""), "key": posted.get("key")}


def submit_page(request, application, refusal=None):
    at = clock.now()
    standing = standing_of(application, at=at)
    context = {
        "application": application,
        "is_open": application.call.is_open(at),
        "standing": standing,
        "side": side_for(request, application, standing=standing),
        "gaps": gap_links(application, standing),
        "waiting": kept_links(application, request.user),
        "remarks": remark_links(application, request.user),
        "partners": missing_links(application),
        "warnings": warning_links(application, standing),
        "eligibility_notice": eligibility_notice(),
        "nothing_new": application.submitted_at
        and not application.as_typed
        and is_as_sent(application, standing.content),
        "proposal": proposal(application, standing.content),
        "refusal": refusal,
        "attempt": refusal and Attempt.objects.visible_to(request.user).filter(application=application).first(),
    }
    return render(request, "applications/submit.html", context, status=refusal.status if refusal else 200)


def application_step(request, pk, step):
    """The address behind the buttons; names as in the table of states."""
    if step not in APPLICATION.steps:
        raise Http404
    return take_step(request, pk=pk, step=step)
