"""The attachments: real PDFs, drawn from what the proposal says."""

from django.core.files.uploadedfile import SimpleUploadedFile

from applications.budget import budget_in
from applications.models import BudgetLine
from core.formats import euro
from core.pdf import render_pdf
from demo.tables import organisations

NAMES = {"DESCRIPTION": "description-of-the-action", "BUDGET": "budget-estimate"}


def paper(kind, said, call, content):
    """An uploaded file as a browser would send it."""
    pages = render_pdf(f"demo/{kind.lower()}.html", PAGES[kind](said, call, content), title=said["title"])
    return SimpleUploadedFile(f"{said['acronym']}-{NAMES[kind]}.pdf", pages, content_type="application/pdf")


def description_facts(said, call, content):
    return {
        "said": said,
        "call": call,
        "partners": [organisations()[key]["name"] for key in (said["by"], *said["with"])],
        "work": [work_package(text) for text in said["work"]],
    }


def budget_facts(said, call, content):
    budget = budget_in(content, call.indirect_rate)
    rows = [(partner["name"], amounts_of(partner["id"], budget)) for partner in content["partners"]]
    sums = {
        "Direct costs": budget.direct, "Indirect costs": budget.indirect, "Total costs": budget.total,
        "Requested contribution": budget.requested, "Own resources": budget.own, "Other resources": budget.other,
    }  # fmt: skip
    return {
        "said": said,
        "call": call,
        "rows": rows,
        "sums": [(label, euro(amount)) for label, amount in sums.items()],
    }


def amounts_of(partner, budget):
    amounts = [(label, budget.at(partner, code)) for code, label in BudgetLine.Category.choices]
    return [(label, euro(amount)) for label, amount in [*amounts, ("Direct costs", budget.of_partner(partner))]]


def work_package(text):
    """`3-12 Test of barriers` as its months and its title."""
    months, _, title = text.partition(" ")
    first, _, last = months.partition("-")
    return {"title": title, "first_month": int(first), "last_month": int(last)}


PAGES = {"DESCRIPTION": description_facts, "BUDGET": budget_facts}
