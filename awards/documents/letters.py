"""From the fixed facts of a letter to its pages. Nothing here reads a row: the same facts give the same bytes."""

import hashlib
import json
from datetime import date
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from awards.documents.formats import newest
from core.formats import brussels_day
from core.pdf import draw_pdf

TEMPLATES = {"AWARD": "letters/award.html", "RESERVE": "letters/reserve.html", "REJECTION": "letters/rejection.html"}


def draw_letter(facts):
    """The bytes of the PDF."""
    return draw_pdf(page_of(facts))


def page_of(facts):
    """The HTML that is drawn."""
    with translation.override(facts["language"]):
        page = {**context_of(facts), "title": title_of(facts), "language": facts["language"]}
        return render_to_string(template_of(facts), page)


def template_of(facts):
    return TEMPLATES[facts["kind"]]


def title_of(facts):
    return {
        "AWARD": _("Invitation to prepare the grant agreement"),
        "RESERVE": _("Your application is on the reserve list"),
        "REJECTION": _("Your application was not selected"),
    }[facts["kind"]]


def context_of(facts):
    """What the templates take: the facts, with their days as days and their figures ready to print."""
    digest, facts = digest_of(facts), newest(facts)
    return {
        **facts,
        "date": brussels_day(read(facts["date"])),
        "digest": digest,
        "replaces": replaced(facts["replaces"]),
        "subject_facts": subject_facts(facts),
        "decided_on": read(facts["decision"]["date"]),
        "submitted_on": read(facts["application"]["submitted_on"]),
        "reserve_until": read(facts["reserve_until"]),
        "answer_by": read(facts["answer_by"]),
        "hearing": hearing_days(facts["hearing"]),
        "timing": {name: read(value) for name, value in facts["timing"].items()},
        "redress": redress_days(facts["redress"]),
        "grant": grant_days(facts["grant"]),
        "report": report_rows(facts["report"]),
        "shows_redress": facts["kind"] != "AWARD" or facts["grant"]["is_reduced"],
        "enclosures": enclosures_of(facts),
    }


def digest_of(facts):
    """SHA-256 over the facts as canonical JSON: printed in the foot, checked against the row."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def read(text):
    return date.fromisoformat(text) if text else None


def subject_facts(facts):
    application, call = facts["application"], facts["call"]
    return [
        (_("Programme"), call["fund"]),
        (_("Call"), f"{call['reference']} – {call['title']}"),
        (_("Application"), f"{application['reference']} · {application['acronym']}".strip(" ·")),
        (_("Title"), application["title"]),
    ]


def enclosures_of(facts):
    return [_("Evaluation Summary Report")] if facts["report"] else []


def replaced(letter):
    return letter and {**letter, "date": read(letter["date"])}


def redress_days(redress):
    return {name: read(value) if isinstance(value, str) else value for name, value in redress.items()}


def hearing_days(hearing):
    days = ("sent_on", "due_on", "observed_on")
    return hearing and {**hearing, **{name: read(hearing[name]) for name in days}}


def grant_days(grant):
    return grant and {**grant, "starts_on": read(grant["starts_on"])}


def report_rows(report):
    """The points each criterion adds to the total, beside those given."""
    if report is None:
        return None
    criteria = [{**one, "weighted": weighted(one), "most": most(one)} for one in report["criteria"]]
    is_weighted = any(Decimal(one["weight"]) != 1 for one in criteria)
    is_below = Decimal(report["total"]) < Decimal(report["threshold"])
    return {**report, "criteria": criteria, "is_weighted": is_weighted, "is_below": is_below}


def weighted(criterion):
    return None if criterion["points"] is None else Decimal(criterion["points"]) * Decimal(criterion["weight"])


def most(criterion):
    return Decimal(criterion["maximum"]) * Decimal(criterion["weight"])
