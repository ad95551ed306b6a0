"""What if: the list under other terms beside the list that counts. The address holds what is supposed."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.cells import Cell
from core.formats import euro
from evaluation.actions.ranked_lists import terms_of
from evaluation.forms import SupposingForm
from evaluation.scoring import figure
from evaluation.shown.sureness import PAGE, application, decision, figure_of
from evaluation.sureness import judged_for, supposed_list
from evaluation.views.sureness import list_for, page_of


@require_GET
def suppose(request, pk):
    ranked_list = list_for(request.user, pk)
    judged = judged_for(request.user, ranked_list)
    terms = terms_of(ranked_list.call, ranked_list.tie_decisions)
    asked = "overall" in request.GET
    form = SupposingForm(request.GET if asked else None, judged=judged, terms=terms)
    shown = beside(request, judged, supposed_list(judged, terms, form.supposed())) if asked and form.is_valid() else {}
    status = 400 if asked and form.errors else 200
    page = {"ranked_list": ranked_list, "form": form, **shown}
    return render(request, "evaluation/suppose.html", page, status=status)


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
    return [
        application(proposal), figure_of(proposal.rank), decision(proposal.is_funded), figure_of(one.rank),
        decision(one.is_funded), figure(one.total), moved(proposal, one),
    ]  # fmt: skip


def moved(proposal, one):
    if one.is_funded != proposal.is_funded:
        return Cell(_("other decision"), tone="warning")
    return Cell(_("other rank"), tone="info") if one.moved(proposal) else _("as it is")


def told(judged, entries):
    """How much is another, and the money."""
    pairs = [(judged.proposals[one.line], one) for one in entries]
    words = {
        "moved": sum(one.moved(proposal) for proposal, one in pairs), "all": len(pairs),
        "gained": sum(one.is_funded and not proposal.is_funded for proposal, one in pairs),
        "lost": sum(proposal.is_funded and not one.is_funded for proposal, one in pairs),
        "used": euro(sum(proposal.contribution for proposal, one in pairs if one.is_funded)),
    }  # fmt: skip
    return _("Of %(all)d applications %(moved)d would stand elsewhere: %(gained)d would be funded that are not, %(lost)d would not be funded that are. The main list would use %(used)s.") % words  # fmt: skip  # noqa: E501
