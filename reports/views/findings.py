"""Findings: written and sent by auditors, answered by whom they are addressed to."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.found import row_or_404, visible_or_404
from core.views import form_page, list_page, stamp_for, step_view, try_act
from reports import actions
from reports.actions.findings import WORDS
from reports.forms import FindingForm, MoreTimeForm
from reports.lists import FindingList
from reports.models import Finding, ReportFile
from reports.permissions import may_find
from reports.shown import findings as shown
from reports.states import FINDING

MOST_FILES = 100  # of one's own, the newest: an older one is asked for again
finding_step = step_view(Finding, FINDING)


@require_GET
def findings(request):
    return list_page(request, FindingList, "reports/findings.html", may_find=may_find(request.user))


@require_GET
def finding(request, pk):
    row = row_or_404(Finding.objects.visible_to(request.user).for_reading(), pk=pk)
    context = {
        "finding": row, "tone": shown.TONES[row.status], "steps": FINDING.buttons(request.user, row),
        "url": row.get_absolute_url(), "facts": shown.facts_of(row, request.user),
        "timeline": shown.timeline_of(row, request.user),
    }  # fmt: skip
    return render(request, "reports/finding.html", context)


@require_http_methods(["GET", "POST"])
def finding_new(request):
    """A draft; an application's page leads here with its number."""
    if not may_find(request.user):
        raise Http404
    return new_one(request, None, {"owner": Finding.Owner.OFFICE, **request.GET.dict()})


@require_http_methods(["GET", "POST"])
def finding_replace(request, pk):
    """A draft in whose place another one stands until it is sent; it begins with the words of that one."""
    earlier = row_or_404(Finding.objects.visible_to(request.user).for_reading(), pk=pk)
    FINDING.may_open("replace", earlier, by=request.user)
    return new_one(request, earlier, words_of(earlier))


def new_one(request, earlier, initial):
    form = FindingForm(request.POST or None, files=files_of(request.user), initial=initial)
    if form.is_valid() and (row := try_act(form, lambda: draft(earlier, form.cleaned_data, request))):
        messages.success(request, _("The finding is kept as a draft: read it again, then send it."))
        return redirect(row)
    return form_page(request, "reports/finding_new.html", form, earlier=earlier)


def draft(earlier, said, request):
    new = Finding(replaces=earlier)
    return actions.draft_finding(new, by=request.user, key=request.POST.get("key"), said=said)


def files_of(user):
    return ReportFile.objects.visible_to(user).drawn().order_by("-asked_at", "-pk")[:MOST_FILES]


def words_of(row):
    """As the form has them."""
    numbers = {name: str(getattr(row, name) or "") for name in ("application", "decision")}
    said = {name: getattr(row, name) for name in (*WORDS, "owner")}
    return {**said, **numbers, "file": row.file.sha256 if row.file else ""}


@require_http_methods(["GET", "POST"])
def finding_edit(request, pk):
    row = row_or_404(Finding.objects.visible_to(request.user).for_reading(), pk=pk)
    FINDING.may_open("correct", row, by=request.user)
    form = FindingForm(request.POST or None, files=files_of(request.user), initial=words_of(row))
    said = {"by": request.user, "base": request.POST.get("stamp")}
    if form.is_valid() and try_act(form, lambda: actions.correct_finding(row, said=form.cleaned_data, **said)):
        messages.success(request, _("The draft is kept."))
        return redirect(row)
    return form_page(request, "reports/finding_edit.html", form, finding=row, stamp=stamp_for(request, form, row))


@require_http_methods(["GET", "POST"])
def finding_extend(request, pk):
    row = visible_or_404(Finding, request.user, pk)
    FINDING.may_open("extend", row, by=request.user)
    form = MoreTimeForm(request.POST or None, initial={"due_on": row.due_on})
    said = {"by": request.user, "base": request.POST.get("stamp")}
    if form.is_valid() and try_act(form, lambda: actions.extend_finding(row, **said, **form.cleaned_data)):
        messages.success(request, _("There is more time; whoever it is addressed to is told by mail."))
        return redirect(row)
    return form_page(request, "reports/finding_extend.html", form, finding=row, stamp=stamp_for(request, form, row))
