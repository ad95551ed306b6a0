"""Told in a checkout whose enum has a new role and nothing else: everything that was forgotten is named."""

import pytest

from tests.house import test_roles as house

FORGOTTEN = [
    house.test_every_role_is_in_a_group,
    house.test_every_role_stands_in_the_golden_tables,
    house.test_every_role_tries_every_door,
]


@pytest.mark.django_db
@pytest.mark.parametrize("rule", FORGOTTEN)
def test_the_house_is_red(rule):
    with pytest.raises(AssertionError, match="OBSERVER"):
        rule()
