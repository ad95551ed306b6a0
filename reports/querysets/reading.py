"""Who may see what of the trail, of the list and of report files. Everything else asks the rows' own `visible_to`."""

import re
from datetime import timedelta

from django.apps import apps
from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, UUIDField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from accounts.models import User
from accounts.roles import EVERYTHING, follows_proofs, is_auditor, is_commission, is_national_auditor, said_by, seen_by
from applications.models import Application
from audit.models import AuditRecord
from audit.querysets import AuditRecordQuerySet, LookQuerySet
from audit.scope import id_in_scope, ids_of, in_scope
from core.days import next_at
from evaluation.models import RankedEntry, RankedList
from evaluation.querysets import calls_in_conflict, kept_from
from reports.states import FAILED, WHOLE, PackPhase, ProofRunPhase, ReportFilePhase

PLACE = re.compile("[1-9][0-9]{0,8}")
NIGHTLY = 2  # o'clock in Brussels: the proofs are begun
LATE = timedelta(hours=6)  # and by then they have ended
NAMED = ("call", "application", "finding")  # kinds of scopes whose rows say who reads the record
OWN_ACTS = Q(act__startswith="reportfile.") | Q(act__startswith="pack.")  # they change nothing that a report tells


class ReportFileQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(asked_by=user)

    def calls(self):
        """The ids of the calls these files are about."""
        return self.filter(about__has_key="call").values_list(Cast(KT("about__call"), UUIDField()))

    def waiting(self):
        return self.filter(status__in=ReportFilePhase.WAITING)

    def drawn(self):
        return self.filter(status__in=ReportFilePhase.DRAWN)


class PackQuerySet(QuerySet):
    def visible_to(self, user):
        """What an auditor looks at is told to nobody whom it may be about: each sees the own packs."""
        return self.filter(asked_by=user)

    def issued_to(self, user):
        """The register of what left the house: the auditors' own of all, a national one's of the own."""
        return self.made().filter(seen_by(user, {is_auditor: EVERYTHING, is_national_auditor: Q(asked_by=user)}))

    def about(self, call):
        return self.filter(call=call) if call else self

    def waiting(self):
        return self.filter(status__in=PackPhase.WAITING)

    def made(self):
        return self.filter(status__in=PackPhase.MADE)


class ProofRunQuerySet(QuerySet):
    def visible_to(self, user):
        """The whole house's books: not for whoever sees only a part of it. What a fault names is the auditors'."""
        return self.filter(seen_by(user, {follows_proofs: EVERYTHING}))

    def under_way(self):
        return self.filter(status__in=ProofRunPhase.UNDER_WAY)

    def whole(self):
        """Every proof was carried out, whatever came of it."""
        return self.filter(status__in=WHOLE)

    def failed(self):
        return self.filter(status__in=FAILED)

    def ended(self):
        return self.exclude(status__in=ProofRunPhase.UNDER_WAY)

    def last(self):
        """The one that ended last; None when none has."""
        return self.order_by("-ended_at", "-pk").first()

    def newest_ended(self):
        """By its beginning, for which there is an index: one at a time is under way."""
        return self.ended().order_by("-begun_at", "-pk").first()

    def is_overdue(self, at):
        """No whole run was begun since the last night that is over, if the house stood then: something was recorded."""
        night = next_at(NIGHTLY, at - timedelta(hours=24) - LATE)
        if self.whole().filter(begun_at__gte=night).exists():
            return False
        return AuditRecord.objects.filter(Q(written_at=None) | Q(written_at__lt=night)).exists()

    def nightly(self):
        """Those that the clock began."""
        return self.filter(begun_by=User.objects.clock())

    def of(self, person, since):
        return self.filter(begun_by=person, begun_at__gte=since)


