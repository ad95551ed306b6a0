"""Decisions and letters as lists."""

from itertools import islice

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from applications.querysets import TEXTS
from awards.actions.letters import why_not_told
from awards.actions.preflight import Preflight
from awards.models import Decision, Letter, Offer, Redress
from awards.shown.tones import DECISION_TONES, LETTER_TONES, OFFER_TONES, OUTCOME_TONES, REDRESS_TONES
from awards.states import DecisionStatus, LetterPhase, LetterStatus, OfferStatus, RedressStatus
from core import clock
from core.fields import CleanCharField
from core.formats import brief, brussels_day, euro
from core.lists import Column, Filter, RowList, choice, search
from core.lists.kinds import CODE, DAY, MOMENT, MONEY, WHOLE
from core.statuses import status_column, status_filter

OF_APPLICATION = tuple(f"application__{name}" for name in TEXTS)


def of_call_named(letters, reference):
    """By their decisions, of which a call has few: so their index serves it."""
    decisions = Decision.objects.filter(call__reference__iexact=reference)
    return letters.filter(decision__in=list(decisions.values_list("pk", flat=True)))


class DecisionList(RowList):
    title = _("Award decisions")
    empty_text = _("No award decision yet. One is prepared from the signed ranked list of a call.")
    name = "award-decisions"
    default_sort = "-prepared_at"
    columns = (
        Column("call", _("Call"), lambda row: row.call.reference, sort="call__reference",
               url=lambda row: row.get_absolute_url()),
        Column("title", _("Title"), lambda row: row.call.title, wide=True),
        status_column(DECISION_TONES),
        Column("applications", _("Applications"), lambda row: row.applications, numeric=True, kind=WHOLE),
        Column("awards", _("Awards"), lambda row: row.awards, numeric=True, kind=WHOLE),
        Column("awarded", _("Awarded (EUR)"), lambda row: row.awarded,
               text=lambda row: euro(row.awarded), numeric=True, kind=MONEY),
        Column("number", _("Number"), lambda row: row.number),
        Column("cause", _("Cause"), lambda row: row.cause, text=lambda row: row.get_cause_display(), kind=CODE,
               choices=Decision.Cause),
        Column("decided_at", _("Decided"), lambda row: row.decided_at, text=lambda row: brief(row.decided_at),
               kind=MOMENT),
        Column("prepared_at", _("Prepared"), lambda row: row.prepared_at,
               text=lambda row: brief(row.prepared_at), sort="prepared_at", kind=MOMENT),
    )  # fmt: skip
    filters = (
        search("call__reference", "call__title", "number"),
        status_filter(DecisionStatus),
    )

    def all_rows(self):
        rows = Decision.objects.visible_to(self.user).select_related("call").with_figures()
        return rows.only("status", "number", "cause", "decided_at", "prepared_at", "call__reference", "call__title")


class LetterList(RowList):
    title = _("Letters")
    empty_text = _("No letter yet.")
    name = "letters"
    default_sort = "-written_at"
    columns = (
        Column("reference", _("Letter"), lambda row: row.reference, sort="reference",
               url=lambda row: row.get_absolute_url()),
        Column("kind", _("Kind"), lambda row: row.kind,
               text=lambda row: row.get_kind_display(), tone=lambda row: OUTCOME_TONES[row.kind], kind=CODE,
               choices=Letter.Kind),
        Column("applicant", _("Applicant"), lambda row: row.application.applicant.name),
        Column("member_state", _("Member State"), lambda row: row.application.applicant.member_state),
        Column("acronym", _("Acronym"), lambda row: row.application.acronym),
        status_column(LETTER_TONES),
        Column("written_at", _("Issued"), lambda row: row.written_at,
               text=lambda row: brief(row.written_at), sort="written_at", kind=MOMENT),
        Column("sent_at", _("Sent"), lambda row: row.sent_at, text=lambda row: brief(row.sent_at), kind=MOMENT),
        Column("read_at", _("Read"), lambda row: row.read_at, text=lambda row: brief(row.read_at), kind=MOMENT),
        Column("pdf_sha256", _("SHA-256"), lambda row: row.pdf_sha256, text=lambda row: row.pdf_sha256[:12]),
        Column("replaces", _("Replaces"), lambda row: row.replaces.reference if row.replaces else ""),
    )  # fmt: skip
    filters = (
        search("reference", folded_fields=["application__search_text"]),
        choice("kind", _("Kind"), Letter.Kind.choices),
        status_filter(LetterStatus, LetterPhase.UNREAD),
        Filter(
            "call",
            lambda: CleanCharField(label=_("Reference of the call"), required=False, max_length=60),
            of_call_named,
            label=_("Reference of the call"),
        ),
    )

    def all_rows(self):
        rows = Letter.objects.visible_to(self.user).select_related("application__applicant", "replaces")
        return rows.only(
            "reference", "kind", "status", "written_at", "sent_at", "read_at", "pdf_sha256", "replaces__reference",
            "application__acronym", "application__applicant__name", "application__applicant__member_state",
        )  # fmt: skip


