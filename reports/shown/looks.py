"""Who looked at a proposal, in short: a line for each person in each role, with how often and when."""

from urllib.parse import urlencode

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import label_of
from core.cells import Cell
from core.formats import brief
from reports.models import AccessEntry
from reports.permissions import may_read_looks
from reports.shown.tables import Table

MOST = 100  # people; the list behind them has every look
KIND = AccessEntry.Kind


def who_looked(application, user):
    """Auditors alone see it; each name leads to its own looks."""
    columns = [
        _("Who"), _("Role"), _("Organisation"), _("Pages"), _("Files"), _("Refused"), _("First"), _("Last"),
    ]  # fmt: skip
    found = lines(application, user)[:MOST] if may_read_looks(user) else []
    return Table(columns, [shown(one, application) for one in found], {})


def lines(application, user):
    rows = AccessEntry.objects.visible_to(user).at(application)
    return (
        rows.values("person_id", "person_name", "person_role", "organisation_name")
        .annotate(
            pages=Count("pk", filter=Q(kind=KIND.VIEW)),
            files=Count("pk", filter=Q(kind__in=[KIND.FILE, KIND.EXPORT])),
            refused=Count("pk", filter=Q(kind=KIND.REFUSED)),
            first=Min("at"),
            last=Max("at"),
        )
        .order_by("-last", "person_id")
    )


def shown(line, application):
    asked = urlencode({"number": str(application), "person": line["person_name"]})
    role = label_of(line["person_role"]) if line["person_role"] else ""
    return [
        Cell(line["person_name"], url=f"{reverse('looks')}?{asked}"), role, line["organisation_name"], line["pages"],
        line["files"], line["refused"], brief(line["first"]), brief(line["last"]),
    ]  # fmt: skip
