"""Budget: the direct costs of each partner by category, and who pays."""

from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from applications.budget import NOTHING, budget_in, most_for
from applications.models import BudgetLine, Partner
from applications.parts.base import Part, Total, Writing, missing
from applications.parts.columns import require_valid
from applications.parts.forms.budget import BudgetForm
from applications.parts.money import budget_table, cost_chart, source_facts
from core.errors import Incomplete
from core.formats import euro
from core.numbers import Number

MONEY = {"max_digits": 14, "decimal_places": 2, "min_value": 0, "required": False, "allow_null": True}
SOURCES = {"requested": None, "own_resources": NOTHING, "other_resources": NOTHING}  # each with what nothing said is


class LineSerializer(serializers.Serializer):
    told_apart_by = ("partner", "category")

    partner = serializers.UUIDField()
    category = serializers.ChoiceField(choices=BudgetLine.Category.choices)
    amount = Number(max_digits=14, decimal_places=2, min_value=0)


class BudgetSerializer(serializers.Serializer):
    requested = Number(**MONEY)
    own_resources = Number(**MONEY)
    other_resources = Number(**MONEY)
    lines = LineSerializer(many=True, required=False)


class BudgetPart(Part):
    name = "budget"
    label = _("Budget")
    place = 50
    is_decided_on = True
    empty = {"requested": None, "own_resources": "0.00", "other_resources": "0.00", "lines": []}
    needs = ("partners",)
    row_model = Partner
    partners_own = tuple(BudgetLine.Category.values)
    form = BudgetForm
    incoming = BudgetSerializer
    edit_template = "applications/edit/budget.html"

    def read(self, application):
        lines = [
            {"partner": str(line.partner_id), "category": line.category, "amount": amount_as_said(line.amount)}
            for line in application.lines.all()
            if line.amount
        ]
        return {
            **{name: amount_as_said(getattr(application, name)) for name in SOURCES},
            "lines": sorted(lines, key=lambda line: (line["partner"], line["category"])),
        }

    def write(self, application, said, *, by, at):
        for name, nothing in SOURCES.items():
            if name in said:
                setattr(application, name, amount_of(said[name], f"budget.{name}", nothing))
        require_valid(application, tuple(SOURCES), place=self.name)
        return write_lines(application, said["lines"]) if "lines" in said else Writing()

    def gaps(self, content, call):
        said = content[self.name]
        asked = Decimal(said["requested"] or NOTHING)
        return missing(
            lines=(said["lines"], _("Enter the direct costs, partner by partner.")),
            requested=(asked > 0, _("Say how much EU contribution you request.")),
        )

    def own_gaps(self, content, row):
        costs = [one for one in content[self.name]["lines"] if one["partner"] == row]
        return missing(**{f"{row}-A": (costs, say("Enter your costs."))})

    def totals(self, content, call):
        budget, rate = budget_in(content, call.indirect_rate), f"{call.indirect_rate:.2f}"
        return [
            Total(say("Direct costs"), euro(budget.direct), "direct"),
            Total(say("Total costs"), euro(budget.total), "direct", rate),
            Total(say("Requested EU contribution"), euro(budget.requested), "requested"),
            Total(say("Still to be paid for"), euro(budget.missing), "direct", rate, "sources"),
        ]

    def misfit(self, name, value, call):
        """The rate depends on costs that come too: the conditions of the call warn of it."""
        most = call.max_contribution
        if name != "requested" or most is None or Decimal(value) <= most:
            return ""
        return say("The requested contribution is at most %(amount)s.") % {"amount": euro(most)}

    def shown(self, content, application):
        budget = budget_in(content, application.call.indirect_rate)
        return {
            "table": budget_table(content, budget),
            "sources": source_facts(budget, application.call),
            "chart": cost_chart(budget),
        }

    def for_partner(self, content, row):
        """The own costs and the whole; those of the others in one line, so that the whole adds up."""
        others = {"id": "others", "name": say("The other organisations together"), "is_coordinator": False}
        own = [one for one in content["partners"] if one["id"] == row]
        return {**content, "partners": [*own, others], self.name: joined(content[self.name], row)}

    def field_of(self, gap, content):
        """The costs begin with the coordinator's staff."""
        lead = next((one["id"] for one in content["partners"] if one["is_coordinator"]), "")
        return f"{lead}-A" if gap == "lines" else gap

    def beside_the_form(self, content, application):
        call = application.call
        budget = budget_in(content, call.indirect_rate)
        return {
            "categories": BudgetLine.Category.choices,
            "totals": source_facts(budget, call),
            "most": most_for(budget.total, call.max_rate),
        }


def joined(said, row):
    """The lines of everybody but this partner as those of one."""
    lines = [one for one in said["lines"] if one["partner"] == row]
    for category in BudgetLine.Category.values:
        amounts = [Decimal(one["amount"]) for one in said["lines"]
                   if one["partner"] != row and one["category"] == category]  # fmt: skip
        if amounts:
            lines.append({"partner": "others", "category": category, "amount": amount_as_said(sum(amounts))})
    return {**said, "lines": lines}


def amount_as_said(amount):
    return None if amount is None else f"{Decimal(amount):.2f}"


def amount_of(said, place, nothing=NOTHING):
    """An amount to the cent, not below nothing; what has no place in a budget is refused by its field."""
    if said in (None, ""):
        return nothing
    try:
        amount = Decimal(str(said))
        is_exact = amount.is_finite() and amount == round(amount, 2) and amount >= 0
    except InvalidOperation:
        is_exact = False
    if not is_exact:
        raise Incomplete({place: say("Write an amount in euro and cent, for example 1234.56.")})
    return round(amount, 2)


def write_lines(application, said):
    """`said` is the whole table; an amount of nothing needs no line."""
    partners = {str(partner.pk): partner for partner in application.partners.all()}
    wanted = {line_key(one, partners): amount for one in said if (amount := amount_of(one["amount"], "budget.lines"))}
    known = {(str(line.partner_id), line.category): line for line in application.lines.all()}
    writing = Writing()
    for key in sorted(known.keys() | wanted.keys()):
        before, after = known[key].amount if key in known else None, wanted.get(key)
        if before != after:
            writing.changes[f"budget · {partners[key[0]].name} · {key[1]}"] = [before, after]
            put_line(writing, application, known.get(key), key, after)
    return writing


def line_key(said, partners):
    key = (str(said["partner"]), str(said["category"]))
    if key[0] not in partners:
        sentence = say("This partner is not in the application any more. Load the page again.")
        raise Incomplete({"budget.lines": sentence})
    if key[1] not in BudgetLine.Category:
        raise Incomplete({"budget.lines": say("Choose one of the cost categories A to E.")})
    return key


def put_line(writing, application, line, key, amount):
    if amount is None:
        writing.gone.append(line)
        return
    line = line or BudgetLine(application=application, partner_id=UUID(key[0]), category=key[1])
    line.amount = amount
    require_valid(line, ("amount",), place="budget.lines")
    writing.rows.append(line)


PART = BudgetPart()
