"""What acts of the evaluation hold besides their own row."""

from core.holds import Hold, by_name, hold_name
from programmes.models import Call


def seats_of(ranked_list):
    """Every sitting member's seat: the order in which signatures take them too."""
    seats = ranked_list.call.seats.sitting().select_for_update().order_by("pk")
    list(seats)


def waiting_list_of(seat):
    """The list that waits for signatures: of two last ones exactly one freezes it."""
    list(seat.call.ranked_lists.drawn().select_for_update())


def call_of_application(row):
    """Whoever makes a judgement fall may take the list of its call along: the call is held first."""
    Call.objects.select_for_update(of=("self",)).get(applications=row.application_id)


def entry_of(assessment):
    """What the evaluator takes on is counted by one officer after the other."""
    return entries_of([assessment])


def entries_of(assessments):
    people = assessments[0]._meta.get_field("evaluator").related_model
    entries = people._meta.get_field("register_entry").related_model.objects
    wanted = entries.of({one.evaluator_id for one in assessments})
    list(wanted.order_by("pk").values_list("pk").select_for_update())


def place_in_pool(assessment):
    places_in_pool([assessment])


def places_in_pool(assessments):
    """Nobody leaves the pool, and no officer fills the same last place, while somebody of it is assigned."""
    rows = assessments[0]._meta.get_field("evaluator").related_model._meta.get_field("pool_places").related_model
    people, calls = {one.evaluator_id for one in assessments}, {one.application.call_id for one in assessments}
    places = rows.objects.filter(person__in=people, call__in=calls)
    list(places.order_by("pk").values_list("pk").select_for_update())


def pool_of(member):
    pools_of([member])


def pools_of(members):
    """Two officers who invite to one call at once do so one after the other."""
    for call in sorted({str(one.call_id) for one in members}):
        hold_name(f"pool:{call}")


POOL_OF_CALL = Hold("the pool of its call", 44, pool_of, take_many=pools_of)
PLACE_IN_THE_POOL = Hold("the evaluator's place in the pool", 46, place_in_pool, take_many=places_in_pool)
PLACE_IN_THE_REGISTER = by_name("the person's place in the register", lambda row: f"register:{row.person_id}", place=44)
ENTRY_OF_EVALUATOR = Hold("the evaluator's entry in the register", 45, entry_of, take_many=entries_of)
CALL_OF_APPLICATION = Hold("the call of its application", 30, call_of_application)
SEATS = Hold("the seats of its committee", 60, seats_of)
WAITING_LIST = Hold("the list that waits", 70, waiting_list_of)
