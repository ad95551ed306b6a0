"""Questions about decisions, their lines and their letters."""

from django.db.models import Case, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from accounts.roles import is_applicant, is_national_auditor, seen_by, sees_whole_calls
from applications.models import Application
from awards.states import (
    ARRIVED,
    BEFORE,
    OFFICERS_TURN,
    TAKEN,
    TURNED_DOWN,
    DecisionPhase,
    LetterPhase,
    OfferPhase,
    RedressPhase,
)
from core.counting import CAP, number_of
from core.days import day_of
from evaluation.querysets import calls_in_conflict
from programmes.models import Call

MONEY_SUM = DecimalField(max_digits=16, decimal_places=2)


def calls_to_decide(user):
    """Calls whose decision this officer could prepare now."""
    ranked = Call.objects.visible_to(user).ranked().exclude(decisions__status__in=BEFORE + TAKEN)
    return ranked.exclude(pk__in=calls_in_conflict(user)).order_by("closes_at")


def calls_with_reserve(user, at):
    """Decided calls whose reserve list still stands and of which no decision is open, for this officer."""
    decided = Call.objects.visible_to(user).decided().exclude(decisions__status__in=BEFORE + DecisionPhase.DECIDED)
    standing = decided.filter(Q(reserve_until=None) | Q(reserve_until__gte=day_of(at)), reserve_ended_at=None)
    waiting = Call._meta.get_field("decisions").related_model.objects.filter(lines__outcome="RESERVE")
    standing = standing.filter(Exists(waiting.taken().filter(call=OuterRef("pk"))))
    return standing.exclude(pk__in=calls_in_conflict(user)).order_by("closes_at")


class DecisionQuerySet(QuerySet):
    def visible_to(self, user):
        """The Commission and auditors: all, but for a call with which they are in conflict (FR Art. 61), as its list.
        National auditors: those taken that concern their Member State."""
        of_own_state = self.filter(lines__application__applicant__member_state__in=user.audited_states)
        return self.filter(seen_by(user, {
            sees_whole_calls: ~Q(call__in=calls_in_conflict(user)),
            is_national_auditor: Q(status__in=TAKEN, pk__in=of_own_state.values("pk")),
        }))  # fmt: skip

    def taken(self):
        return self.filter(status__in=TAKEN)

    def open(self):
        """Not taken yet: of each call at most one."""
        return self.filter(status__in=BEFORE)

    def standing(self):
        """Not discarded."""
        return self.exclude(status__in=DecisionPhase.DISCARDED)

    def of_call(self, call):
        return self.filter(call=call)

    def beside(self, decision):
        """The other decisions on the same call, in their order."""
        return self.filter(call=decision.call_id).exclude(pk=decision.pk).order_by("ordinal")

    def newest_first(self):
        return self.order_by("-ordinal")

    def proposed(self):
        return self.filter(status__in=DecisionPhase.PROPOSED)

    def of_officers(self):
        """Those with which an officer has to do something next."""
        return self.filter(status__in=OFFICERS_TURN)

    def unissued(self):
        """Taken, and their letters wait to be issued."""
        return self.filter(status__in=DecisionPhase.DECIDED)

    def issued(self):
        return self.filter(status__in=DecisionPhase.ISSUED)

    def for_reading(self):
        return self.select_related("call__fund", "ranked_list", "prepared_by", "decided_by")

    def with_figures(self):
        """`applications`, `awards` and `awarded` (euro) of each decision."""
        lines = self.related("lines")
        money = lines.awards().filter(decision=OuterRef("pk")).order_by().values("decision")
        awarded = Subquery(money.annotate(sum=Sum("contribution")).values("sum"))
        return self.annotate(
            applications=number_of(lines, "decision"),
            awards=number_of(lines.awards(), "decision"),
            awarded=Coalesce(awarded, 0, output_field=MONEY_SUM),
        )

    def with_letters(self):
        """`first_sent_at`: when the first successful applicant was informed; `unsent` letters of the others."""
        letters = self.related("letters")
        sent = letters.filter(decision=OuterRef("pk"), kind="AWARD", sent_at__isnull=False).order_by("sent_at")
        return self.annotate(
            first_sent_at=Subquery(sent.values("sent_at")[:1]),
            unsent=number_of(letters.waiting(), "decision", most=CAP),
        )

    def related(self, name):
        """The rows below decisions, whose model stands after this one."""
        return self.model._meta.get_field(name).related_model.objects


