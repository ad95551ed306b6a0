"""The exact content of an application: what a receipt proves, what is judged, what a restored version returns to.

One form only: sections in the shape in which `edit_application` takes them, lists in a settled order, amounts with
two places, days as 2021-03-01. `digest` is SHA-256 over its canonical JSON (keys sorted, no spaces, UTF-8).
"""

import hashlib
import json
import unicodedata
from decimal import Decimal

from applications.budget import NOTHING, Budget

FORMAT = 1
SECTIONS = ("identity", "partners", "content", "timetable", "budget", "attachments", "declarations")


def content_of(application):
    """Everything the applicant says, as plain JSON values, read from the rows."""
    partners = list(application.partners.all())
    return {
        "format": FORMAT,
        "call": application.call.reference,
        "applicant": str(application.applicant_id),
        "identity": {"acronym": application.acronym, "title": application.title},
        "partners": [partner_as_said(partner) for partner in partners],
        "content": words_of(application),
        "timetable": timetable_of(application),
        "budget": budget_of(application),
        "attachments": sorted((file_as_said(file) for file in files_of(application)), key=lambda file: file["id"]),
        "declarations": sorted(application.declarations),
    }


def partner_as_said(partner):
    return {
        "id": str(partner.pk),
        "name": partner.name,
        "country": partner.country,
        "kind": partner.kind,
        "contact_name": partner.contact_name,
        "contact_email": partner.contact_email,
        "is_coordinator": partner.is_coordinator,
    }


def words_of(application):
    return {
        "summary": application.summary,
        "description": application.description,
        "objectives": sorted(passage.code for passage in application.objectives.all()),
        "actions": sorted(passage.code for passage in application.actions.all()),
    }


def timetable_of(application):
    milestones = [
        {"title": one.title, "first_month": one.first_month, "last_month": one.last_month}
        for one in application.milestones.all()
    ]
    return {
        "starts_on": application.starts_on.isoformat() if application.starts_on else None,
        "months": application.months,
        "milestones": sorted(milestones, key=lambda one: (one["first_month"], one["last_month"], one["title"])),
    }


def budget_of(application):
    lines = [
        {"partner": str(line.partner_id), "category": line.category, "amount": amount_as_said(line.amount)}
        for line in application.lines.all()
        if line.amount
    ]
    return {
        "requested": amount_as_said(application.requested),
        "own_resources": amount_as_said(application.own_resources),
        "other_resources": amount_as_said(application.other_resources),
        "lines": sorted(lines, key=lambda line: (line["partner"], line["category"])),
    }


def amount_as_said(amount):
    return None if amount is None else f"{Decimal(amount):.2f}"


def files_of(application):
    return [file for file in application.attachments.all() if file.removed_at is None]


def file_as_said(file):
    return {
        "id": str(file.pk),
        "kind": file.kind,
        "name": file.name,
        "content_type": file.content_type,
        "size": file.size,
        "sha256": file.sha256,
        "crc32": f"{file.crc32:08x}",
    }


def canonical(content):
    """The bytes that are hashed; anybody can make them from a receipt's JSON with any language's library."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(content):
    return hashlib.sha256(canonical(content)).hexdigest()


def budget_in(content, indirect_rate):
    """The arithmetic of a content's budget."""
    said = content["budget"]
    lines = {(line["partner"], line["category"]): Decimal(line["amount"]) for line in said["lines"]}
    return Budget(
        lines,
        indirect_rate,
        requested=Decimal(said["requested"] or NOTHING),
        own=Decimal(said["own_resources"] or NOTHING),
        other=Decimal(said["other_resources"] or NOTHING),
    )


def folded(text):
    """Small letters without accents, so that a search finds “Αστυνομία” by “αστυνομια” and “Straße” by “strasse”."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).replace("ς", "σ")


def search_words(application):
    """What a search looks through; nothing of the proposal's text beyond its names."""
    applicant = application.applicant
    words = (application.reference, application.acronym, application.title, applicant.name, applicant.latin_name)
    return folded(" ".join(word for word in words if word))
