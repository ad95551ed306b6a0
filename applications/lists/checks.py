"""The checks of opened applications, and what a batch of them would confirm or has confirmed."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from applications.models import Check, CheckBatch, CheckBatchLine
from applications.shown.checks import what_of
from applications.states import CheckBatchPhase, CheckBatchStatus, CheckStatus
from core.formats import brief
from core.lists import Column, RowList, choice, search
from core.lists.kinds import CODE, MOMENT, TRUTH, WHOLE
from core.phases import for_each
from core.statuses import status_column, status_filter

P = CheckBatchPhase
CHECK_BATCH_TONES = for_each(
    CheckBatchStatus,
    {P.PROPOSED: "warning", P.UNDER_WAY: "info", P.DONE: "good", P.RETURNED: "neutral", P.DISCARDED: "neutral"},
)


class CheckList(RowList):
    """Checks of opened applications, for the interface for programs."""

    title = _("Checks")
    name = "checks"
    default_sort = "number"
    columns = (
        Column("number", _("Number"), lambda row: row.number, sort="number"),
        Column(
            "kind",
            _("Kind"),
            lambda row: row.kind,
            text=lambda row: row.get_kind_display(),
            kind=CODE,
            choices=Check.Kind,
        ),
        Column("criterion", _("Announced condition"), lambda row: row.criterion),
        Column("found", _("Found"), lambda row: row.found),
        Column("passed", _("Passed"), lambda row: row.passed, kind=TRUTH),
        Column(
            "status",
            _("Status"),
            lambda row: row.status,
            text=lambda row: row.get_status_display(),
            kind=CODE,
            choices=CheckStatus,
        ),
    )
    filters = (
        search(folded_fields=["application__search_text"]),
        status_filter(CheckStatus),
    )

    def all_rows(self):
        rows = Check.objects.visible_to(self.user).select_related("application")
        return rows.annotate(number=F("application__reference"))


class CheckBatchList(RowList):
    title = _("Batches of checks")
    empty_text = _("No batch of checks that you may see.")
    name = "check-batches"
    default_sort = "-made_at"
    columns = (
        Column("call", _("Call"), lambda row: row.call.reference, url=lambda row: row.get_absolute_url()),
        Column("condition", _("Announced condition"), what_of, wide=True),
        status_column(CHECK_BATCH_TONES),
        Column("size", _("Checks"), lambda row: row.size, numeric=True, kind=WHOLE),
        Column("made_at", _("Proposed"), lambda row: row.made_at, text=lambda row: brief(row.made_at),
               sort="made_at", kind=MOMENT),
        Column("made_by", _("By"), lambda row: row.made_by.name),
    )  # fmt: skip
    filters = (status_filter(CheckBatchStatus),)

    def all_rows(self):
        rows = CheckBatch.objects.visible_to(self.user).select_related("call", "made_by")
        return rows.only("call__reference", "made_by__name", "criterion", "status", "size", "made_at")


class CheckBatchLineList(RowList):
    """The checks of one batch: `batch` comes with the page."""

    title = _("Checks of this batch")
    empty_text = _("No check matches.")
    name = "checks-of-a-batch"
    default_sort = "place"
    filters = (
        search(folded_fields=["application__search_text"]),
        choice("refused", _("Left as it is"), [("yes", _("yes"))], narrow=lambda rows, value: rows.refused()),
    )

    def __init__(self, user, params, *, path="", batch, **context):
        self.batch = batch
        self.columns = (
            Column("place", _("Line"), lambda row: row.place, sort="place", numeric=True, kind=WHOLE),
            Column("number", _("Application"), lambda row: row.number, sort="number",
                   url=lambda row: row.application.get_absolute_url()),
            Column("criterion", _("Announced condition"), lambda row: row.about.criterion, wide=True),
            Column("found", _("Found"), lambda row: row.about.found, wide=True,
                   tone=lambda row: "neutral" if row.about.passed_by_system else "bad"),
            Column("outcome", _("Outcome"), self.outcome, tone=self.tone, wide=True),
        )  # fmt: skip
        super().__init__(user, params, path=path, **context)

    @classmethod
    def described(cls):
        return cls(None, {}, batch=CheckBatch())

    def outcome(self, row):
        if row.refusal:
            return row.refusal
        if self.is_confirmed(row):
            return _("confirmed as met") if row.about.passed else _("confirmed as not met")
        if self.batch.stands_in(CheckBatchPhase.PROPOSED):
            return _("would be confirmed as met") if row.about.passed_by_system else _("would be confirmed as not met")
        return _("not confirmed by this batch")

    def is_confirmed(self, row):
        return row.about.batch_id == self.batch.pk

    def tone(self, row):
        if row.refusal:
            return "bad"
        return "good" if self.is_confirmed(row) else "neutral"

    def all_rows(self):
        rows = CheckBatchLine.objects.visible_to(self.user).filter(batch=self.batch)
        rows = rows.select_related("application", "about").annotate(number=F("application__reference"))
        return rows.only(
            "place", "refusal", "batch", "application__reference", "about__criterion", "about__found", "about__passed",
            "about__passed_by_system", "about__batch",
        )  # fmt: skip