class TrailQuerySet(AuditRecordQuerySet):
    """Always whole chains, so that whoever may read a record can also prove it."""

    def visible_to(self, user):
        """Auditors: everything. National ones: their Member State's. The office: what belongs to a call.

        Records of an application are seen with the application, never before its call is opened (FR Art. 149(3)(c));
        whoever still has to assess it, or is in conflict, sees none of them. Records of a finding are seen with it.
        """
        rows = self.within_reach_of(user).alias(**{f"of_{kind}": id_in_scope(kind) for kind in NAMED})
        seen, taken_back = (named_by_the_record(rows) for rows in the_register(user))
        return rows.filter(
            Q(of_application=None) | Q(seen) | Q(taken_back),
            Q(of_finding=None) | Q(named_by_the_record(findings_of(user), kind="finding")),
        ).exclude(
            of_application__isnull=False, of_application__in=ids_of(kept_from(user))
        ).exclude(
            of_application=None, of_call__isnull=False, of_call__in=ids_of(calls_in_conflict(user))
        )  # fmt: skip

    def within_reach_of(self, user):
        return self.filter(seen_by(user, {
            is_auditor: EVERYTHING,
            is_national_auditor: in_scope("member_state", user.audited_states),
            is_commission: Q(scope__has_key="call") | Q(scope__has_key="finding"),
        }))  # fmt: skip

    def named(self, name):
        """The one record of this name: its chain, and its number there."""
        chain, _colon, sequence = name.rpartition(":")
        return self.filter(chain=chain, sequence=int(sequence)) if PLACE.fullmatch(sequence) else self.none()

    def about(self, about):
        """Of a call, a fund, a Member State; all when none is named."""
        return self.within(**about.scope)

    def of_the_matter(self):
        """Without the asking for and fetching of reports themselves."""
        return self.exclude(OWN_ACTS)


class AccessQuerySet(LookQuerySet):
    """The access log. Looks at what is not opened yet are hidden with it, as its records are."""

    def visible_to(self, user):
        """Auditors: everything. National ones: what their Member State's proposals were looked at, but not by the
        auditors of the whole: what those look at is told to nobody whom it may be about."""
        rows = self.filter(seen_by(user, {
            is_auditor: EVERYTHING,
            is_national_auditor: Q(member_state__in=user.audited_states) & ~said_by(is_auditor, "person_role"),
        })).alias(of_application=id_in_scope("application"))  # fmt: skip
        seen, taken_back = (named_by_the_record(rows) for rows in the_register(user))
        return rows.filter(Q(of_application=None) | Q(seen) | Q(taken_back))

    def named(self, name):
        return self.filter(mark=name)

    def about(self, about):
        """Of a call, a fund, a Member State; all when none is named."""
        wanted = about.scope
        return self.filter(scope__contains=wanted) if wanted else self

    def at(self, application):
        """At the proposal and all that stands below it."""
        return self.filter(chain=application.chain)


def findings_of(user):
    return apps.get_model("reports", "finding").objects.visible_to(user)


def named_by_the_record(rows, kind="application"):
    """Whether the record at hand is about one of them: looked up one by one, for a page has few records and the
    register may have a million applications."""
    named = rows.annotate(id_as_text=Cast("pk", TextField())).filter(id_as_text=OuterRef(f"of_{kind}"))
    return IsNull(Subquery(named.values("pk")[:1]), False)


def on_the_register(user):
    """The applications this person sees, and those taken back after they had been handed in (FR Art. 149(3))."""
    seen, taken_back = the_register(user)
    return Application.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=taken_back.values("pk")))


def the_register(user):
    """(what this person sees, what was taken back)."""
    taken_back = Application.objects.taken_back().filter(seen_by(user, {
        is_national_auditor: Q(applicant__member_state__in=user.audited_states),
        is_auditor | is_commission: EVERYTHING,
    }))  # fmt: skip
    return Application.objects.visible_to(user), taken_back


def places_on_the_list(call, user):
    """Entries of the signed list in force; a national auditor sees those of the own Member State."""
    rows = RankedEntry.objects.filter(ranked_list__in=RankedList.objects.filter(call=call).in_force())
    if is_national_auditor(user):
        return rows.filter(application__in=Application.objects.visible_to(user))
    return rows.filter(pk__in=RankedEntry.objects.visible_to(user).values("pk"))


def places_on_every_list(application, user):
    """The entries of one application on every list that was ever signed, in force or set aside since."""
    rows = RankedEntry.objects.filter(application=application, ranked_list__in=RankedList.objects.once_signed())
    if not is_national_auditor(user):
        rows = rows.filter(pk__in=RankedEntry.objects.visible_to(user).values("pk"))
    return rows.select_related("ranked_list__round").order_by("ranked_list__round__ordinal", "ranked_list__drawn_at")
