"""Who reads which finding: its auditors always, whom it is addressed to once it was sent."""

from django.apps import apps
from django.db.models import Count, Min, Q, QuerySet

from accounts.roles import is_applicant, is_auditor, is_commission, is_national_auditor, seen_by
from evaluation.querysets import calls_in_conflict, kept_from
from reports.states import AUDITORS_TURN, EVER_SENT, OPEN_FINDINGS, OWNERS_TURN


def findings_kept_from(user):
    """What others are told of these – mails, what the worker owes – is not for this person."""
    findings = apps.get_model("reports", "finding").objects
    return findings.exclude(pk__in=findings.visible_to(user).values("pk"))


class FindingQuerySet(QuerySet):
    def visible_to(self, user):
        """Auditors: those of their body, national ones of their Member State. The office and an authority: what is
        addressed to them and was sent; who is in conflict with its call, or still judges its application, does not."""
        sent = self.filter(status__in=EVER_SENT)
        office = sent.filter(organisation=None).exclude(call__in=calls_in_conflict(user))
        return self.filter(seen_by(user, {
            is_auditor: Q(member_state="", entity=user.entity),
            is_national_auditor: Q(member_state__in=user.audited_states),
            is_commission: Q(pk__in=office.exclude(application__in=kept_from(user)).values("pk")),
            is_applicant: Q(status__in=EVER_SENT, organisation__in=user.organisation_ids),
        }))  # fmt: skip

    def of_the_side_of(self, finding):
        return self.filter(entity=finding.entity, member_state=finding.member_state)

    def open(self):
        """Sent, and neither closed nor replaced."""
        return self.filter(status__in=OPEN_FINDINGS)

    def for_the_owner(self):
        return self.filter(status__in=OWNERS_TURN)

    def turns(self):
        """Of how many it is whose turn, and the first day; one question."""
        is_owners, is_late = Q(status__in=OWNERS_TURN), Q(overdue_at__isnull=False)
        return self.open().aggregate(
            late=Count("pk", filter=is_owners & is_late),
            owed=Count("pk", filter=is_owners & ~is_late),
            first=Min("due_on", filter=is_owners & ~is_late),
            told=Count("pk", filter=Q(status__in=AUDITORS_TURN)),
        )

    def overdue(self):
        """The clock has noted it, and it is still the owner's turn."""
        return self.for_the_owner().filter(overdue_at__isnull=False)

    def not_overdue(self):
        return self.exclude(pk__in=self.overdue().values("pk"))

    def for_reading(self):
        return self.select_related(
            "call", "application__applicant", "decision", "file", "organisation", "replaces", "found_by", "sent_by",
            "replied_by", "claimed_by", "closed_by",
        )  # fmt: skip
