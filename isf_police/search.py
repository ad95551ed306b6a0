"""One search over all that a person may list: of each list its own rows, by its own search, the first few."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.lists import OrganisationList, PeopleList
from accounts.roles import is_admin, is_applicant, is_commission, is_evaluator
from applications.lists import OpenedApplications, OwnApplications
from awards.lists import DecisionList, LetterList
from core.fields import CleanCharField
from evaluation.lists import AssessmentList, RegisterList
from isf_police.context import EVERYBODY, OFFICE
from programmes.lists import CallList, FundList

FEWEST, MOST = 3, 100  # characters: an index of trigrams finds nothing by less, a list takes no more
SHOWN = 5  # rows of each list
COLUMNS = 4  # of each row

# fmt: off
PLACES = [
    # list                address         who may open its page (none: visitors too)
    (OwnApplications,     "applications", is_applicant),
    (OpenedApplications,  "applications", OFFICE),
    (AssessmentList,      "assessments",  is_evaluator),
    (CallList,            "calls",        EVERYBODY),
    (LetterList,          "letters",      is_applicant | OFFICE),
    (DecisionList,        "awards",       OFFICE),
    (FundList,            "funds",        EVERYBODY),
    (RegisterList,        "evaluators",   is_commission),
    (PeopleList,          "accounts",     is_admin | is_applicant),
    (OrganisationList,    "organisations", is_admin),
]
# fmt: on


class Found(NamedTuple):
    """What one list has: `all_url` leads to the whole of it, searched in the same way, where there is more of it."""

    title: str
    number: str
    columns: list
    rows: list
    has_more: bool
    all_url: str


def words_in(text):
    """The words as they are searched. ValidationError says what is wrong with them."""
    return CleanCharField(min_length=FEWEST, max_length=MOST, error_messages={
        "min_length": _("Type %(limit_value)d characters or more."),
    }).clean(text)  # fmt: skip


def looked_for(user, text):
    """(what was found, what is wrong with the words); nothing at all while nothing is asked."""
    if not text:
        return [], ""
    try:
        words = words_in(text)
    except ValidationError as refusal:
        return [], " ".join(refusal.messages)
    return [one for one in (found_in(place, user, words) for place in PLACES if may_open(place, user)) if one.rows], ""


def may_open(place, user):
    _row_list, _address, who = place
    return who is EVERYBODY or (user.is_authenticated and bool(who(user)))


def found_in(place, user, words):
    row_list, address, _who = place
    found = row_list(user, {"q": words}, path=reverse(address))
    found.page_size = SHOWN
    found.load()
    rows = [row.cells[:COLUMNS] for row in found.rows]
    return Found(found.title, found.count_label, found.labels[:COLUMNS], rows, found.count > SHOWN, found.address())
