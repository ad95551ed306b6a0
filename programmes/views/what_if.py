"""What the allocation key would give if an input were different. Nothing is saved."""

from decimal import Decimal

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.member_states import MEMBER_STATES
from core.cells import Cell
from core.formats import euro, percent
from core.found import row_or_404
from programmes import allocation as key
from programmes.forms import WhatIfForm
from programmes.models import Fund
from programmes.shown.funds import Table

PARTS = {
    "population": gettext_lazy("Population"),
    "territory": gettext_lazy("Territory"),
    "passengers": gettext_lazy("Passengers through international air and sea ports"),
    "cargo": gettext_lazy("Cargo through international air and sea ports"),
    "gdp": gettext_lazy("Gross domestic product per inhabitant, inversely"),
}


@login_not_required
@require_safe
def allocation(request, code):
    fund = row_or_404(Fund.objects.visible_to(request.user), code=code)
    inputs = {one.member_state: key.Inputs.of(one.inputs) for one in fund.allocations.all() if one.inputs}
    if not inputs:
        raise Http404
    state = request.GET.get("state", "")
    state = state if state in inputs else next(iter(inputs))
    form = WhatIfForm(
        request.GET if set(key.INPUT_NAMES) & request.GET.keys() else None, state=state, inputs=vars(inputs[state])
    )
    context = {
        "fund": fund,
        "key": fund.sheet["allocation_key"],
        "form": form,
        "state": state,
        "choices": [(one, MEMBER_STATES[one]) for one in inputs],
        **effect_on(fund, inputs, form, state),
    }
    return render(request, "programmes/allocation.html", context, status=400 if form.errors else 200)


def effect_on(fund, inputs, form, state):
    told = fund.sheet["allocation_key"]
    shares = {name: Decimal(value) for name, value in told["shares"].items()}
    changes = form.changes if form.is_valid() else {}
    effects = key.effect_of(inputs, {state: changes}, total=Decimal(told["total"]), shares=shares)
    return {
        "changed": bool(changes),
        "own": figures_of(next(one for one in effects if one.code == state)),
        "own_name": MEMBER_STATES[state],
        "table": effect_table(effects),
        "shares": [(label, percent(shares[name])) for name, label in PARTS.items()],
    }


def effect_table(effects):
    columns = [_("Member State"), _("Published figures"), _("Your figures"), _("Difference")]
    rows = [row_of(one) for one in effects]
    return Table(_("Effect on every Member State"), columns, rows, (1, 2, 3), total_of(effects))


def figures_of(effect):
    """The chosen Member State in big figures."""
    return [
        (euro(effect.before), _("with the published figures")),
        (euro(effect.after), _("with your figures")),
        (signed(effect.difference), _("difference")),
    ]


def row_of(effect):
    tone = "good" if effect.difference > 0 else "bad" if effect.difference < 0 else None
    difference = Cell(signed(effect.difference), tone=tone)
    return [MEMBER_STATES[effect.code], euro(effect.before), euro(effect.after), difference]


def total_of(effects):
    sums = (sum((getattr(one, name) for one in effects), Decimal(0)) for name in ("before", "after", "difference"))
    before, after, difference = sums
    return [_("Total"), euro(before), euro(after), signed(difference)]


def signed(amount):
    if amount > 0:
        return f"+\u00a0{euro(amount)}"
    return f"−\u00a0{euro(-amount)}" if amount < 0 else euro(amount)
