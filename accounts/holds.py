"""What acts on people hold besides their own row: organisations before people before memberships.

A merge takes its two organisations and then whatever names them, so it is alone; all others share.
"""

from core.holds import Hold, by_name, parent


def merging(row):
    return "merging of organisations"


def organisation_of(membership):
    """Its organisation, where it has one: who leaves is counted one after the other."""
    return held(membership._meta.get_field("organisation").related_model, [membership.organisation_id])


def all_it_speaks_for(person):
    """The organisations of the person's memberships, by their ids."""
    memberships = person.memberships.exclude(organisation=None)
    model = memberships.model._meta.get_field("organisation").related_model
    held(model, memberships.values_list("organisation", flat=True))


def held(model, ids):
    rows = model.objects.filter(pk__in=[pk for pk in ids if pk]).order_by("pk").select_for_update()
    return next(iter(list(rows)), None)


MERGING = by_name("no merge meanwhile", merging, place=41, shared=True)
MERGING_ALONE = by_name("the merging of organisations, alone", merging, place=41)
ORGANISATION_OF = Hold("its organisation", 42, organisation_of, "organisation")
ALL_IT_SPEAKS_FOR = Hold("the organisations it speaks for", 42, all_it_speaks_for)
PERSON_OF = parent("person", place=45)
REVIEW_OF = parent("review", place=39)
ALL_ITS_PERSON_SPEAKS_FOR = Hold(
    "the organisations its person speaks for", 42, lambda line: all_it_speaks_for(line.person)
)
