"""Requests for review: filed from a letter's page, read and answered on their own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from awards import actions
from awards.actions.redress import last_day_of, require_contestable
from awards.forms import RedressForm
from awards.lists import RedressList
from awards.models import Letter, Redress
from awards.shown import decisions as shown
from awards.shown import redress as words
from awards.shown.tones import REDRESS_TONES
from awards.states import REDRESS
from awards.views.decisions import history_of
from core import clock
from core.formats import brussels_day
from core.found import row_or_404
from core.views import form_page, list_page, step_view, try_act

redress_step = step_view(Redress, REDRESS)


@require_GET
def redresses(request):
    return list_page(request, RedressList)


@require_http_methods(["GET", "POST"])
def file_redress(request, pk):
    letter = row_or_404(Letter.objects.visible_to(request.user).for_reading(), pk=pk)
    REDRESS.may_open("file", Redress(letter=letter, application=letter.application), by=request.user)
    require_contestable(letter, clock.now())
    form = RedressForm(request.POST or None)
    if form.is_valid() and (filed := try_act(form, lambda: file(letter, form.cleaned_data, request))):
        messages.success(request, _("Your request for review is received."))
        return redirect(filed)
    last = brussels_day(last_day_of(letter))
    return form_page(request, "awards/file_redress.html", form, letter=letter, last=last)


def file(letter, data, request):
    return actions.file_redress(letter, by=request.user, key=request.POST.get("key"), **data)


@require_GET
def redress(request, pk):
    row = row_or_404(Redress.objects.visible_to(request.user).for_reading(), pk=pk)
    steps, why_not = offered(request.user, row)
    context = {
        "redress": row,
        "tone": REDRESS_TONES[row.status],
        "steps": steps,
        "why_not": why_not,
        "url": row.get_absolute_url(),
        "facts": words.facts_of(row),
        "timeline": shown.timeline_of(history_of(row), REDRESS),
    }
    return render(request, "awards/redress.html", context)


def offered(user, row):
    """(steps, why another is not offered): whoever judged it reads so before writing an answer."""
    steps = REDRESS.buttons(user, row)
    refused = {one: next(filter(None, one.refusals(row, user)), "") for one in steps}
    return [one for one in steps if not refused[one]], next(filter(None, refused.values()), "")
