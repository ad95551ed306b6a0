"""Two rows turn out to be one organisation."""

from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation
from accounts.states import ORGANISATION, MembershipStatus, OrganisationPhase
from core.errors import Incomplete, WrongState


@ORGANISATION.action("merge")
def merge_organisation(organisation, *, by, at, into):
    """Everything that names `organisation` names `into` from now on; it stays itself, marked, and points there.

    Receipts, letters and the trail keep what they said.
    """
    into = hold_target(organisation, into)
    ended = end_doubles(organisation, into, at=at)
    moved = move_everything(organisation, into)
    mark(organisation, into)
    return moved | ({"memberships ended": [ended, []]} if ended else {})


def hold_target(organisation, into):
    if into.pk == organisation.pk:
        raise Incomplete({"into": _("Choose another organisation than the one that goes.")})
    into = Organisation.objects.select_for_update().get(pk=into.pk)
    if not into.stands_in(OrganisationPhase.REGISTERED):
        raise WrongState(_("%(organisation)s was merged itself; choose the one it went into.") % {"organisation": into})
    if into.member_state != organisation.member_state:
        raise Incomplete({"into": _("Choose an organisation of the same Member State.")})
    return into


def end_doubles(organisation, into, *, at):
    """Who is in both has the one place only; gives their words."""
    there = Membership.objects.granted().filter(organisation=into).values("person")
    doubles = list(Membership.objects.granted().filter(organisation=organisation, person__in=there))
    for one in doubles:
        one.status, one.until_at = MembershipStatus.ENDED, max(at, one.from_at)
        one.save(update_fields=["status", "until_at"])
    return [str(one) for one in doubles]


def move_everything(organisation, into):
    """Rows of every floor, also those above: a row names an organisation by a foreign key, whatever it is.

    Versions of rows are kept without a constraint, so they are left as they were.
    """
    moved = {}
    for relation in (one for one in Organisation._meta.related_objects if one.field.db_constraint):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: organisation})
        if number := rows.update(**{relation.field.name: into}):
            kind = relation.related_model._meta.model_name
            moved[f"{kind}: {relation.field.name}"] = [f"{organisation} ({number})", f"{into} ({number})"]
    return moved


def mark(organisation, into):
    """The one that goes frees its name and numbers first; then the other may count as the one that has them, unless a
    third with the same number does."""
    organisation.merged_into = into
    organisation.save()
    into.refresh_from_db()
    into.shares_identity = Organisation.objects.same_as(into).filter(shares_identity=False).exists()
    into.save()
