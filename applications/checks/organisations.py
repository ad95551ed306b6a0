"""Who takes part, and what they declare."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.member_states import MEMBER_STATES
from accounts.models import Organisation


def comes_from_eligible_states(case):
    if not case.call.eligible_states:
        return None
    outside = [
        f"{partner['name']} ({name_of(partner['country'])})"
        for partner in case.content["partners"]
        if partner["country"] not in case.call.eligible_states and partner["kind"] != Organisation.Kind.INTERNATIONAL
    ]
    found = (
        _("Established elsewhere: %(list)s.") % {"list": ", ".join(outside)}
        if outside
        else _("Every organisation is established in an eligible Member State.")
    )
    return _("The applicant and its partners are established in eligible Member States."), found, not outside


def name_of(country):
    return str(MEMBER_STATES.get(country, country))


def has_enough_partners(case):
    number, least = len(case.content["partners"]), case.call.min_partners
    return (
        ngettext("At least %(number)d organisation takes part.", "At least %(number)d organisations take part.", least)
        % {"number": least},
        _("Organisations: %(number)d.") % {"number": number},
        number >= least,
    )


def has_enough_states(case):
    states = sorted({partner["country"] for partner in case.content["partners"]} - {""})
    least = case.call.min_states
    return (
        ngettext(
            "The organisations come from at least %(number)d Member State.",
            "The organisations come from at least %(number)d Member States.",
            least,
        )
        % {"number": least},
        _("Member States: %(number)d (%(list)s).") % {"number": len(states), "list": ", ".join(states)},
        len(states) >= least,
    )


def declared_on_honour(case):
    passed = "HONOUR" in case.content["declarations"]
    found = _("The declaration on honour was given.") if passed else _("The declaration on honour was not given.")
    return _("The applicant declares on its honour that no ground for exclusion applies."), found, passed
