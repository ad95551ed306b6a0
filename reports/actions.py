"""Asking for a report and taking it away: both are written down."""

from django.utils.translation import gettext as _

from core.errors import Incomplete, NotAllowed, WrongState
from promises.actions import promise
from reports.catalogue import REPORTS
from reports.models import ReportFile
from reports.states import REPORT_FILE


@REPORT_FILE.action("ask")
def ask_for_report(file, *, by, at):
    """Owe the file; the worker draws it from what `by` may see."""
    require_form(file)
    require_report(file, by)
    file.asked_by, file.asked_at = by, at
    promise("report_file", file)


@REPORT_FILE.action("fetch")
def fetch_report(file, *, by, at):
    """Note who takes which bytes."""
    return {"file": [None, file.name], "sha256": [None, file.sha256]}


def require_form(file):
    if file.form not in ReportFile.Form.values:
        raise Incomplete({"form": _("Choose CSV, XLSX or PDF.")})


def require_report(file, user):
    """The report exists, is for this person, and its call is far enough."""
    report = REPORTS.get(file.report)
    if report is None:
        raise Incomplete({"report": _("There is no such report. Choose one of the catalogue.")})
    if not report.allowed(user):
        raise NotAllowed(_("The report “%(report)s” is not for your role.") % {"report": report.title})
    if file.call is None and not report.house_wide:
        words = {"report": report.title}
        raise Incomplete({"call": _("Choose the call that the report “%(report)s” is about.") % words})
    if not report.is_ready(file.call):
        words = {"report": report.title, "call": file.call, "status": file.call.get_status_display()}
        raise WrongState(
            _("“%(report)s” has nothing to say yet: %(call)s is “%(status)s”. Come back when it is further.") % words
        )
