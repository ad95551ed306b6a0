"""Choosing evaluators: the list of applications, one application and one person by hand, a distribution, a file."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from applications.models import Application
from core import clock
from core.downloads import note_download
from core.errors import Incomplete
from core.export import xlsx_response
from core.found import row_or_404
from core.incoming import table_of
from core.views import form_page, list_page, try_act
from evaluation.actions import assign_evaluator, propose_distribution, propose_from_file
from evaluation.actions import stand_aside as stand_aside_act
from evaluation.actions.assessments import DAYS_TO_ASSESS
from evaluation.actions.known import Known
from evaluation.actions.proposing import HEADS, Terms
from evaluation.actions.rulings import found_between
from evaluation.forms import AssignmentsFileForm, DueForm, ReasonForm, TermsForm
from evaluation.lists import PeopleToAssignList, ToAssignList
from evaluation.models import Assessment, Batch
from evaluation.shown.assigning import applications_to_assign, judges, standing_of
from evaluation.shown.proposed import batches_of
from evaluation.views.calls import tabs_of
from evaluation.views.doors import call_for, require_officer
from evaluation.workbook import SHEET, workbook_of

SHOWN_FAULTS = 25


@require_GET
def assign(request, pk):
    require_officer(request.user)
    call = call_for(request.user, pk)
    standing = standing_of(call, request.user)
    return list_page(
        request, ToAssignList, "evaluation/assign.html", call=call, tabs=tabs_of(call, "assign", request.user),
        figures=[
            (standing["all"], _("applications may be assigned")),
            (standing["short"], _("with too few evaluators"), f"{request.path}?short=yes"),
            (standing["missing"], _("evaluators to be found")),
        ],
        batches=batches_of(call, request.user, Batch.Purpose.ASSIGNMENT),
    )  # fmt: skip


# by hand


def application_for(user, pk):
    require_officer(user)
    application = row_or_404(Application.objects.visible_to(user).select_related("call", "applicant"), pk=pk)
    return row_or_404(
        applications_to_assign(application.call, user).select_related("call", "applicant"), pk=pk
    )  # fmt: skip


@require_GET
def assign_one(request, pk):
    application = application_for(request.user, pk)
    here = Assessment.objects.visible_to(request.user).on(application).current().counting().with_names()
    return list_page(
        request, PeopleToAssignList, "evaluation/assign_one.html", application=application, call=application.call,
        assigned=[
            (f"{one.evaluator_name}: {one.get_status_display()}", one.get_absolute_url())
            for one in here.order_by("evaluator__name")
        ],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def assign_person(request, pk, person):
    """One pair, before and when it is assigned."""
    application = application_for(request.user, pk)
    evaluator = row_or_404(judges(officers=True), pk=person)
    form = DueForm(request.POST or None, initial={"due_at": clock.now() + DAYS_TO_ASSESS})
    if form.is_valid() and try_act(form, lambda: assigned(application, evaluator, request.user, form)):
        words = {"who": evaluator, "number": application.reference}
        messages.success(request, _("%(who)s is asked to assess %(number)s.") % words)
        return redirect("assign_one", application.pk)
    return form_page(
        request, "evaluation/assign_person.html", form, application=application, person=evaluator,
        bars="" if form.is_bound else Known([application]).why_not(application, evaluator),
        is_found=not form.is_bound and bool(found_between(application, evaluator)),
        load=Assessment.objects.of(evaluator).of_call(application.call).current().count(),
    )  # fmt: skip


def assigned(application, evaluator, by, form):
    return assign_evaluator(application, evaluator, by=by, due_at=form.cleaned_data["due_at"])


# many at once


@require_http_methods(["GET", "POST"])
def assign_automatically(request, pk):
    require_officer(request.user)
    call = call_for(request.user, pk)
    form = TermsForm(request.POST or None, initial={"wanted": call.evaluators_wanted})
    if form.is_valid() and (batch := try_act(form, lambda: proposed(call, request, form))):
        return redirect(batch)
    return form_page(request, "evaluation/assign_automatically.html", form, call=call, back=back_to(call))


def proposed(call, request, form):
    terms = Terms(**form.cleaned_data)
    return propose_distribution(call, by=request.user, terms=terms, key=request.POST.get("key"))


@require_http_methods(["GET", "POST"])
def assign_file(request, pk):
    require_officer(request.user)
    call = call_for(request.user, pk)
    form = AssignmentsFileForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (batch := try_act(form, lambda: read_in(call, request, form.cleaned_data["file"]))):
        return redirect(batch)
    return form_page(request, "evaluation/assign_file.html", form, call=call, back=back_to(call))


@require_GET
def assign_workbook(request, pk):
    """What stands and what there is to choose from, to be filled in and handed in again."""
    require_officer(request.user)
    call = call_for(request.user, pk)
    name = f"assignments-{call.reference}"
    note_download(request.user, f"{name}.xlsx", {"call": str(call.pk)})
    return xlsx_response(name, workbook_of(call, request.user))


def read_in(call, request, upload):
    rows = table_of(upload, HEADS, sheet=SHEET)
    key = request.POST.get("key")
    try:
        return propose_from_file(call, by=request.user, rows=rows, name=upload.name[:200], key=key)
    except Incomplete as refusal:
        raise Incomplete(first_of(refusal.gaps)) from refusal


def first_of(gaps):
    """As many of the lines that cannot be as somebody corrects at a time; how many more there are."""
    said = [f"{name}: {sentence}" if name else sentence for name, sentence in gaps.items()]
    shown = {str(place): sentence for place, sentence in enumerate(said[:SHOWN_FAULTS])}
    if more := len(said) - len(shown):
        sentence = ngettext("%d more line cannot be taken.", "%d more lines cannot be taken.", more)
        shown["more"] = sentence % more
    return shown


def back_to(call):
    return reverse("assign", args=[call.pk])


# an officer's own conflict


@require_http_methods(["GET", "POST"])
def stand_aside(request, pk):
    require_officer(request.user)
    rows = Application.objects.visible_to(request.user).in_procedure().select_related("call", "applicant")
    application = row_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and try_act(form, lambda: step_aside(application, request, form)):
        messages.success(
            request, _("You have stood aside from %(number)s; it is hidden from you now.") % {"number": application}
        )
        return redirect("evaluation_of_call", application.call_id)
    return form_page(request, "evaluation/stand_aside.html", form, application=application)


def step_aside(application, request, form):
    row = Assessment(application=application, evaluator=request.user)
    return stand_aside_act(row, by=request.user, reason=form.cleaned_data["reason"])
