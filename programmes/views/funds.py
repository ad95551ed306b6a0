"""The programme as the public sees it: its sheet and its money."""

from decimal import Decimal

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.member_states import MEMBER_STATES
from core.charts import bar_chart, stacked_bar
from core.formats import euro, percent, thousands
from core.found import row_or_404
from core.views import list_page
from programmes.geography import map_of
from programmes.lists import FundList
from programmes.models import Fund, Passage
from programmes.shown import funds as written

OUTLINES = settings.VAR / "assets" / "europe.json"
TEXTS = {
    Passage.Kind.SPECIFIC_OBJECTIVE: "objectives",
    Passage.Kind.ACTION_TYPE: "actions",
    Passage.Kind.OPERATIONAL_OBJECTIVE: "operational",
    Passage.Kind.PRIORITY: "priorities",
    Passage.Kind.UNION_ACTION: "union_actions",
    Passage.Kind.THIRD_COUNTRY_ACTION: "third_country_actions",
}


@login_not_required
@require_safe
def funds(request):
    return list_page(request, FundList)


@login_not_required
@require_safe
def fund_page(request, code):
    fund = row_or_404(Fund.objects.visible_to(request.user), code=code)
    amounts = {one.member_state: one.amount for one in fund.allocations.all()}
    context = {
        "fund": fund,
        "sheet": fund.sheet,
        "figures": figures_of(fund, amounts),
        "split": stacked_bar(_("How the envelope is divided"), written.split_of(fund.sheet), show=millions),
        "money": written.money_table(fund.sheet),
        "rates": written.rate_table(fund.sheet),
        "limits": written.limit_table(fund.sheet),
        "times": written.time_table(fund.sheet),
        "regulations": written.regulation_table(fund.sheet),
        "calls": fund.calls.visible_to(request.user).order_by("-closes_at")[:6],
        **texts_of(fund),
        **picture_of(fund, amounts),
    }
    return render(request, "programmes/fund.html", context)


def figures_of(fund, amounts):
    return [
        (fund.period, _("period")),
        (millions(fund.envelope), _("euro in all")),
        (len(amounts), _("Member States take part")),
        (len(fund.sheet["specific_objectives"]), _("specific objectives")),
    ]


def texts_of(fund):
    """The passages of the fund's law, by kind."""
    found = {name: [] for name in TEXTS.values()}
    for passage in fund.passages.all():
        if passage.kind in TEXTS:
            found[TEXTS[passage.kind]].append(passage)
    return found


def picture_of(fund, amounts):
    """The money of each Member State as a table, a chart and a map; without amounts, who takes part."""
    known = {code: amount for code, amount in amounts.items() if amount is not None}
    total = sum(known.values(), Decimal(0))
    title = fund.sheet["member_states_title"]
    return {
        "states": state_table(title, known, total) if known else None,
        "names": [MEMBER_STATES[code] for code in amounts],
        "out": [(one["reason"], one["recital"]) for one in fund.sheet["not_participating"]],
        "chart": bar_chart(_("Amounts, the largest first"), ranked(known), show=millions) if known else None,
        "map": map_of(title, amounts, says=sentences(amounts), show=millions, source=OUTLINES),
    }


def state_table(title, amounts, total):
    rows = [[MEMBER_STATES[code], code, euro(amount), share(amount, total)] for code, amount in amounts.items()]
    columns = [_("Member State"), _("Code"), _("Amount"), _("Share")]
    return written.Table(title, columns, rows, (2, 3), [_("Total"), "", euro(total), percent(100)])


def ranked(amounts):
    largest_first = sorted(amounts.items(), key=lambda pair: -pair[1])
    return [(MEMBER_STATES[code], amount) for code, amount in largest_first]


def share(amount, total):
    return percent((amount * 100 / total).quantize(Decimal("0.1")))


def sentences(amounts):
    """What each country of the map says when one points at it."""

    def says(code):
        if code not in amounts:
            return _("%(state)s: does not take part") % {"state": MEMBER_STATES[code]}
        if amounts[code] is None:
            return _("%(state)s: takes part") % {"state": MEMBER_STATES[code]}
        return f"{MEMBER_STATES[code]}: {euro(amounts[code])}"

    return says


def millions(amount):
    """12162906 -> "12.2 M"."""
    return f"{thousands(Decimal(amount) / 1_000_000, places=1)}\u00a0M"
