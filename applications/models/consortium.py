"""Questions about partners, asked from the side of their organisation."""

from django.db.models import Q

from accounts.roles import is_applicant, is_national_auditor, seen_by, sees_whole_calls
from applications.querysets import OfApplicationQuerySet
from applications.states import EDITABLE, IN_PROCEDURE, STANDING, ApplicationPhase, ParticipationPhase
from programmes.states import UNDECIDED


class PartnerQuerySet(OfApplicationQuerySet):
    def as_registered(self):
        """Those that say of an organisation what it is registered as: coordinators, and partners that were chosen."""
        return self.filter(Q(is_coordinator=True) | ~Q(registered_as=""))

    def hold_their_applications(self):
        """Nobody submits one of them, or takes it back, until the transaction ends."""
        applications = self.model._meta.get_field("application").related_model.objects.filter(status__in=EDITABLE)
        held = applications.filter(pk__in=self.as_registered().values("application")).order_by("pk")
        return list(held.select_for_update(of=("self",)).values_list("pk", flat=True))

    def in_drafts(self):
        return self.as_registered().filter(application__status__in=ApplicationPhase.PREPARING)

    def relied_on(self):
        """Of what was submitted and is not decided: somebody reads it, or will."""
        handed_in = Q(application__status__in=ApplicationPhase.SENT + IN_PROCEDURE)
        undecided = Q(application__call__status__in=UNDECIDED) | Q(application__status__in=ApplicationPhase.EVALUABLE)
        return self.as_registered().filter(handed_in & undecided)


class ParticipationQuerySet(OfApplicationQuerySet):
    def visible_to(self, user):
        """Both sides: whoever prepares the application, and the partner's own people; of opened applications the
        Commission and the auditors. An evaluator judges what was received, not who answered for whom."""
        own = self.filter(application__in=self.applications().visible_to(user)).values("pk")
        return self.filter(seen_by(user, {
            is_applicant: Q(organisation__in=user.organisation_ids) | Q(pk__in=own),
            sees_whole_calls | is_national_auditor: Q(pk__in=own),
        }))  # fmt: skip

    def applications(self):
        return self.model._meta.get_field("application").related_model.objects

    def of_partner(self, user):
        """Those in which this person speaks for the partner: the only way to an application of somebody else."""
        return self.filter(seen_by(user, {is_applicant: Q(organisation__in=user.organisation_ids)}))

    def standing(self):
        return self.filter(status__in=STANDING)

    def waiting(self):
        return self.filter(status__in=ParticipationPhase.WAITING)

    def taking_part(self):
        return self.filter(status__in=ParticipationPhase.TAKING_PART)

    def for_reading(self):
        return self.select_related(
            "application__call", "application__applicant", "organisation", "invited_by", "answered_by"
        )
