"""What if: the list under other terms beside the list that counts. The address holds what is supposed; an officer may
save it under a name."""

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import is_officer
from core.cells import Cell
from core.views import status_of, try_act
from evaluation.actions import save_scenario
from evaluation.actions.scenarios import Named, Supposing
from evaluation.forms import SavingForm, SupposingForm
from evaluation.models import Scenario
from evaluation.scoring import figure
from evaluation.shown.scenarios import part_words, told
from evaluation.shown.sureness import PAGE, application, decision, figure_of
from evaluation.views.doors import require_officer
from evaluation.views.sureness import list_for, page_of


@require_http_methods(["GET", "POST"])
def suppose(request, pk):
    """POST saves what its address supposes. A list that fell since is still found, so that no word is lost."""
    if request.method == "POST":
        require_officer(request.user)
    supposing = Supposing(request.user, list_for(request.user, pk, fallen=request.method == "POST"))
    form = form_for(request, supposing)
    if not (form.is_bound and form.is_valid()):
        status = 400 if form.errors or request.method == "POST" else 200
        return render(
            request, "evaluation/suppose.html", {"ranked_list": supposing.ranked_list, "form": form}, status=status
        )
    return saved_or_shown(request, supposing, form)


def form_for(request, supposing):
    least = supposing.ranked_list.call.min_contribution or Decimal(0)
    said = request.GET if "overall" in request.GET else None
    return SupposingForm(said, judged=supposing.judged, terms=supposing.terms, least=least)


def saved_or_shown(request, supposing, form):
    saving = SavingForm(request.POST if request.method == "POST" else None)
    row = saving.is_valid() and try_act(saving, lambda: saved(request, supposing, form, saving))
    if row:
        messages.success(request, _("Saved: %(scenario)s. The ranked list is as it was.") % {"scenario": row})
        return redirect(row)
    return render(
        request, "evaluation/suppose.html", page_with(request, supposing, form, saving), status=status_of(saving)
    )


def page_with(request, supposing, form, saving):
    entries = supposing.outcome(form.supposed())
    saving.look_at(supposing.digest(entries))
    page = {"ranked_list": supposing.ranked_list, "form": form, **beside(request, supposing.judged, entries)}
    return page | ({"saving": saving, "action": request.get_full_path()} if is_officer(request.user) else {})


def saved(request, supposing, form, saving):
    said = saving.cleaned_data
    return save_scenario(
        supposing, form.supposed(), by=request.user, named=Named(said["name"], said["note"], said["seen"]),
        follows=followed(request, supposing.ranked_list.call), key=request.POST.get("key"),
    )  # fmt: skip


def followed(request, call):
    """The scenario that is computed anew by this one, where the address names one."""
    try:
        pk = UUID(request.GET.get("follows", ""))
    except ValueError:
        return None
    return Scenario.objects.visible_to(request.user).of_call(call).filter(pk=pk).first()


def beside(request, judged, entries):
    page = page_of(judged, request.GET.get("page", ""))
    rest = request.GET.copy()
    for name in ("previous", "next"):
        if page[name]:
            rest["page"] = page["number"] + (1 if name == "next" else -1)
            page[name] = f"?{rest.urlencode()}#beside"
    start = (page["number"] - 1) * PAGE
    return {
        "page": page, "columns": columns(), "sentence": told(judged, entries),
        "rows": [row_of(judged.proposals[one.line], one) for one in entries[start : start + PAGE]],
    }  # fmt: skip


def columns():
    return [
        _("Application"), _("Rank on the list"), _("Decision"), _("Rank supposed"), _("Decision supposed"),
        _("Total supposed"), _("Moved"),
    ]  # fmt: skip


def row_of(proposal, one):
    supposed = part_words(proposal, one) if one.is_part else decision(one.is_funded)
    return [
        application(proposal), figure_of(proposal.rank), decision(proposal.is_funded), figure_of(one.rank),
        supposed, figure(one.total), moved(proposal, one),
    ]  # fmt: skip


def moved(proposal, one):
    if one.is_part or one.is_funded != proposal.is_funded:
        return Cell(_("other decision"), tone="warning")
    return Cell(_("other rank"), tone="info") if one.moved(proposal) else _("as it is")
