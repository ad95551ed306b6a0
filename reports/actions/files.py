"""Asking for a report and taking it away: both are written down."""

from django.utils.translation import gettext as _

from core.errors import Incomplete, NotAllowed, TooMany, WrongState
from core.holds import hold_name
from core.past import as_of, require_past
from evaluation.querysets import calls_in_conflict, kept_from
from promises.actions import promise
from reports.about import CALL, HOUSE, KINDS, About
from reports.catalogue import REPORTS
from reports.models import ReportFile
from reports.states import REPORT_FILE

MOST_WAITING = 10  # files of one person that are being drawn; a long one takes minutes, and others wait behind it


@REPORT_FILE.action("ask")
def ask_for_report(file, *, by, at):
    """Owe the file; the worker draws it from what `by` may see."""
    require_form(file)
    require_turn(by)
    report = require_report(file, by)
    require_readable(file.about, by, at=file.at, now=at)
    with as_of(file.at):
        about = About.read(file.about)
        require_about(report, about)
    file.asked_by, file.asked_at, file.about_name = by, at, str(about)[:200]
    promise("report_file", file)
    return asked(file)


@REPORT_FILE.action("fetch")
def fetch_report(file, *, by, at):
    """Note who takes which bytes."""
    return {"file": [None, file.name], "sha256": [None, file.sha256], **asked(file)}


def asked(file):
    """What both records say: which report, about what, as of when (None: now), in which form."""
    return {name: [None, getattr(file, name)] for name in ("report", "about", "at", "form")}


def require_form(file):
    if file.form not in ReportFile.Form.values:
        raise Incomplete({"form": _("Choose CSV, CSV with semicolons, XLSX or PDF.")})


def require_turn(user):
    hold_name(f"files asked for by {user.pk}")  # two requests at once must not both find the last turn
    if ReportFile.objects.visible_to(user).waiting().count() >= MOST_WAITING:
        sentence = _(
            "%(most)s files that you asked for are still being drawn: wait until one is ready, then ask again."
        )
        raise TooMany(sentence % {"most": MOST_WAITING})


def require_report(file, user):
    """The report exists and is for this person."""
    report = REPORTS.get(file.report)
    if report is None:
        raise Incomplete({"report": _("There is no such report. Choose one of the catalogue.")})
    if not report.allowed(user):
        raise NotAllowed(_("The report “%(report)s” is not for your role.") % {"report": report.title})
    return report


def require_about(report, about):
    """The report can be asked of this, and its call is far enough."""
    words = {"report": report.title}
    if flaws := about.flaws():
        raise Incomplete(flaws)
    if about.call is None and not report.house_wide and set(about.kinds) <= {HOUSE, *report.asked_of}:
        raise Incomplete({"call": _("Choose the call that the report “%(report)s” is about.") % words})
    if not report.knows(about):
        words["kinds"] = ", ".join(str(KINDS[kind]) for kind in report.asked_of)
        raise Incomplete({"about": _("“%(report)s” can be asked about: %(kinds)s. Choose one of them.") % words})
    if not report.is_ready(about):
        words |= {"call": about.call, "status": about.call.get_status_display()}
        raise WrongState(
            _("“%(report)s” has nothing to say yet: %(call)s is “%(status)s”. Come back when it is further.") % words
        )


def require_readable(about, user, *, at, now):
    """The past is there, and this person may look into it; `about` is About as data, `at` None for now.

    It would show what was written before a conflict was declared, or before the own signature was due.
    """
    if at is None:
        return
    require_past(at, now)
    kept, conflicts = kept_from(user), calls_in_conflict(user)
    if call := about.get(CALL):
        kept, conflicts = kept.filter(call=call), conflicts.filter(pk=call)
    if kept.exists() or conflicts.exists():
        raise NotAllowed(
            _("You still assess an application here, or are in conflict with one: ask for the report as of now.")
        )
