"""The lists of assigning: what still needs evaluators, who could be asked, what a batch would do or has done."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from applications.querysets import TEXTS
from core.counting import number_of
from core.formats import brief
from core.lists import Column, RowList, choice, search
from core.lists.kinds import CODE, MOMENT, WHOLE
from core.phases import for_each
from core.spelling import InOrder
from core.statuses import status_column, status_filter
from evaluation.actions.fitting import Expertise
from evaluation.actions.known import Known
from evaluation.models import Assessment, Batch, BatchLine
from evaluation.shown.assigning import applications_to_assign, judges, why
from evaluation.states import BatchPhase, BatchStatus

P = BatchPhase
BATCH_TONES = for_each(
    BatchStatus,
    {P.PROPOSED: "warning", P.UNDER_WAY: "info", P.DONE: "good", P.RETURNED: "neutral", P.DISCARDED: "neutral"},
)


def narrowed_by_number(call):
    """Short of evaluators or not, as the annotation `have` counts them."""
    short = {"yes": Q(have__lt=call.evaluators_wanted), "no": Q(have__gte=call.evaluators_wanted)}
    return choice(
        "short", _("Lacks evaluators"), [("yes", _("yes")), ("no", _("no"))],
        narrow=lambda rows, value: rows.filter(short[value]),
    )  # fmt: skip


class ToAssignList(RowList):
    """The applications of one call whose evaluators this officer may choose: `call` comes with the page."""

    title = _("Applications to assign")
    empty_text = _("No application can be assigned now.")
    name = "applications-to-assign"
    default_sort = "number"

    def __init__(self, user, params, *, path="", call, **context):
        self.call = call
        self.filters = (search(folded_fields=["search_text"]), narrowed_by_number(call))
        self.columns = (
            Column("number", _("Application"), lambda row: row.reference, sort="reference",
                   url=lambda row: reverse("assign_one", args=[row.pk])),
            Column("title", _("Title"), lambda row: row.title, wide=True),
            Column("member_state", _("Member State"), lambda row: row.member_state),
            Column("evaluators", _("Evaluators"), lambda row: ", ".join(row.evaluators), wide=True),
            Column("assigned", _("Assigned"), lambda row: row.have, text=self.of_wanted, tone=self.tone_of),
            Column("lacking", _("Lacking"), lambda row: max(call.evaluators_wanted - row.have, 0), numeric=True,
                   kind=WHOLE),
        )  # fmt: skip
        super().__init__(user, params, path=path, **context)

    def of_wanted(self, row):
        return _("%(have)d\xa0of\xa0%(wanted)d") % {"have": row.have, "wanted": self.call.evaluators_wanted}

    def tone_of(self, row):
        return "good" if row.have >= self.call.evaluators_wanted else "bad"

    def all_rows(self):
        counting = Assessment.objects.current().counting()
        names = counting.filter(application=OuterRef("pk")).order_by("evaluator__name").values("evaluator__name")
        rows = applications_to_assign(self.call, self.user).defer(*TEXTS, "search_text", "as_typed")
        return rows.annotate(
            have=number_of(counting, "application"), evaluators=ArraySubquery(names, output_field=None)
        )


class PeopleToAssignList(RowList):
    """Who could assess one application, with what each has to do in its call and what bars the person."""

    title = _("Evaluators and officers")
    empty_text = _("There is no evaluator yet.")
    name = "people-to-assign"
    default_sort = "name"
    filters = (search("name", "email"),)

    def __init__(self, user, params, *, path="", application, **context):
        self.application, self.known = application, Known([application])
        self.columns = (
            Column("name", _("Name"), lambda row: row.name, sort="name_order",
                   url=lambda row: reverse("assign_person", args=[application.pk, row.pk])),
            Column("place", _("Organisation, entity or State"), self.place_of),
            Column("load", _("Assessments in this call"), lambda row: self.loads.get(row.pk, 0), numeric=True,
                   kind=WHOLE),
            Column("fits", _("What fits of the expertise"), self.fits, wide=True),
            Column("bars", _("What bars"), self.bars, text=lambda row: self.bars(row) or _("nothing"),
                   tone=lambda row: "bad" if self.bars(row) else "good", wide=True),
        )  # fmt: skip
        self.found = {}
        super().__init__(user, params, path=path, **context)

    def fits(self, row):
        return ", ".join(self.fitting.get(row.pk, ()))

    def place_of(self, row):
        return row.organisation_name or row.entity or row.state

    def bars(self, row):
        if row.pk not in self.found:
            self.found[row.pk] = self.known.why_not(self.application, row)
        return self.found[row.pk]

    @cached_property
    def fitting(self):
        """{evaluator's id: what of the expertise the application touches}"""
        return Expertise([self.application.pk], self.known.availability.entries).of(self.application.pk)

    @cached_property
    def loads(self):
        """{evaluator's id: assessments in this call}, asked once and not for each person."""
        mine = Assessment.objects.of_call(self.application.call).current().counting().order_by()
        return dict(mine.values_list("evaluator").annotate(Count("pk")))

    def all_rows(self):
        return judges(officers=True).defer("password").annotate(name_order=InOrder("name"))


class BatchList(RowList):
    title = _("Batches of assignments and rapporteurs")
    empty_text = _("No batch that you may see.")
    name = "assignment-batches"
    default_sort = "-made_at"
    columns = (
        Column("call", _("Call"), lambda row: row.call.reference, url=lambda row: row.get_absolute_url()),
        Column("purpose", _("Of"), lambda row: row.purpose, text=lambda row: row.get_purpose_display(), kind=CODE,
               choices=Batch.Purpose),
        Column("source", _("Made from"), lambda row: row.source, text=lambda row: row.get_source_display(), kind=CODE,
               choices=Batch.Source),
        status_column(BATCH_TONES),
        Column("size", _("Lines"), lambda row: row.size, numeric=True, kind=WHOLE),
        Column("made_at", _("Proposed"), lambda row: row.made_at, text=lambda row: brief(row.made_at),
               sort="made_at", kind=MOMENT),
        Column("made_by", _("By"), lambda row: row.made_by.name),
    )  # fmt: skip
    filters = (status_filter(BatchStatus),)

    def all_rows(self):
        rows = Batch.objects.visible_to(self.user).select_related("call", "made_by")
        return rows.only("call__reference", "made_by__name", "purpose", "source", "status", "size", "made_at")


class BatchLineList(RowList):
    """The pairs of one batch: `batch` comes with the page."""

    title = _("Lines of this batch")
    empty_text = _("No line matches.")
    name = "assignments"
    default_sort = "place"
    filters = (
        search(folded_fields=["application__search_text"]),
        search("evaluator__name", name="evaluator", label=_("Evaluator")),
        choice("refused", _("Could not be made"), [("yes", _("yes"))], narrow=lambda rows, value: rows.refused()),
    )

    def __init__(self, user, params, *, path="", batch, **context):
        self.batch = batch
        self.columns = (
            Column("place", _("Line"), lambda row: row.place, sort="place", numeric=True, kind=WHOLE),
            Column("number", _("Application"), lambda row: row.number, sort="number"),
            Column("title", _("Title"), lambda row: row.application.title, wide=True),
            Column("evaluator", _("Rapporteur") if batch.is_of_rapporteurs else _("Evaluator"),
                   lambda row: row.evaluator_name),
            Column("why", _("Why"), why, wide=True),
            Column("outcome", _("Outcome"), self.outcome, tone=self.tone, wide=True),
        )  # fmt: skip
        super().__init__(user, params, path=path, **context)

    @classmethod
    def described(cls):
        return cls(None, {}, batch=Batch())

    def outcome(self, row):
        if row.refusal:
            return row.refusal
        is_proposed = self.batch.stands_in(BatchPhase.PROPOSED)
        if self.batch.is_of_rapporteurs:
            words = _("appointed"), _("would be appointed"), _("not appointed any more")
        else:
            words = _("assigned"), _("would be assigned"), _("not assigned any more")
        return words[0 if row.is_made else 1 if is_proposed else 2]

    def tone(self, row):
        return "bad" if row.refusal else "good" if row.is_made else "neutral"

    def all_rows(self):
        rows = BatchLine.objects.visible_to(self.user).filter(batch=self.batch).with_names().select_related("batch")
        shown = ("place", "facts", "refusal", "application__title", "evaluator__name", "batch__purpose")
        return rows.only(*shown)
