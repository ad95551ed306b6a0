"""Rows for reports where the acts of other apps are not what is tested."""

from decimal import Decimal

from applications.models import Application
from core import clock
from tests.factories import an_organisation


def an_application(call, *, state="EL", status="CHECKING", **fields):
    at = clock.now()
    number = Application.objects.filter(call=call).count() + 1
    values = {
        "applicant": fields.pop("applicant", None) or an_organisation(state),
        "reference": f"{call.reference}-{number:04}", "acronym": f"ACR{number}", "title": f"Proposal {number}",
        "requested": Decimal(300000), "edited_at": at, "submitted_at": at, "versions": 1,
    }  # fmt: skip
    return Application.objects.create(call=call, status=status, **{**values, **fields})
