"""The rows that a letter must agree with, read anew, by other questions than those its facts were written by."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from applications.holds import LONG
from applications.models import Check, Hearing, Receipt
from awards.models import Decision, DecisionLine
from awards.proofs.versions import last_versions
from evaluation.models import Consensus, RankedEntry
from programmes.form_parts import DESCRIPTION, names_in
from programmes.models import Criterion


@dataclass(frozen=True)
class Source:
    """All that is on file about one application in one decision. `scores`: by the criterion's id; `versions`: see
    `awards.proofs.versions`."""

    decision: object
    line: object
    entry: object
    report: object
    criteria: list
    scores: dict
    checks: list
    receipt: object
    hearing: object
    versions: dict

    def rows(self):
        """Those that the letter speaks of."""
        found = [self.decision, self.call, self.line, self.application, self.application.applicant]
        found += [one for one in (self.entry, self.report, self.hearing) if one is not None]
        return [*found, *self.criteria, *self.scores.values()]

    @property
    def application(self):
        return self.line.application

    @property
    def call(self):
        return self.decision.call

    @property
    def is_described(self):
        return DESCRIPTION in names_in(self.call.parts)

    @property
    def is_as_listed(self):
        """The first decision, where nobody deviated, says what the signed list says."""
        return self.entry is not None and self.decision.ordinal == 1 and not self.line.deviates


class Sources:
    """Those of one decision about these applications (ids), however many in as many statements."""

    def __init__(self, decision, about):
        rows = Decision.objects.select_related("call__fund", "decided_by", "ranked_list__round")
        self.decision, self.about = rows.get(pk=decision.pk), list(about)

    def of(self, application):
        """Of the application of this id."""
        return replace(self.found(application), versions=self.versions)

    def found(self, application):
        report = self.reports.get(application)
        return Source(
            decision=self.decision, line=self.lines[application], entry=self.entries.get(application), report=report,
            criteria=self.criteria, scores={one.criterion_id: one for one in report.scores.all()} if report else {},
            checks=self.checks[application], receipt=self.receipts.get(application), versions={},
            hearing=self.hearings.get(application),
        )  # fmt: skip

    @cached_property
    def versions(self):
        return last_versions(row for one in self.lines for row in self.found(one).rows())

    @cached_property
    def lines(self):
        rows = self.decision.lines.filter(application__in=self.about).select_related("application__applicant")
        return {one.application_id: one for one in rows.defer(*(f"application__{name}" for name in LONG))}

    @cached_property
    def entries(self):
        rows = RankedEntry.objects.filter(ranked_list=self.decision.ranked_list_id, application__in=self.about)
        return {one.application_id: one for one in rows}

    @cached_property
    def criteria(self):
        return list(Criterion.objects.filter(call=self.decision.call_id).order_by("order", "code"))

    @cached_property
    def reports(self):
        """The last approved one that the list could know."""
        rows = Consensus.objects.approved().filter(application__in=self.about).order_by("round__ordinal")
        rows = rows.filter(round__ordinal__lte=self.decision.ranked_list.round.ordinal).prefetch_related("scores")
        return {one.application_id: one for one in rows}

    @cached_property
    def checks(self):
        found = defaultdict(list)
        for one in Check.objects.filter(application__in=self.about, passed=False).order_by("order", "pk"):
            found[one.application_id].append(one)
        return found

    @cached_property
    def hearings(self):
        """The last notice settled between the decision before and this one; a preview is of a decision still open."""
        rows = Hearing.objects.held().filter(application__in=self.about)
        if self.decision.decided_at:
            rows = rows.filter(settled_at__lte=self.decision.decided_at)
        rows = list(rows.order_by("settled_at", "pk"))
        before = self.decided_before() if rows else {}
        return {one.application_id: one for one in rows
                if one.application_id not in before or one.asked_at > before[one.application_id]}  # fmt: skip

    def decided_before(self):
        """{application: when the last decision before this one was taken on it}"""
        lines = DecisionLine.objects.filter(decision__call=self.decision.call_id, application__in=self.about)
        lines = lines.taken().filter(decision__ordinal__lt=self.decision.ordinal)
        return dict(lines.order_by("decision__ordinal").values_list("application", "decision__decided_at"))

    @cached_property
    def receipts(self):
        rows = Receipt.objects.filter(application__in=self.about).order_by("version").defer("files")
        return {one.application_id: one for one in rows}
