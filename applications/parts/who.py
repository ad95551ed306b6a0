"""Who a partner is: chosen among the registered organisations, or typed; and whether two rows are one organisation.

Numbers tell organisations apart, within a Member State; a name alone never does.
"""

from itertools import combinations
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.member_states import MEMBER_STATES
from accounts.models import Organisation
from accounts.models.identity import spelled
from core.errors import Incomplete

IDENTITY = ("name", "country", "registration_number", "vat_number")  # what tells who it is, chosen or typed
CONTACT = ("contact_name", "contact_email")
PARTNER_FIELDS = (
    "name", "country", "kind", "registration_number", "vat_number", "registered_as", "contact_name", "contact_email",
)  # fmt: skip
NUMBERS = ("registration_number", "vat_number")


def as_registered(organisation):
    """What a partner says of itself when this organisation is chosen: as it is registered now."""
    return {
        "name": organisation.name,
        "country": organisation.member_state,
        "kind": organisation.kind,
        "registration_number": organisation.registration_number,
        "vat_number": organisation.vat_number,
        "registered_as": str(organisation.pk),
    }


def settle_partner(partner, said, before):
    """What is said of it, and of the coordinator what its organisation is registered as."""
    take(partner, said, CONTACT if partner.is_coordinator else PARTNER_FIELDS)
    if partner.is_coordinator:
        take_over(partner, partner.application.applicant)
    else:
        settle(partner, before)


def as_it_was(partner, said, before):
    take(partner, said, PARTNER_FIELDS)


def take(partner, said, names):
    for name in names:
        value = said.get(name, getattr(partner, name))
        setattr(partner, name, str(value or "") if name == "registered_as" else value)


def is_somebody_else(before, after):
    return before is None or any(before[name] != after[name] for name in (*IDENTITY, "registered_as"))


def settle(partner, before):
    """Whoever is newly chosen is said in the words of its registration; typing over these lets the choice go."""
    if not partner.registered_as:
        return
    if before is None or before["registered_as"] != partner.registered_as:
        take_over(partner, chosen(partner))
    elif any(before[name] != getattr(partner, name) for name in IDENTITY):
        partner.registered_as = ""


def take_over(partner, organisation):
    for name, value in as_registered(organisation).items():
        setattr(partner, name, value)


def chosen(partner):
    found = Organisation.objects.registered().filter(pk=id_or_none(partner.registered_as)).first()
    if found is None:
        sentence = _("This organisation is not registered. Search for it again, or type who it is.")
        raise Incomplete({f"partners.{partner.pk}.registered_as": sentence})
    return found


def id_or_none(text):
    try:
        return UUID(text)
    except ValueError:
        return None


def recognised(partner):
    """The registered organisation that this is today: as chosen, else by a number, else by its name."""
    rows = Organisation.objects
    if partner.registered_as:
        return rows.named(id_or_none(partner.registered_as))
    keys = keys_of({name: getattr(partner, name) for name in (*NUMBERS, "country")})
    return rows.numbered(keys, partner.country) or rows.called(partner.name, partner.country)


def keys_of(said):
    """The numbers in their one spelling. Whether one was typed as the other kind makes no other organisation of it."""
    return {spelled(said[name], said["country"]) for name in NUMBERS} - {""}


def doubles(partners):
    """{field: a sentence that names both} for each organisation that stands there twice."""
    placed = list(enumerate(partners, 1))
    return {
        f"{other['id']}-registration_number": both_named((place, one), (other_place, other), why)
        for (place, one), (other_place, other) in combinations(placed, 2)
        if (why := why_the_same(one, other))
    }


def why_the_same(one, other):
    if one["registered_as"] and one["registered_as"] == other["registered_as"]:
        return _("both were chosen as the same registered organisation")
    shared = keys_of(one) & keys_of(other) if one["country"] and one["country"] == other["country"] else ()
    if not shared:
        return ""
    words = {"number": min(shared), "state": MEMBER_STATES.get(one["country"], one["country"])}
    return _("both have the number %(number)s in %(state)s") % words


def both_named(one, other, why):
    words = {
        "place": one[0], "name": one[1]["name"] or _("(no name yet)"), "other_place": other[0],
        "other": other[1]["name"] or _("(no name yet)"), "why": why,
    }  # fmt: skip
    return (
        _(
            "Organisation %(place)d, “%(name)s”, and organisation %(other_place)d, “%(other)s”, are the same: %(why)s. "
            "Remove one of them, or correct its number."
        )
        % words
    )
