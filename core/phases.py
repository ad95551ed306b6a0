"""Groups of states have names, once, beside their enum: every state stands in exactly one phase.

Whoever adds a state says in which phase it stands; tones, words, lists and questions follow by phase. A state that
was forgotten somewhere stops the start of the house, not a page on the day the first row stands in it.
"""

from django.core.exceptions import ImproperlyConfigured


def phases(states, *, ends=(), elsewhere=()):
    """Declare the phases of an enum: a class whose names in capitals hold the states of a phase each.

    `ends` are the states that nobody leaves. `elsewhere` are the moves (from, to) that no step of the table makes
    by itself: the worker's marks, or what the last of several signatures brings about.
    """

    def declare(cls):
        named = {name: tuple(group) for name, group in vars(cls).items() if name.isupper()}
        cls.phase_of = for_each(states, {group: name for name, group in named.items()})
        for name, group in named.items():
            setattr(cls, name, group)
        cls.states, cls.ends, cls.elsewhere = states, tuple(ends), tuple(elsewhere)
        return cls

    return declare


def for_each(states, table):
    """{state: value} from {state or group of states: value}; none may be missing, unknown or there twice."""
    flat = [(state, value) for key, value in table.items() for state in group_of(key)]
    found = [state for state, _ in flat]
    wrong = {
        "missing": [state for state in states if state not in found],
        "unknown": [state for state in found if state not in set(states)],
        "twice": [state for state in states if found.count(state) > 1],
    }
    if any(wrong.values()):
        told = "; ".join(f"{name}: {', '.join(map(str, which))}" for name, which in wrong.items() if which)
        raise ImproperlyConfigured(f"Every state of {states.__name__} stands in exactly one place here – {told}.")
    return dict(flat)


def group_of(key):
    """A key is one state, which is a text, or a tuple of states."""
    return (key,) if isinstance(key, str) else key
