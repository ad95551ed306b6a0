"""Who sees what of a committee and of its ranked lists."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.roles import sees_whole_calls
from evaluation.querysets.calls import calls_in_conflict, calls_judged_by, calls_under_evaluation
from evaluation.querysets.judging import kept_from
from evaluation.states import (
    OF_A_ROUND,
    SEALED,
    SITTING,
    RankedListPhase,
    SeatPhase,
)
from programmes.models import Round


class SeatQuerySet(QuerySet):
    def visible_to(self, user):
        return self if sees_whole_calls(user) else self.filter(member=user)

    def sitting(self):
        return self.filter(status__in=SITTING)

    def that_judged(self):
        """Sitting, stood aside, or released after a signature; who was released before one judged nothing."""
        return self.filter(~Q(status__in=SeatPhase.LEFT) | Q(signed_at__isnull=False))

    def in_conflict(self):
        return self.filter(status__in=SeatPhase.CONFLICT)

    def unsigned(self):
        """Still to sign the evaluation record."""
        return self.filter(status__in=SeatPhase.APPOINTED)

    def declared(self, user):
        """The seats that this user has taken: sitting, and no conflict declared."""
        return self.sitting().filter(member=user, declared_at__isnull=False)

    def under_evaluation(self):
        return self.filter(call__in=calls_under_evaluation())

    def with_signature_under(self, ranked_list):
        """`signed_it`: whether the member signed this list; a signature under a later list does not take it away."""
        versions = self.model._meta.get_field("events").related_model.objects
        signed = versions.filter(id=OuterRef("pk"), signed_sha256=ranked_list.sha256)
        return self.annotate(signed_it=Exists(signed))

    def with_names(self):
        return self.select_related("member", "call").annotate(
            call_reference=F("call__reference"), member_name=F("member__name")
        )


class RankedListQuerySet(QuerySet):
    def visible_to(self, user):
        """Nobody with a conflict on one of its applications; else the Commission and the declared committee."""
        rows = self.exclude(call__in=calls_in_conflict(user))
        return rows if sees_whole_calls(user) else rows.filter(call__in=calls_judged_by(user))

    def looked_through_by(self, user):
        """Whose sureness and scenarios this person reads: whoever is blind on one application of the call does not,
        since any figure is one over all of them."""
        if not sees_whole_calls(user):
            return self.none()
        return self.visible_to(user).exclude(call__in=kept_from(user).values("call"))

    def drawn(self):
        """Drawn up, the committee's signatures awaited."""
        return self.filter(status__in=RankedListPhase.DRAWN)

    def to_sign(self):
        """Drawn up, and nobody's order is left for the committee to decide."""
        return self.drawn().filter(open_ties=[])

    def signed(self):
        """By the whole committee, and not set aside."""
        return self.filter(status__in=SEALED)

    def once_signed(self):
        """By the whole committee, also if it was set aside since."""
        return self.filter(signed_at__isnull=False).exclude(status__in=RankedListPhase.DRAWN)

    def set_aside(self):
        return self.filter(status__in=RankedListPhase.SET_ASIDE)

    def questioned(self):
        """One person asked to set it aside; a second one has to agree."""
        return self.filter(status__in=RankedListPhase.QUESTIONED)

    def of_last_round(self, call):
        """Of the last round of this call; none while that has no list yet."""
        last = Round.objects.filter(call=call).order_by("-ordinal").values("pk")[:1]
        return self.filter(round=Subquery(last))

    def standing(self):
        """Drawn up or signed, of whatever round."""
        return self.filter(status__in=OF_A_ROUND)

    def current(self):
        """The list that stands in the last round which has one."""
        return self.standing().exclude(Exists(self.model.objects.standing().after_this()))

    def in_force(self):
        """The last list the committee signed: what decisions rest on. None while the last one is set aside: an
        earlier list does not come back by that."""
        return self.signed().exclude(Exists(self.model.objects.once_signed().after_this()))

    def after_this(self):
        """Of later rounds of its call than the list at hand."""
        return self.filter(call=OuterRef("call"), round__ordinal__gt=OuterRef("round__ordinal"))

    def with_names(self):
        return self.select_related("call", "drawn_by", "questioned_by").annotate(ordinal=F("round__ordinal"))


class RankedEntryQuerySet(QuerySet):
    def visible_to(self, user):
        lists = self.model._meta.get_field("ranked_list").related_model
        return self.filter(ranked_list__in=lists.objects.visible_to(user))

    def signed(self):
        """Places on a list that the committee signed."""
        return self.filter(ranked_list__status__in=SEALED)

    def main(self):
        return self.filter(place="MAIN")

    def placed(self):
        """On the main list or on the reserve: they may be awarded."""
        return self.filter(place__in=["MAIN", "RESERVE"])

    def with_names(self):
        return self.select_related("application__applicant").annotate(number=F("application__reference"))
