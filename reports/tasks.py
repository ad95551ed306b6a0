"""The worker's side: a file that was asked for is drawn."""

from promises.keeping import keeps
from promises.lanes import Lane
from reports.documents import draw_file
from reports.models import ReportFile


@keeps("report_file", lane=Lane.FILE)
def draw_report_file(file_id):
    draw_file(ReportFile.objects.select_related("asked_by").get(pk=file_id))
