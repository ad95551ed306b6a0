"""What a search of the CommonGrants protocol asks for, read with patience: what is not known is named and left out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError

from core.spelling import folded

MOST = 100  # on one page
LAST_CHANGED = "lastModifiedAt"
SORTS = {
    LAST_CHANGED: lambda one: one["lastModifiedAt"],
    "createdAt": lambda one: one["createdAt"],
    "title": lambda one: folded(one["title"]),
    "status.value": lambda one: ["forecasted", "open", "custom", "closed"].index(one["status"]["value"]),
    "keyDates.closeDate": lambda one: (one["keyDates"]["closeDate"]["date"], one["keyDates"]["closeDate"]["time"]),
    "funding.totalAmountAvailable": lambda one: amount_in(one, "totalAmountAvailable") or Decimal(0),
    "funding.minAwardAmount": lambda one: amount_in(one, "minAwardAmount") or Decimal(0),
    "funding.maxAwardAmount": lambda one: amount_in(one, "maxAwardAmount") or Decimal(0),
}


def amount_in(one, name):
    return Decimal(one["funding"][name]["amount"]) if name in one["funding"] else None


def sorted_by(opportunities, name=LAST_CHANGED, order="desc"):
    """Equals stand by their ids, so that pages do not overlap."""
    by_id = sorted(opportunities, key=lambda one: one["id"])
    return sorted(by_id, key=SORTS[name], reverse=order == "desc")


@dataclass(frozen=True)
class Page:
    number: int = 1
    size: int = 10


def page_asked(said):
    return Page(whole(said, "page", 1), min(whole(said, "pageSize", 10), MOST))


def whole(said, name, usual):
    value = said.get(name)
    if value in (None, ""):
        return usual
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and int(text[:9]) > 0 and len(text) < 9):
        raise ParseError(_("“%(name)s” is a whole number from 1 on.") % {"name": name})
    return int(text)


@dataclass
class Wanted:
    """`tests` say whether an opportunity fits; `filters` are those that were understood."""

    page: Page = Page()
    sort_by: str = LAST_CHANGED
    sort_order: str = "desc"
    sort_errors: list = field(default_factory=list)
    tests: list[Callable] = field(default_factory=list)
    filters: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)

    def fits(self, one):
        return all(test(one) for test in self.tests)


def asked_for(said):
    said = object_in(said, _("The body"))
    wanted = Wanted(page=page_asked(object_in(said.get("pagination"), "pagination")))
    read_words(wanted, said.get("search"))
    read_filters(wanted, object_in(said.get("filters"), "filters"))
    read_sorting(wanted, object_in(said.get("sorting"), "sorting"))
    return wanted


def object_in(value, name):
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ParseError(_("%(name)s is an object.") % {"name": name})
    return value


def read_words(wanted, text):
    """Each word stands somewhere in its texts, as people type it."""
    words = folded(text[:200]).split() if isinstance(text, str) else []
    if words:
        wanted.tests.append(lambda one: all(word in texts_of(one) for word in words))


def texts_of(one):
    return folded(" ".join([one["title"], one["description"], one["customFields"]["reference"]["value"]]))


def read_filters(wanted, filters):
    for name, said in filters.items():
        if said is None:
            continue
        try:
            test = FILTERS[name](said)
        except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
            wanted.errors.append(_("The filter “%(name)s” is not known, or not in this form.") % {"name": name[:60]})
            continue
        wanted.filters[name] = said
        wanted.tests.append(test)


def read_sorting(wanted, said):
    name, order = said.get("sortBy") or LAST_CHANGED, said.get("sortOrder") or "desc"
    if isinstance(name, str) and name in SORTS:
        wanted.sort_by = name
    else:
        wanted.sort_errors.append(_("There is no such order; it is by %(name)s.") % {"name": LAST_CHANGED})
    wanted.sort_order = order if order in ("asc", "desc") else "desc"


def among(said):
    values, is_in = set(said["value"]), {"in": True, "notIn": False}[said["operator"]]
    return lambda one: (one["status"]["value"] in values) is is_in


def closing(said):
    low, high = (said["value"].get(name) for name in ("min", "max"))
    low, high = (one and date.fromisoformat(one).isoformat() for one in (low, high))
    return ranged(said, lambda one: one["keyDates"]["closeDate"]["date"], low, high)


def money(name):
    def read(said):
        low, high = (Decimal(said["value"][one]["amount"]) for one in ("min", "max"))
        if not (low.is_finite() and high.is_finite()):
            raise ValueError
        return ranged(said, lambda one: amount_in(one, name), low, high)

    return read


def ranged(said, value_of, low, high):
    is_between = {"between": True, "outside": False}[said["operator"]]

    def test(one):
        value = value_of(one)
        if value is None:
            return False
        return ((low is None or value >= low) and (high is None or value <= high)) is is_between

    return test


FILTERS = {
    "status": among,
    "closeDateRange": closing,
    "totalFundingAvailableRange": money("totalAmountAvailable"),
    "minAwardAmountRange": money("minAwardAmount"),
    "maxAwardAmountRange": money("maxAwardAmount"),
}
