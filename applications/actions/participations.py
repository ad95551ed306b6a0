"""Partners who sign in: asked by whoever prepares the application, accepting with a mandate, gone with their row."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from applications import documents
from applications.actions.guards import require_before_closing
from applications.actions.sending import addresses_of
from applications.parts.who import id_or_none
from applications.states import EDITABLE, PARTICIPATION
from core import clock
from core.errors import Incomplete, WrongState
from promises.actions import write_mails


@PARTICIPATION.action("invite")
def invite_partner(participation, *, by, at):
    """Everybody who speaks for the partner gets a mail; until they accept they read nothing of the proposal."""
    application = participation.application
    require_under_way(application, at)
    organisation = registered_partner(application, participation.row)
    require_not_asked(application, organisation, participation.row)
    participation.organisation = organisation
    participation.invited_by, participation.invited_at = by, at
    tell_partner(participation, state="invited")


@PARTICIPATION.action("accept")
def accept_participation(participation, *, by, at, mandate):
    """With the tick that this person may speak for its organisation: kept in words, with name and time."""
    require_under_way(participation.application, at)
    if not mandate:
        raise Incomplete({"mandate": _("Tick that you may act for your organisation, or decline.")})
    participation.mandate = mandate_of(participation)
    participation.answered_by, participation.answered_at = by, at
    tell_coordinator(participation, state="accepted")


@PARTICIPATION.action("decline")
def decline_participation(participation, *, by, at, reason=""):
    participation.answered_by, participation.answered_at = by, at
    participation.because, participation.ended_at = reason, at
    tell_coordinator(participation, state="declined")


@PARTICIPATION.action("leave")
def leave_participation(participation, *, by, at, reason):
    """Until the call closes: what was submitted then names the partner, and the coordinator answers for it."""
    require_before_closing(participation.application.call, clock.arrived(at))
    participation.because, participation.ended_at = reason, at
    tell_coordinator(participation, state="left")


@PARTICIPATION.action("take_back")
def take_back_participation(participation, *, by, at, reason=""):
    """The partner stays in the application; its people read it no more."""
    if participation.answered_at:
        require_before_closing(participation.application.call, clock.arrived(at))
    participation.because, participation.ended_at = reason, at
    tell_partner(participation, state="taken_back")


@PARTICIPATION.action("end")
def end_participation(participation, *, by, at):
    """Its partner was removed, or is another organisation now; that alone is a reason, whoever asks."""
    rows = participation.application.partners.filter(pk=participation.row)
    if who(rows.values_list("registered_as", flat=True).first() or "") == participation.organisation_id:
        raise WrongState(_("The partner is in the application: take the invitation back instead."))
    participation.ended_at = at
    tell_partner(participation, state="ended")


def end_with_their_partners(application, *, by, at):
    """After the partners were written: in the same act, whoever is no partner any more reads nothing more."""
    standing = list(application.participations.standing())
    rows = dict(application.partners.order_by().values_list("pk", "registered_as")) if standing else {}
    for one in standing:
        if who(rows.get(one.row, "")) != one.organisation_id:
            end_participation(one, by=by, at=at)


def who(registered_as):
    """The id of the organisation that was chosen by this one, or into which it was merged since."""
    found = Organisation.objects.named(id_or_none(registered_as)) if registered_as else None
    return found and found.pk


def mandate_of(participation):
    words = {"organisation": participation.organisation, "coordinator": participation.application.applicant}
    return _("I may act for %(organisation)s in this proposal of %(coordinator)s.") % words


# guards


def require_under_way(application, at):
    require_before_closing(application.call, clock.arrived(at))
    if not application.stands_in(EDITABLE):
        raise WrongState(_("The application is withdrawn: its coordinator has to restore it first."))


def registered_partner(application, row):
    partner = application.partners.filter(pk=row, is_coordinator=False).first()
    if partner is None:
        raise Incomplete({"partner": _("This partner is not in the application any more. Load the page again.")})
    organisation = Organisation.objects.named(id_or_none(partner.registered_as)) if partner.registered_as else None
    if organisation is None:
        sentence = _("%(name)s is typed. Choose it among the registered organisations first, then invite it.")
        raise Incomplete({"partner": sentence % {"name": partner.name or _("The partner")}})
    return organisation


def require_not_asked(application, organisation, row):
    if organisation.pk == application.applicant_id:
        raise Incomplete({"partner": _("This is your own organisation: it is the coordinator already.")})
    same = Q(row=row) | Q(organisation=organisation)
    if application.participations.standing().filter(same).exists():
        raise WrongState(_("%(organisation)s is invited already.") % {"organisation": organisation})


# mails


def tell_partner(participation, *, state):
    to = [user.email for user in User.objects.speaking_for(participation.organisation)]
    write_mails(to=to, about=participation, **documents.participation_mail(participation, state=state))


def tell_coordinator(participation, *, state):
    to = addresses_of(participation.application)
    write_mails(to=to, about=participation, **documents.participation_mail(participation, state=state))
