"""Questions about partners, asked from the side of their organisation."""

from django.db.models import Q

from applications.querysets import OfApplicationQuerySet
from applications.states import EDITABLE, IN_PROCEDURE, ApplicationPhase
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
