"""Applications made by the acts themselves."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from applications.actions import (
    add_attachment,
    consider_observations,
    edit_application,
    send_notice,
    start_application,
    submit_application,
    submit_observations,
)
from applications.declarations import Declaration
from applications.models import Application, Hearing
from core import clock
from core.days import day_of
from programmes.form_parts import DOCUMENTS, names_in
from tests.factories import NOON, a_call, an_applicant, an_organisation
from tests.papers import a_pdf

PDF = a_pdf()


def a_file(content=PDF, name="description.pdf"):
    return SimpleUploadedFile(name, content)


def a_draft(*, by=None, call=None, at=NOON):
    by = by or an_applicant()
    return start_application(Application(call=call or a_call(), applicant=by.organisation), by=by, at=at)


def a_complete_draft(*, by=None, call=None, at=NOON, file=True, **sections):
    """A draft with nothing missing: 300 000 direct costs of two partners, 288 900 of 321 000 requested (90 %).

    Parts by name change what they give; a list takes the place of the list.
    """
    by = by or an_applicant()
    application = a_draft(by=by, call=call, at=at)
    said, asked = the_sections(application), names_in(application.call.parts)
    for name, part in sections.items():
        said[name] = {**said[name], **part} if isinstance(part, dict) else part
    application = edit_application(application, by=by, at=at, **{name: said[name] for name in said if name in asked})
    if file and DOCUMENTS in asked:
        application = add_attachment(application, a_file(), kind="DESCRIPTION", by=by, at=at)
    return application


def the_sections(application):
    lead = application.partners.get(is_coordinator=True)
    second = str(uuid4())
    return {
        "identity": {"acronym": "NETWATCH", "title": "Joint analysis of online fraud"},
        "partners": [
            {"id": str(lead.pk), "contact_name": "Ελένη Παπαδοπούλου", "contact_email": "eleni@example.gr"},
            {"id": second, "name": "Il-Korp tal-Pulizija ta' Malta", "country": "MT", "kind": "LAW"},
        ],
        "content": {
            "summary": "A summary.", "description": "A description.", "objectives": ["A"], "actions": ["a", "f"],
        },
        "timetable": {
            "starts_on": "2021-09-01", "months": 24,
            "milestones": [{"title": "Kick-off", "first_month": 1, "last_month": 2}],
        },
        "budget": {
            "requested": Decimal("288900.00"), "own_resources": Decimal("32100.00"), "other_resources": Decimal(0),
            "lines": [
                {"partner": str(lead.pk), "category": "A", "amount": Decimal("200000.00")},
                {"partner": second, "category": "C", "amount": Decimal("100000.00")},
            ],
        },
        "declarations": Declaration.values,
    }  # fmt: skip


def a_submitted(*, by=None, call=None, at=NOON, reference=None, **options):
    """With `reference`, one that has a number in sequence, as all had until 2026: where a test needs an order."""
    by = by or an_applicant()
    draft = a_complete_draft(by=by, call=call, at=at, **options)
    if reference:
        Application.objects.filter(pk=draft.pk).update(reference=reference)
    return submit_application(draft, by=by, at=at)


def an_owner(state="EL", **fields):
    return an_applicant(an_organisation(state), **fields)


def a_notice(application, *, by, at=None, days=20, **said):
    """Told what is intended, with some days to say something to it."""
    said = {"measure": "EXCLUSION", "text": "One partner is a company.", "intended": "Exclusion.", **said}
    due_on = day_of(at or clock.now()) + timedelta(days=days)
    return send_notice(Hearing(application=application), by=by, at=at, due_on=due_on, **said)


def heard(application, *, by, at=None, **said):
    """The applicant was told, said something, and the office has answered to it."""
    row = a_notice(application, by=by, at=at, **said)
    people = application.applicant.users.all() or [an_applicant(application.applicant)]
    row = submit_observations(row, by=people[0], at=at, text="It is a public company.")
    return consider_observations(row, by=by, at=at, reason="Its statutes say otherwise.")
