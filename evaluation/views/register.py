"""The register of evaluators: the list, one entry, one's own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import is_assessor
from core import clock
from core.days import day_of
from core.found import visible_or_404
from core.views import form_page, list_page, try_act
from evaluation.actions import keep_entry
from evaluation.actions.register import action_types
from evaluation.forms import EntryForm
from evaluation.lists import RegisterList
from evaluation.models import RegisterEntry
from evaluation.shown.register import facts_of
from evaluation.states import ENTRY
from evaluation.views.doors import require_commission

USED = 100  # keywords of others that are read to be offered
NEVER = "never"  # stands for the stamp of an entry that was not there: one kept meanwhile is not written over


@require_GET
def evaluators(request):
    require_commission(request.user)
    return list_page(request, RegisterList, "evaluation/evaluators.html", may_enter=is_assessor(request.user))


@require_GET
def register_entry(request, pk):
    entry = visible_or_404(RegisterEntry, request.user, pk)
    return render(request, "evaluation/register_entry.html", {
        "entry": entry, "facts": facts_of(entry), "is_mine": bool(ENTRY.open_to(request.user, entry)),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def my_entry(request):
    """One's own entry, there or not yet; there is no such page of somebody else's."""
    if not is_assessor(request.user):
        raise Http404
    entry = RegisterEntry.objects.filter(person=request.user).first() or RegisterEntry(person=request.user)
    form = EntryForm(
        request.POST or None, entry=entry, used=RegisterEntry.objects.keywords_used(most=USED),
        actions=action_types(), today=day_of(clock.now()),
    )  # fmt: skip
    if form.is_valid() and (kept := try_act(form, lambda: said_of(request, form))):
        messages.success(request, _("Your entry in the register is kept."))
        return redirect(kept)
    seen = NEVER if entry._state.adding else entry.stamp
    return form_page(request, "evaluation/my_entry.html", form, entry=entry, seen=seen)


def said_of(request, form):
    return keep_entry(by=request.user, base=request.POST.get("stamp"), said=form.said)
