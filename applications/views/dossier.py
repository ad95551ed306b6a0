"""What a page shows of an application's content: facts and tables as text, made from the content alone."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.member_states import MEMBER_STATES
from accounts.models import Organisation
from applications.budget import most_for
from applications.content import budget_in
from applications.declarations import Declaration
from applications.models import Attachment, BudgetLine
from core.charts import stacked_bar
from core.formats import brussels_day, euro, percent
from core.formats import thousands as figures

KINDS = dict(Organisation.Kind.choices)
FILE_KINDS = dict(Attachment.Kind.choices)


def dossier(application, content, call):
    """Everything an applicant, an officer or an evaluator reads of the proposal itself."""
    budget = budget_in(content, call.indirect_rate)
    return {
        "identity": identity_facts(application, content),
        "partners": partner_table(content),
        "words": content["content"],
        "objectives": passages(application.objectives.all()),
        "action_types": passages(application.actions.all()),
        "timetable": timetable(content),
        "budget": budget_table(content, budget),
        "sources": source_facts(budget, call),
        "chart": cost_chart(budget),
        "files": [file_line(file) for file in content["attachments"]],
        "declarations": [label for code, label in Declaration.choices if code in content["declarations"]],
    }


def identity_facts(application, content):
    said = content["timetable"]
    return [
        (_("Applicant"), application.applicant.name),
        (_("Member State"), application.applicant.get_member_state_display()),
        (_("Acronym"), content["identity"]["acronym"]),
        (_("Title"), content["identity"]["title"]),
        (_("Planned start"), day_in(said["starts_on"])),
        (_("Duration (months)"), said["months"]),
    ]


def day_in(text):
    return brussels_day(date.fromisoformat(text)) if text else ""


def partner_table(content):
    rows = [
        [partner["name"], MEMBER_STATES.get(partner["country"], ""), KINDS.get(partner["kind"], ""), contact(partner)]
        for partner in content["partners"]
    ]
    return {
        "columns": [_("Organisation"), _("Member State"), _("Kind"), _("Contact person")],
        "rows": rows,
    }


def contact(partner):
    return ", ".join(text for text in (partner["contact_name"], partner["contact_email"]) if text)


def passages(rows):
    return [str(passage) for passage in rows]


def timetable(content):
    rows = [[one["title"], one["first_month"], one["last_month"]] for one in content["timetable"]["milestones"]]
    return {"columns": [_("Activity"), _("From month"), _("To month")], "rows": rows, "numeric": [1, 2]}


def budget_table(content, budget):
    """Partner × category, with both kinds of totals; the foot goes on to the total costs."""
    categories = BudgetLine.Category.values
    rows = [
        [
            partner["name"],
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


def file_line(file):
    return {
        "name": file["name"],
        "url": reverse("attachment", args=[file["id"]]),
        "size": file["size"],
        "sha256": file["sha256"],
        "note": FILE_KINDS.get(file["kind"], ""),
        "id": file["id"],
    }
