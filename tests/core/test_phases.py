"""Every state in exactly one phase: what was forgotten, is unknown or stands twice stops the house at its start."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import TextChoices

from core.phases import for_each, phases


class Light(TextChoices):
    RED = "RED", "stop"
    AMBER = "AMBER", "wait"
    GREEN = "GREEN", "go"


def declared(**named):
    return phases(Light)(type("LightPhase", (), {name: list(states) for name, states in named.items()}))


def test_a_phase_is_the_tuple_of_its_states_and_each_state_knows_its_phase():
    phase = declared(HALT=[Light.RED, Light.AMBER], GO=[Light.GREEN])
    assert (phase.HALT, phase.GO) == (("RED", "AMBER"), ("GREEN",))
    assert phase.phase_of == {"RED": "HALT", "AMBER": "HALT", "GREEN": "GO"}
    assert tuple(Light) == phase.HALT + phase.GO


def test_ends_and_moves_outside_the_table_are_kept_beside_the_phases():
    phase = phases(Light, ends=[Light.GREEN], elsewhere=[(Light.RED, Light.AMBER)])(
        type("LightPhase", (), {"HALT": [Light.RED, Light.AMBER], "GO": [Light.GREEN]})
    )
    assert (phase.states, phase.ends, phase.elsewhere) == (Light, ("GREEN",), (("RED", "AMBER"),))


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"HALT": [Light.RED], "GO": [Light.GREEN]}, "missing: AMBER"),
        ({"HALT": [Light.RED, Light.AMBER], "GO": [Light.GREEN, Light.AMBER]}, "twice: AMBER"),
        ({"ALL": [*Light, "BLUE"]}, "unknown: BLUE"),
        ({}, "missing: RED, AMBER, GREEN"),
    ],
)
def test_a_state_in_no_phase_or_in_two_stops_the_start(named, told):
    with pytest.raises(ImproperlyConfigured, match=rf"of Light stands in exactly one place here – {told}\.$"):
        declared(**named)


def test_a_mapping_names_single_states_and_whole_groups_alike():
    assert for_each(Light, {(Light.RED, Light.AMBER): "bad", Light.GREEN: "good"}) == {
        "RED": "bad", "AMBER": "bad", "GREEN": "good",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({Light.RED: "bad", Light.GREEN: "good"}, "missing: AMBER"),
        ({tuple(Light): "bad", Light.GREEN: "good"}, "twice: GREEN"),
        ({tuple(Light): "bad", "BLUE": "good"}, "unknown: BLUE"),
    ],
)
def test_a_mapping_that_forgets_a_state_stops_the_start(table, told):
    with pytest.raises(ImproperlyConfigured, match=told):
        for_each(Light, table)
