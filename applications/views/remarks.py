"""Comments beside the parts of a proposal: said and answered on the page of the part, resolved by a button there."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.actions import say_remark
from applications.forms import RemarkForm
from applications.models import Participation, Remark
from applications.shown.participations import may_write
from applications.shown.standing import section_url
from applications.states import REMARK
from applications.views import own_part, sections
from core.found import row_or_404
from core.views import status_of, step_view, try_act

remark_step = step_view(Remark, REMARK)


@require_POST
def remark(request, pk, section):
    application = sections.editable_or_refused(request, pk)
    part = sections.part_or_404(application, section)
    form, new = RemarkForm(request.POST), Remark(application=application, part=part.name)
    if said(request, form, new):
        return redirect(f"{section_url(application, part)}#remarks")
    page = sections.drawn_form(application, part)
    return refused(sections.section_page(request, application, part, page, remark_form=form), form)


@require_POST
def participation_remark(request, pk, section):
    """By a partner's people, about their own part."""
    row = row_or_404(Participation.objects.of_partner(request.user).for_reading(), pk=pk)
    part = own_part.own_part_or_404(row, section)
    if not may_write(row):
        raise own_part.over()
    form, new = RemarkForm(request.POST), Remark(application=row.application, participation=row, part=part.name)
    if said(request, form, new):
        return redirect(f"{reverse('participation_edit', args=[row.pk, part.name])}#remarks")
    page = own_part.own_form(row, part).show_typed()
    return refused(own_part.own_page(request, row, part, page, remark_form=form), form)


def refused(page, form):
    """With the status of the comment, not of the part."""
    page.status_code = status_of(form)
    return page


def said(request, form, new):
    """The remark, or None with the refusal on the form."""
    if not form.is_valid():
        return None
    new.text, new.name = form.cleaned_data["text"], form.cleaned_data["name"]
    seen = Remark.objects.visible_to(request.user).filter(application=new.application, part=new.part)
    if form.cleaned_data["thread"]:
        new.thread = row_or_404(seen, pk=form.cleaned_data["thread"])
    kept = try_act(form, lambda: say_remark(new, by=request.user, key=request.POST.get("key")))
    if kept:
        messages.success(request, _("The comment stands beside the part; it is never submitted."))
    return kept
