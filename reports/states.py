from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.phases import phases
from core.workflow import NEW, SAME, Workflow, step
from reports.permissions import is_own_file, may_read_reports


class ReportFileStatus(TextChoices):
    WAITING = "WAITING", _("being drawn")
    DRAWN = "DRAWN", _("ready")


S = ReportFileStatus


@phases(S, ends=[S.DRAWN], elsewhere=[(S.WAITING, S.DRAWN)])  # by the worker, which is no act of anybody
class ReportFilePhase:
    WAITING = [S.WAITING]
    DRAWN = [S.DRAWN]


# fmt: off
REPORT_FILE = Workflow(
    "reports.actions",
    #    what       from         to         who
    step("ask",     {NEW},       S.WAITING, may_read_reports, _("Ask for a report"), hidden=True),
    step("fetch",   {S.DRAWN},   SAME,      is_own_file,      _("Download"), page="report_file_bytes", hidden=True),
)
# fmt: on
