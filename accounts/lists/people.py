"""People and organisations."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.member_states import MEMBER_STATES, by_name
from accounts.models import Organisation, User
from accounts.models.identity import spelled
from accounts.roles import choices_of, is_a_person
from accounts.states import OrganisationStatus, UserPhase, UserStatus
from core.counting import CAP
from core.formats import brussels_day
from core.lists import Column, Filter, RowList, choice, search
from core.lists.kinds import CODE, TRUTH
from core.phases import for_each
from core.spelling import InOrder

ACCOUNT_TONES = for_each(UserStatus, {UserPhase.OPEN: "good", UserPhase.CLOSED: "neutral"})


def with_a_place(name, label, choices, lookup):
    """A filter by what one of the person's memberships is."""
    one = choice(name, label, choices)
    return Filter(name, one.field, lambda rows, value: rows.filter(User.objects.with_a_place(**{lookup: value})))


class PeopleList(RowList):
    """Colleagues for an applicant; everybody for an account administrator; who may assess for an officer."""

    title = _("People")
    name = "people"
    default_sort = "name"
    columns = (
        Column("name", _("Name"), lambda user: user.name, sort="name_order", url=lambda user: user.get_absolute_url()),
        Column("email", _("E-mail"), lambda user: user.email, sort="email"),
        Column("role", _("Role"), lambda user: user.role, text=lambda user: user.role_label or _("none"), kind=CODE),
        Column("organisation", _("Organisation or entity"), lambda user: user.organisation_name or user.entity),
        Column("member_state", _("Member State"), lambda user: user.state),
        Column(
            "is_active", _("Account"), lambda user: user.is_active,
            text=lambda user: user.get_status_display(), tone=lambda user: ACCOUNT_TONES[user.status], kind=TRUTH,
        ),
    )  # fmt: skip
    filters = (
        search("name", "email"),
        with_a_place("role", _("Role"), choices_of(is_a_person), "role"),
        with_a_place("state", _("Member State"), by_name, "organisation__member_state"),
    )

    def all_rows(self):
        return User.objects.listed_for(self.user).people().annotate(name_order=InOrder("name")).defer("password")


class OrganisationList(RowList):
    """For account administrators, who merge what is there twice."""

    title = _("Organisations")
    name = "organisations"
    default_sort = "name"
    columns = (
        Column("name", _("Name"), lambda row: row.name, sort="name_order", url=lambda row: row.get_absolute_url()),
        Column("latin_name", _("In Latin letters"), lambda row: row.latin_name),
        Column("member_state", _("Member State"), lambda row: row.member_state, sort="member_state"),
        Column("kind", _("Kind"), lambda row: row.kind, text=lambda row: row.get_kind_display(),
               kind=CODE, choices=Organisation.Kind),
        Column("registration_number", _("Registration number"), lambda row: row.registration_number),
        Column("vat_number", _("VAT number"), lambda row: row.vat_number),
        Column(
            "status", _("Status"), lambda row: row.status, text=lambda row: standing_of(row),
            tone=lambda row: "bad" if row.shares_identity else "neutral", kind=CODE, choices=OrganisationStatus,
        ),
    )  # fmt: skip
    filters = (
        search("name", "latin_name", "registration_number", "vat_number"),
        choice("state", _("Member State"), by_name, lookup="member_state"),
        choice("shares_identity", _("Shares its number"), [("True", _("yes")), ("False", _("no"))]),
    )

    def all_rows(self):
        rows = Organisation.objects.visible_to(self.user).annotate(name_order=InOrder("name"))
        return rows.defer("address", "former_names")


MOST_FOUND = 20
NAMED_BY = search("name", "latin_name", "registration_number", "vat_number")


def to_name(user, text, member_state=""):
    """Registered organisations that somebody may name in an application, found by words or by a number however it is
    typed; one more than are shown says that there are more."""
    rows = Organisation.objects.to_be_named_by(user)
    rows = rows.filter(member_state=member_state) if member_state else rows
    keys = {spelled(text, state) for state in ([member_state] if member_state else MEMBER_STATES)} - {""}
    by_number = rows.filter(Q(registration_key__in=keys) | Q(vat_key__in=keys))
    found = NAMED_BY.apply(rows, text).order_by().values("pk").union(by_number.values("pk"))
    return rows.filter(pk__in=[one["pk"] for one in found[:CAP]]).order_by(InOrder("name"), "pk")[: MOST_FOUND + 1]


def standing_of(organisation):
    return _("to be merged: shares its number") if organisation.shares_identity else organisation.get_status_display()


def facts_of(organisation):
    """(label, text) of everything an organisation says of itself."""
    return [
        (_("Name in Latin letters"), organisation.latin_name or "–"),
        (_("Member State"), organisation.get_member_state_display()),
        (_("Kind of organisation"), organisation.get_kind_display()),
        (_("Registration number"), organisation.registration_number or "–"),
        (_("VAT number"), organisation.vat_number or "–"),
        (_("Registered address"), organisation.address),
    ]


def former_names(organisation):
    """“…, until 3 May 2021”, the last one first."""
    return [
        _("%(name)s, until %(day)s") % {"name": one["name"], "day": brussels_day(datetime.fromisoformat(one["until"]))}
        for one in reversed(organisation.former_names)
    ]
