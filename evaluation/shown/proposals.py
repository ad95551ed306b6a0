"""The application beside the form: everything an evaluator reads, prepared for the template."""

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.budget import Budget
from applications.models import BudgetLine
from core.formats import brussels_day, euro, percent


def card_of(application):
    """What may be known before a declaration: who and what it is about, nothing of its content."""
    partners = application.partners.order_by("order", "name")
    return {
        "facts": [
            (_("Title"), application.title),
            (_("Applicant"), f"{application.applicant.name} ({application.applicant.get_member_state_display()})"),
        ],
        "partners": [[one.name, one.get_country_display(), one.get_kind_display()] for one in partners],
    }


def reading_of(application):
    """The application with its texts, partners, timetable, budget and files; shown only after `visible_to`."""
    partners = list(application.partners.all())
    budget = budget_of(application)
    return {
        "application": application,
        "facts": facts_of(application, budget),
        "texts": [(_("Summary"), application.summary), (_("Description of the action"), application.description)],
        "partners": [[one.name, one.get_country_display(), one.get_kind_display()] for one in partners],
        "timetable": [[one.title, one.first_month, one.last_month] for one in application.milestones.all()],
        "budget": budget_rows(partners, budget),
        "budget_columns": [_("Partner"), *(label for _code, label in BudgetLine.Category.choices), _("Direct costs")],
        "budget_numeric": list(range(1, len(BudgetLine.Category.choices) + 2)),
        "files": [
            {"name": one.name, "url": reverse("attachment", args=[one.pk]), "size": one.size, "sha256": one.sha256,
             "note": one.get_kind_display()}
            for one in application.attachments.filter(removed_at=None)
        ],
    }  # fmt: skip


def facts_of(application, budget):
    objectives = ", ".join(one.code for one in application.objectives.all())
    actions = ", ".join(one.code for one in application.actions.all())
    return [
        (_("Number"), application.reference),
        (_("Acronym"), application.acronym),
        (_("Title"), application.title),
        (_("Applicant"), f"{application.applicant.name} ({application.applicant.get_member_state_display()})"),
        (_("Requested EU contribution"), euro(application.requested)),
        (_("Total costs"), euro(budget.total)),
        (_("Rate asked for"), percent(budget.rate)),
        (_("Planned start"), brussels_day(application.starts_on)),
        (_("Duration (months)"), application.months),
        (_("Specific objectives"), objectives),
        (_("Action types"), actions),
    ]


def budget_of(application):
    lines = {(line.partner_id, line.category): line.amount for line in application.lines.all()}
    return Budget(
        lines=lines, indirect_rate=application.call.indirect_rate, requested=application.requested or 0,
        own=application.own_resources, other=application.other_resources,
    )  # fmt: skip


def budget_rows(partners, budget):
    rows = []
    for one in partners:
        amounts = [euro(budget.at(one.pk, code)) for code, _label in BudgetLine.Category.choices]
        rows.append([one.name, *amounts, euro(budget.of_partner(one.pk))])
    return rows
