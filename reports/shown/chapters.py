"""What stands in the file of an application, chapter by chapter: tables of its rows, as far as a person sees them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Check, Receipt
from awards.models import DecisionLine, Letter, Offer, Redress
from awards.shown.letters import reading_of
from core.cells import Cell
from core.formats import brief, euro, points
from evaluation.models import Assessment, Consensus
from programmes.models import Corrigendum
from reports.querysets import places_on_every_list
from reports.shown.entries import in_words
from reports.shown.people import name_of
from reports.shown.tables import Table


def table(columns, rows, shown):
    found = list(rows)
    return Table(columns, [shown(row) for row in found], {str(row.pk): row.get_absolute_url() for row in found})


def corrigenda(application, user):
    """The text of the call at its time: what was corrected, and whether this application came in before or after."""

    def shown(row):
        came_in = application.submitted_at
        is_later = came_in is not None and row.published_at > came_in
        words = [in_words("programmes.call", name, *both) for name, both in row.changes.items() if len(both) == 2]
        return [
            row.number, brief(row.published_at), name_of(row.published_by), row.reason, "; ".join(words),
            _("published after the application came in") if is_later else _("stood when the application came in"),
        ]  # fmt: skip

    rows = Corrigendum.objects.published().filter(call=application.call_id).select_related("published_by")
    columns = [_("Number"), _("Published"), _("By"), _("Reason"), _("From → to"), _("For this application")]
    return Table(columns, [shown(row) for row in rows], {})


def receipts(application, user):
    def shown(row):
        page = Cell(str(_("Version %(number)s") % {"number": row.version}), url=reverse("receipt", args=[row.pk]))
        return [page, brief(row.issued_at), name_of(row.submitted_by), len(row.files), row.sha256]

    rows = Receipt.objects.visible_to(user).filter(application=application).select_related("submitted_by")
    rows = rows.defer("content").order_by("version")
    found = list(rows)
    urls = {str(row.pk): reverse("receipt", args=[row.pk]) for row in found}
    columns = [_("Receipt"), _("Received"), _("By"), _("Files"), _("SHA-256 of the content")]
    return Table(columns, [shown(row) for row in found], urls)


def checks(application, user):
    def shown(row):
        found = _("met") if row.passed_by_system else _("not met")
        now = _("met") if row.passed else _("not met")
        return [
            row.criterion, f"{found}: {row.found}", Cell(now, tone="good" if row.passed else "bad"),
            row.get_status_display(), name_of(row.officer), brief(row.decided_at), row.reason,
        ]  # fmt: skip

    rows = Check.objects.visible_to(user).filter(application=application).select_related("officer")
    page = f"{application.get_absolute_url()}#checks"
    found = list(rows)
    columns = [_("Condition"), _("Found by the system"), _("Result"), _("Status"), _("Decided by"), _("On"), _("Why")]
    return Table(columns, [shown(row) for row in found], {str(row.pk): page for row in found})


def assessments(application, user):
    def shown(row):
        declared = " · ".join(filter(None, [brief(row.declared_at), row.declaration_version, row.declaration]))
        return [
            Cell(row.evaluator.name, url=row.get_absolute_url()), row.round.ordinal if row.round else "–",
            row.get_status_display(), f"{brief(row.assigned_at)} · {row.assigned_by.name}", declared,
            brief(row.signed_at), row.ended_reason,
        ]  # fmt: skip

    rows = Assessment.objects.visible_to(user).filter(application=application)
    rows = rows.select_related("evaluator", "assigned_by", "round").order_by("assigned_at", "pk")
    columns = [
        _("Evaluator"), _("Round"), _("Status"), _("Assigned"), _("Declaration"), _("Signed"), _("Why it ended"),
    ]  # fmt: skip
    return table(columns, rows, shown)


def consensus_reports(application, user):
    def shown(row):
        total = points(row.total) if row.total is not None else ""
        return [
            Cell(row.round.ordinal, url=row.get_absolute_url()), row.rapporteur.name, row.get_status_display(), total,
            brief(row.proposed_at), brief(row.approved_at), row.objection or row.ended_reason,
        ]  # fmt: skip

    rows = Consensus.objects.visible_to(user).filter(application=application).select_related("rapporteur", "round")
    columns = [_("Round"), _("Rapporteur"), _("Status"), _("Total"), _("Proposed"), _("Approved"), _("Why not")]
    return table(columns, rows.order_by("round__ordinal", "pk"), shown)


def places(application, user):
    """On every list that the committee signed, with why."""

    def shown(row):
        one = row.ranked_list
        return [
            one.round.ordinal, brief(one.signed_at), one.get_status_display(), row.rank or "–",
            row.get_place_display(), points(row.total), row.reason, row.tie_break, one.sha256,
        ]  # fmt: skip

    rows = places_on_every_list(application, user)
    columns = [
        _("Round"), _("Signed"), _("Status of the list"), _("Rank"), _("Place"), _("Points"), _("Reason"),
        _("Tie-break"), _("SHA-256 of the list"),
    ]  # fmt: skip
    found = list(rows)
    urls = {str(row.ranked_list_id): reverse("ranked_list", args=[row.ranked_list_id]) for row in found}
    return Table(columns, [shown(row) for row in found], urls)


def decision_lines(application, user):
    def shown(row):
        one = row.decision
        return [
            Cell(str(one), url=one.get_absolute_url()), one.get_status_display(), brief(one.decided_at),
            name_of(one.decided_by), row.get_outcome_display(), euro(row.contribution), row.reason,
            row.deviation_reason,
        ]  # fmt: skip

    rows = DecisionLine.objects.visible_to(user).filter(application=application)
    found = list(rows.select_related("decision__call", "decision__decided_by").order_by("decision__ordinal"))
    columns = [
        _("Decision"), _("Status"), _("Taken"), _("By"), _("Outcome"), _("Amount"), _("Reason"),
        _("Why it departs from the list"),
    ]  # fmt: skip
    urls = {str(row.decision_id): row.decision.get_absolute_url() for row in found}
    return Table(columns, [shown(row) for row in found], urls)


def letters(application, user):
    def shown(row):
        page = Cell(row.reference, url=row.get_absolute_url())
        return [page, row.get_kind_display(), brief(row.sent_at), reading_of(row), row.replaced_because, row.pdf_sha256]

    rows = Letter.objects.visible_to(user).filter(application=application).select_related("read_by")
    columns = [_("Letter"), _("Kind"), _("Sent"), _("Read"), _("Why it replaces another"), _("SHA-256 of the PDF")]
    return table(columns, rows.order_by("written_at"), shown)


def redress(application, user):
    def shown(row):
        return [
            Cell(brief(row.filed_at), url=row.get_absolute_url()), name_of(row.filed_by), row.get_ground_display(),
            row.text, row.get_status_display(), row.answer, name_of(row.answered_by), brief(row.answered_at),
        ]  # fmt: skip

    rows = Redress.objects.visible_to(user).filter(application=application).select_related("filed_by", "answered_by")
    columns = [_("Filed"), _("By"), _("Ground"), _("Contested"), _("Status"), _("Answer"), _("Answered by"), _("On")]
    return table(columns, rows.order_by("filed_at"), shown)


def offers(application, user):
    def shown(row):
        until = row.answer_by.isoformat()
        return [str(row.line.decision), until, row.get_status_display(), name_of(row.answered_by),
                brief(row.answered_at), row.said]  # fmt: skip

    rows = Offer.objects.visible_to(user).filter(application=application)
    rows = rows.select_related("line__decision__call", "answered_by")
    columns = [_("Decision"), _("To be answered by"), _("Status"), _("By"), _("On"), _("Why it was declined")]
    page = f"{application.get_absolute_url()}"
    found = list(rows)
    return Table(columns, [shown(row) for row in found], {str(row.pk): page for row in found})