class PublishedList(RowList):
    """What anybody may read: awards whose letters have left."""

    title = _("Published awards")
    empty_text = _("No award has been published yet.")
    name = "published-awards"
    default_sort = "-written_at"
    columns = (
        Column("number", _("Application"), lambda row: row.application.reference),
        Column("beneficiary", _("Beneficiary"), lambda row: row.application.applicant.name),
        Column("member_state", _("Member State"), lambda row: row.application.applicant.member_state),
        Column("locality", _("Registered address"), lambda row: row.application.applicant.address),
        Column("title", _("Title"), lambda row: row.application.title, wide=True),
        Column("call", _("Call"), lambda row: row.application.call.reference,
               url=lambda row: row.application.call.get_absolute_url()),
        Column("purpose", _("Purpose"), lambda row: row.application.call.title),
        Column("contribution", _("Awarded (EUR)"), lambda row: row.contribution,
               text=lambda row: euro(row.contribution), numeric=True, kind=MONEY),
        Column("written_at", _("Letter"), lambda row: row.written_at, text=lambda row: brussels_day(row.written_at),
               sort="written_at", kind=MOMENT),
    )  # fmt: skip
    filters = (
        search(folded_fields=["application__search_text"]),
        Filter(
            "call",
            lambda: CleanCharField(label=_("Reference of the call"), required=False, max_length=60),
            of_call_named,
            label=_("Reference of the call"),
        ),
        choice("member_state", _("Member State"), by_name, "application__member_state"),
    )

    def all_rows(self):
        rows = Letter.objects.published().with_its_line()
        rows = rows.select_related("decision", "application__applicant", "application__call")
        return rows.only(
            "written_at", "decision__decided_at", "application__reference", "application__title",
            "application__applicant__name", "application__applicant__member_state",
            "application__applicant__address", "application__call__reference", "application__call__title",
        )  # fmt: skip


class LetterToIssueList(RowList):
    """What issuing the letters of one decision would write: `decision` comes with the page."""

    title = _("Letters to issue")
    empty_text = _("No letter matches.")
    name = "letters-to-issue"
    default_sort = "number"
    columns = (
        Column("number", _("Application"), lambda row: row.number, sort="number",
               url=lambda row: reverse("letter_preview", args=[row.pk])),
        Column("applicant", _("Applicant"), lambda row: row.application.applicant.name, wide=True),
        Column("kind", _("Letter"), lambda row: row.outcome, text=lambda row: str(Letter.Kind(row.outcome).label),
               tone=lambda row: OUTCOME_TONES[row.outcome], kind=CODE, choices=Letter.Kind),
        Column("effect", _("What would happen"), lambda row: " ".join(row.hindered) or str(_("is issued")), wide=True,
               tone=lambda row: "bad" if row.hindered else "neutral"),
    )  # fmt: skip
    filters = (
        search(folded_fields=["application__search_text"]),
        choice("kind", _("Letter"), Letter.Kind.choices, narrow=lambda rows, value: rows.filter(outcome=value)),
    )

    def __init__(self, user, params, *, path="", decision, **context):
        self.decision = decision
        super().__init__(user, params, path=path, **context)

    def all_rows(self):
        rows = self.decision.lines.visible_to(self.user).with_what_became_of_it()
        rows = rows.select_related("application__applicant").annotate(number=F("application__reference"))
        return rows.defer(*OF_APPLICATION)

    def load(self):
        super().load()
        self.objects = self.judged(self.objects)
        return self

    def table(self):
        """Judged page by page, however long the file."""
        rows = self.all_in_order().iterator(chunk_size=self.page_size)
        pages = iter(lambda: list(islice(rows, self.page_size)), [])
        judged = (row for some in pages for row in self.judged(some))
        return self.labels, ([column.value(row) for column in self.columns] for row in judged)

    def judged(self, rows):
        """The rows with `hindered`: sentences on what keeps each letter from being issued."""
        told = [row for row in rows if not why_not_told(row)]
        look = Preflight(self.decision, told, officer=self.user, at=clock.now()) if told else None
        for row in rows:
            sentence = why_not_told(row)
            row.hindered = [sentence] if sentence else look.hindrances(row)
        return rows


class OfferList(RowList):
    title = _("Offers from the reserve list")
    empty_text = _("No offer from a reserve list yet.")
    name = "offers"
    default_sort = "number"
    columns = (
        Column("number", _("Application"), lambda row: row.number, sort="number",
               url=lambda row: row.get_absolute_url()),
        Column("applicant", _("Applicant"), lambda row: row.application.applicant.name),
        Column("contribution", _("Maximum grant"), lambda row: row.line.contribution,
               text=lambda row: euro(row.line.contribution), numeric=True, kind=MONEY),
        status_column(OFFER_TONES),
        Column("answer_by", _("To be answered by"), lambda row: row.answer_by,
               text=lambda row: brussels_day(row.answer_by), kind=DAY),
        Column("answered_at", _("Answered"), lambda row: row.answered_at, text=lambda row: brief(row.answered_at),
               kind=MOMENT),
    )  # fmt: skip
    filters = (status_filter(OfferStatus),)

    def all_rows(self):
        seen = Offer.objects.visible_to(self.user).select_related("application__applicant", "line__decision")
        return seen.annotate(number=F("application__reference")).defer(*OF_APPLICATION)


class RedressList(RowList):
    title = _("Requests for review")
    empty_text = _("No request for review.")
    name = "redress"
    default_sort = "-filed_at"
    columns = (
        Column("number", _("Application"), lambda row: row.application.reference,
               url=lambda row: row.get_absolute_url()),
        Column("applicant", _("Applicant"), lambda row: row.application.applicant.name),
        Column("letter", _("Letter"), lambda row: row.letter.reference),
        Column("ground", _("Ground"), lambda row: row.ground, text=lambda row: row.get_ground_display(), kind=CODE,
               choices=Redress.Ground),
        status_column(REDRESS_TONES),
        Column("filed_at", _("Filed"), lambda row: row.filed_at, text=lambda row: brief(row.filed_at),
               sort="filed_at", kind=MOMENT),
        Column("answered_at", _("Answered"), lambda row: row.answered_at, text=lambda row: brief(row.answered_at),
               kind=MOMENT),
    )  # fmt: skip
    filters = (
        search(folded_fields=["application__search_text"]),
        status_filter(RedressStatus),
    )

    def all_rows(self):
        return Redress.objects.visible_to(self.user).for_reading().defer(*OF_APPLICATION)
