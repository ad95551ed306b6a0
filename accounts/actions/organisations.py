"""An organisation registers, and is corrected or renamed. Who it is, its numbers say: one of each within a State."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import documents
from accounts.actions.people import join_organisation
from accounts.models import Membership
from accounts.models.standing import standing_of
from accounts.roles import Role, is_applicant
from accounts.states import ORGANISATION
from core import clock
from core.errors import Incomplete, WrongState
from promises.actions import write_mails

# What may be corrected by its own people; a name is changed by renaming, a Member State by `move_organisation`.
CORRECTABLE = ("latin_name", "kind", "registration_number", "vat_number", "address")
ALREADY = {
    "an_organisation_registers_once_in_a_state": "name",
    "a_registration_number_is_of_one_organisation": "registration_number",
    "a_vat_number_is_of_one_organisation": "vat_number",
}


def register_organisation(organisation, user, *, password, at=None):
    """A national authority registers itself with its first person; both rows are new and unsaved.

    Raises Incomplete naming what says that the organisation is already there, or `email` when the person is.
    """
    at = at or clock.now()
    user.standing = standing_of(role=Role.APPLICANT, organisation=organisation)
    with transaction.atomic():
        organisation = register(organisation, by=user, at=at)
        return join_organisation(user, by=user, at=at, organisation=organisation, password=password)


@ORGANISATION.action("register")
def register(organisation, *, by, at):
    save_distinct(organisation)


@ORGANISATION.action("correct")
def correct_organisation(organisation, *, by, at, **data):
    """Correct what is wrong; receipts keep what they were given for. `data`: any of CORRECTABLE."""
    for name in CORRECTABLE:
        setattr(organisation, name, data.get(name, getattr(organisation, name)))
    save_distinct(organisation)


@ORGANISATION.action("rename")
def rename_organisation(organisation, *, by, at, name, latin_name=""):
    """It goes by another name now; the former one is kept and shown. Partners in proposals keep the name as sent."""
    former = {"name": organisation.name, "latin_name": organisation.latin_name, "until": at.isoformat()}
    organisation.former_names = [*organisation.former_names, former]
    organisation.name, organisation.latin_name = name, latin_name
    save_distinct(organisation)


@ORGANISATION.action("move")
def move_organisation(organisation, *, by, at, member_state):
    """It was registered in the wrong Member State. What was submitted and is not decided rests on the State that it
    says, so it waits; drafts say the new one with it, old receipts and letters keep what they said."""
    require_another_state(organisation, member_state)
    organisation.partnerships.hold_their_applications()
    if organisation.partnerships.relied_on().exists():
        raise WrongState(why_it_stays(organisation))
    drafts = organisation.partnerships.in_drafts()
    concerned = [organisation.pk, *drafts.values_list("application__applicant", flat=True)]
    drafts.update(country=member_state)
    organisation.member_state = member_state
    save_distinct(organisation)
    tell_concerned(organisation, concerned)


def require_another_state(organisation, member_state):
    if member_state == organisation.member_state:
        raise Incomplete({"member_state": _("It is registered in this Member State already.")})


def why_it_stays(organisation):
    """No call is named, and nothing is counted: who applies for what is no administrator's to learn."""
    return _(
        "Something that was submitted and is not decided yet is judged by the Member State of %(organisation)s. "
        "Correct it once that is decided, or withdrawn; its own people know what it is."
    ) % {"organisation": organisation}


def tell_concerned(organisation, concerned):
    """Its people, and those whose drafts name it."""
    people = Membership.objects.in_force().of(is_applicant).filter(organisation__in=concerned)
    to = sorted(set(people.values_list("person__email", flat=True)))
    write_mails(to=to, about=organisation, **documents.state_corrected(organisation))


def save_distinct(organisation):
    """Save, or say by what it is known already. Two may try at once: the database decides, so it alone is asked."""
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as twice:
        raise Incomplete({gap_of(twice): already_registered()}) from twice
    organisation.refresh_from_db()


def gap_of(twice):
    """The field whose constraint was broken."""
    return ALREADY[twice.__cause__.diag.constraint_name]


def already_registered():
    """Tells a stranger neither who is registered nor who its people are."""
    return _(
        "An organisation with this entry is already registered in this Member State. Ask a colleague there to invite "
        "you, or ask the account administrator."
    )
