"""R34: every evidence pack that left the house, so that anybody who holds one can see whether it is genuine."""

from django.utils.translation import gettext_lazy as _

from core.lists import Column
from programmes.states import OPENED
from reports.about import CALL, HOUSE
from reports.models import Pack
from reports.permissions import may_take_packs
from reports.report import Report
from reports.shown.people import name_of
from reports.withheld import LEFT_OUT


def rows(about, user):
    return Pack.objects.issued_to(user).about(about.call).select_related("call", "asked_by").order_by("made_at", "pk")


def left_out(pack):
    return "; ".join([*(str(LEFT_OUT[one]) for one in pack.left_out), *pack.documents_left_out])


REPORT = Report(
    slug="evidence-packs",
    number="R34",
    title=_("Evidence packs issued"),
    description=_(
        "Each evidence pack that was made: of which applications, for whom, what was withheld, its size and SHA-256. "
        "Auditors alone read it; a national auditor reads the own packs."
    ),
    basis=("it_systems",),
    allowed=may_take_packs,
    since=OPENED,
    columns=(
        Column("call", _("Call"), lambda pack: pack.call.reference),
        Column("applications", _("Applications"), lambda pack: ", ".join(pack.numbers) or str(_("all"))),
        Column("asked_by", _("Asked by"), lambda pack: name_of(pack.asked_by)),
        Column("asked_at", _("Asked"), lambda pack: pack.asked_at),
        Column("made_at", _("Made"), lambda pack: pack.made_at),
        Column("withheld", _("Withheld"), left_out),
        Column("checkpoint", _("Checkpoint"), lambda pack: pack.head, numeric=True),
        Column("entries", _("Entries"), lambda pack: pack.entry_count, numeric=True),
        Column("size", _("Bytes"), lambda pack: pack.size, numeric=True),
        Column("sha256", "SHA-256", lambda pack: pack.sha256),
        Column("name", _("File name"), lambda pack: pack.name),
    ),
    rows=rows,
    paper=("call", "applications", "asked_by", "made_at", "sha256"),
    kinds=(HOUSE, CALL),
    tells_of_downloads=True,
)
