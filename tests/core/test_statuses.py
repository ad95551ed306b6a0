"""A status on a list: one choice for each state, one more for a group that a page leads to."""

from django.db.models import TextChoices

from core.statuses import asked_for, status_filter


class Light(TextChoices):
    RED = "RED", "stop"
    AMBER = "AMBER", "wait"
    GREEN = "GREEN", "go"


def choices_of(one):
    return [value for value, _label in one.field().choices]


def test_each_state_is_a_choice_and_a_group_of_one_adds_none():
    assert choices_of(status_filter(Light, (Light.RED,))) == ["", "RED", "AMBER", "GREEN"]


def test_a_group_of_several_is_offered_under_the_names_of_its_states():
    halt = (Light.RED, Light.AMBER)
    field = status_filter(Light, halt).field()
    assert field.choices[-1] == (asked_for(halt), "stop, wait")
    assert field.clean(asked_for(halt)) == "RED,AMBER"


def test_only_some_states_may_be_offered():
    assert choices_of(status_filter((Light.RED, Light.GREEN))) == ["", "RED", "GREEN"]
