"""What several tables of the evaluation have in common."""

import pgtrigger

TOTAL = {"max_digits": 10, "decimal_places": 4}  # points times weight, two places each: exact, so that ties are


def stays_in_its_round():
    """A trigger: what was judged in one round cannot be moved to another."""
    return pgtrigger.Trigger(
        name="stays_in_its_round",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(old__round_id__df=pgtrigger.F("new__round_id")),
        func="RAISE EXCEPTION 'what was judged in one round stays in it';",
    )
