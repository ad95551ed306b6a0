"""Told in a checkout with an observer of the European Parliament: reads what is opened, changes nothing."""

import pytest

from accounts.actions import appoint_user
from accounts.models import User
from accounts.roles import GROUPS, sees_whole_calls
from applications.models import Application
from core.management.commands.who_may_do_what import workflows
from tests.evaluation.factories import a_call_under_evaluation, an_eligible_application
from tests.factories import PASSWORD, an_admin, the_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def observer():
    new = User(name="Olga", email="olga@example.eu")
    return appoint_user(new, by=the_clock(), password=PASSWORD, role="OBSERVER")


def test_an_administrator_finds_the_role_on_the_page(client):
    client.force_login(an_admin())
    assert "observer" in client.get("/people/new/").text


def test_an_observer_sees_what_is_opened(observer, client):
    application = an_eligible_application(a_call_under_evaluation())
    assert sees_whole_calls(observer)
    assert application in Application.objects.visible_to(observer)
    client.force_login(observer)
    assert application.reference in client.get("/applications/").text


def test_an_observer_has_a_desk_and_its_name_on_it(observer, client):
    client.force_login(observer)
    assert "observer" in client.get("/desk/").text


def test_an_observer_has_no_step_anywhere(observer):
    application = an_eligible_application(a_call_under_evaluation())
    lives = dict(workflows())
    assert lives["applications: application"].open_to(observer, application) == []
    assert lives["programmes: call"].open_to(observer, application.call) == []


def test_only_the_groups_it_was_put_in_hold_it(observer):
    assert {name for name, group in GROUPS.items() if group(observer)} == {
        "is_observer", "sees_whole_calls", "finds_the_evaluation", "is_appointed", "is_a_person",
    }  # fmt: skip