class DecisionLineQuerySet(QuerySet):
    def visible_to(self, user):
        states = user.audited_states
        return self.filter(seen_by(user, {
            sees_whole_calls: ~Q(decision__call__in=calls_in_conflict(user)),
            is_national_auditor: Q(decision__status__in=TAKEN, application__applicant__member_state__in=states),
        }))  # fmt: skip

    def issued(self):
        """Of decisions whose letters are issued."""
        return self.filter(decision__status__in=DecisionPhase.ISSUED)

    def of_call(self, call):
        """Of every decision on this call but those discarded."""
        return self.standing().filter(decision__call=call)

    def standing(self):
        return self.exclude(decision__status__in=DecisionPhase.DISCARDED)

    def taken(self):
        """Of decisions that were taken, also those that a later decision has overtaken."""
        return self.filter(decision__status__in=TAKEN)

    def in_force(self, before=None):
        """Of each application its line in the last decision taken that has one: every word about an outcome or about
        money that was awarded starts here. With `before`, what was in force before that decision. Nothing is in force
        for an application that was withdrawn, or whose offer was declined: its money is free."""
        rows, later = self.taken(), self.later_ones()
        if before is not None:
            rows, later = (one.filter(decision__ordinal__lt=before.ordinal) for one in (rows, later))
        rows = rows.exclude(Exists(later)).exclude(offer__status__in=TURNED_DOWN)
        return rows.exclude(application__in=Application.objects.retracted())

    def later_ones(self):
        """Lines of later decisions that were taken, on the application of the row outside."""
        same = {"application": OuterRef("application"), "decision__ordinal__gt": OuterRef("decision__ordinal")}
        return self.model.objects.taken().filter(**same)

    def to_be_told(self):
        """Those of which a letter may tell: not withdrawn since, and no later decision says otherwise."""
        rows = self.exclude(application__in=Application.objects.retracted())
        return rows.exclude(Exists(self.later_ones()))

    def with_what_became_of_it(self):
        """`is_retracted`, `is_overtaken`: why a line is not told of; `is_written`, `is_sent`: its letter, if it is."""
        return self.annotate(
            is_retracted=Exists(Application.objects.retracted().filter(pk=OuterRef("application"))),
            is_overtaken=Exists(self.later_ones()),
            is_written=Exists(self.letters_of_it()),
            is_sent=Exists(self.letters_of_it().arrived()),
        )

    def letters_of_it(self):
        letters = self.model._meta.get_field("decision").related_model._meta.get_field("letters").related_model
        return letters.objects.filter(decision=OuterRef("decision"), application=OuterRef("application"))

    def without_letter(self):
        return self.exclude(Exists(self.letters_of_it()))

    def successful_first(self):
        is_other = Case(When(outcome="AWARD", then=0), default=1)
        return self.order_by(is_other, F("rank").asc(nulls_last=True), "application__reference")

    def on_reserve(self):
        """By the list's order: the next one first."""
        return self.filter(outcome="RESERVE").order_by("rank")

    def beside(self, decision):
        """What earlier decisions say of the applications that this one is not about."""
        if decision.ordinal == 1:
            return self.none()
        own = self.model.objects.filter(decision=decision).values("application")
        return self.of_call(decision.call_id).in_force(before=decision).exclude(application__in=own)

    def awards(self):
        return self.filter(outcome="AWARD")

    def for_reading(self):
        return self.select_related("application__applicant", "application__call")

    def awarded(self):
        """The sum of the awards in euro."""
        return self.awards().aggregate(sum=Coalesce(Sum("contribution"), 0, output_field=MONEY_SUM))["sum"]


