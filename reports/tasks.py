"""The worker's side: a file that was asked for is drawn, a pack is made."""

from promises.keeping import keeps
from promises.lanes import Lane
from reports.documents import draw_file
from reports.models import Pack, ReportFile
from reports.packs import make_pack


@keeps("report_file", lane=Lane.FILE)
def draw_report_file(file_id):
    draw_file(ReportFile.objects.select_related("asked_by").get(pk=file_id))


@keeps("pack", lane=Lane.FILE)
def make_asked_pack(pack_id):
    make_pack(Pack.objects.select_related("asked_by", "call__fund").get(pk=pack_id))
