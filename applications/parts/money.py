"""The budget laid out for reading: the table of costs, who pays, and a picture of both."""

from django.utils.translation import gettext as _

from applications.budget import most_for
from applications.models import BudgetLine
from core.charts import stacked_bar
from core.formats import euro, percent
from core.formats import thousands as figures


def budget_table(content, budget):
    """Partner × category, with both kinds of totals; the foot goes on to the total costs."""
    categories = BudgetLine.Category.values
    rows = [
        [
            partner["name"] or _("(no name yet)"),
            *(figures(budget.at(partner["id"], category), places=2) for category in categories),
            figures(budget.of_partner(partner["id"]), places=2),
        ]
        for partner in content["partners"]
    ]
    foot = [_("Direct costs"), *(figures(budget.of_category(one), places=2) for one in categories)]
    return {
        "columns": [_("Organisation"), *(label for _code, label in BudgetLine.Category.choices), _("Total (EUR)")],
        "rows": rows,
        "footer": [*foot, figures(budget.direct, places=2)],
        "numeric": list(range(1, len(categories) + 2)),
    }


def source_facts(budget, call):
    """From direct costs to who pays, in the order in which one adds it up."""
    return [
        (_("Direct costs"), euro(budget.direct)),
        (_("Indirect costs (%(rate)s of those)") % {"rate": percent(call.indirect_rate)}, euro(budget.indirect)),
        (_("Total costs"), euro(budget.total)),
        (_("Requested EU contribution"), f"{euro(budget.requested)} ({percent(budget.rate)})"),
        (
            _("Most that %(rate)s of the total allows") % {"rate": percent(call.max_rate)},
            euro(most_for(budget.total, call.max_rate)),
        ),
        (_("Contribution of the beneficiaries"), euro(budget.own)),
        (_("Other contributions and income"), euro(budget.other)),
        (_("Balance"), _("balanced") if budget.is_balanced else missing_words(budget)),
    ]  # fmt: skip


def missing_words(budget):
    words = {"amount": euro(abs(budget.missing))}
    return _("%(amount)s are missing") % words if budget.missing > 0 else _("%(amount)s too much") % words


def cost_chart(budget):
    items = [(label, budget.of_category(code)) for code, label in BudgetLine.Category.choices]
    items = [*((label, amount) for label, amount in items if amount), (_("Indirect costs"), budget.indirect)]
    return stacked_bar(_("Costs by category"), items, show=euro) if budget.total else None