class LetterQuerySet(QuerySet):
    def visible_to(self, user):
        """The addressee sees its letters once sent; the Commission all; national auditors their Member State's."""
        states = user.audited_states
        return self.filter(seen_by(user, {
            is_applicant: Q(application__applicant__in=user.organisation_ids, status__in=ARRIVED),
            is_national_auditor: Q(application__applicant__member_state__in=states, status__in=ARRIVED),
            sees_whole_calls: ~Q(decision__call__in=calls_in_conflict(user)),
        }))  # fmt: skip

    def of_call(self, call):
        return self.filter(application__call=call)

    def published(self):
        """Awards that anybody may read of (FR Art. 38, 189(2)): what the applicant was told last is an award, and it
        stands. A later decision changes nothing here before its own letter has left; what was withdrawn, or offered
        and not accepted, is no award."""
        later = self.model.objects.arrived().filter(
            application=OuterRef("application"), written_at__gt=OuterRef("written_at")
        )
        rows = self.filter(kind="AWARD").arrived().exclude(Exists(later))
        unsettled = self.line_of_it().filter(offer__status__in=OfferPhase.OPEN + TURNED_DOWN)
        return rows.exclude(Exists(unsettled)).exclude(application__in=Application.objects.retracted())

    def with_its_line(self):
        """`contribution` and `rate` that the letter tells of."""
        return self.annotate(
            contribution=Subquery(self.line_of_it().values("contribution")[:1], output_field=MONEY_SUM),
            rate=Subquery(self.line_of_it().values("rate")[:1]),
        )

    def line_of_it(self):
        lines = self.model._meta.get_field("decision").related_model._meta.get_field("lines").related_model.objects
        return lines.filter(decision=OuterRef("decision"), application=OuterRef("application"))

    def of_the_first_decision(self):
        """Those that told applicants the outcome for the first time."""
        return self.filter(decision__ordinal=1, replaces=None)

    def chained_to(self, letter):
        """The letter that this one replaces, and the one that replaces it."""
        return self.filter(Q(pk=letter.replaces_id) | Q(replaces=letter))

    def unread(self):
        return self.filter(status__in=LetterPhase.UNREAD)

    def waiting(self):
        return self.filter(status__in=LetterPhase.WAITING)

    def arrived(self):
        return self.filter(status__in=ARRIVED)

    def for_reading(self):
        return self.select_related("application__applicant", "application__call", "decision", "read_by", "replaces")


class OfferQuerySet(QuerySet):
    def visible_to(self, user):
        """Whoever sees the letter that makes it: the addressee once it was sent."""
        arrived = Q(line__decision__letters__application=F("application"), line__decision__letters__status__in=ARRIVED)
        rows = self.filter(pk__in=self.model.objects.filter(arrived).values("pk"))
        return rows.filter(seen_by(user, {
            is_applicant: Q(application__applicant__in=user.organisation_ids),
            is_national_auditor: Q(application__applicant__member_state__in=user.audited_states),
            sees_whole_calls: ~Q(application__call__in=calls_in_conflict(user)),
        }))  # fmt: skip

    def open(self):
        return self.filter(status__in=OfferPhase.OPEN)

    def of_call(self, call):
        return self.filter(application__call=call)


class RedressQuerySet(QuerySet):
    def visible_to(self, user):
        """Its applicant; the Commission but whoever is in conflict; national auditors their Member State's."""
        return self.filter(seen_by(user, {
            is_applicant: Q(application__applicant__in=user.organisation_ids),
            is_national_auditor: Q(application__applicant__member_state__in=user.audited_states),
            sees_whole_calls: ~Q(application__call__in=calls_in_conflict(user)),
        }))  # fmt: skip

    def filed(self):
        return self.filter(status__in=RedressPhase.FILED)

    def upheld(self):
        return self.filter(status__in=RedressPhase.UPHELD)

    def standing(self):
        """Not taken back."""
        return self.exclude(status__in=RedressPhase.TAKEN_BACK)

    def of_call(self, call):
        return self.filter(application__call=call)

    def for_reading(self):
        return self.select_related(
            "application__applicant", "application__call", "letter__decision__ranked_list", "filed_by", "answered_by",
            "round",
        )  # fmt: skip
