"""R99: what a colleague would write for one more report."""

from django.utils.translation import gettext_lazy as _

from core.lists import Column
from programmes.models import Call
from programmes.states import PUBLISHED
from reports.permissions import may_read_reports
from reports.report import Report


def rows(about, user):
    return Call.objects.visible_to(user).filter(pk=about.call.pk)


REPORT = Report(
    slug="call-itself",
    number="R99",
    title=_("The call itself"),
    description=_("Its number and title, as they stand."),
    basis=("award_criteria",),
    allowed=may_read_reports,
    since=PUBLISHED,
    columns=(
        Column("number", _("Number"), lambda call: call.reference),
        Column("title", _("Title"), lambda call: call.title),
    ),
    rows=rows,
)
