"""The life of an application and of a check as tables that anybody can read and sign."""

import pytest

from applications.models import Application, Check
from applications.states import APPLICATION, CHECK, ApplicationStatus, CheckStatus
from tests.factories import an_organisation, everybody, golden_table

pytestmark = pytest.mark.django_db

APPLICATIONS = """
            owner                      stranger    officer         evaluator  authorising  auditor  national  admin  system
DRAFT       edit copy submit withdraw  contribute  -               -          -            -        -         -      set_aside
SUBMITTED   edit copy submit withdraw  contribute  -               -          -            -        -         -      open
WITHDRAWN   restore                    -           -               -          -            -        -         -      -
UNSENT      -                          -           -               -          -            -        -         -      -
CHECKING    retract                    -           accept exclude  -          -            -        -         -      -
ELIGIBLE    retract                    -           put_back        -          -            -        -         -      conclude
INELIGIBLE  retract                    -           put_back        -          -            -        -         -      -
EVALUATED   retract                    -           put_back        -          -            -        -         -      reopen
RETRACTED   -                          -           -               -          -            -        -         -      -
"""  # noqa: E501 - a table is a table

CHECKS = """
            owner  stranger  officer                 evaluator  authorising  auditor  national  admin  system
PROPOSED    -      -         confirm override agree  -          -            -        -         -      -
CONFIRMED   -      -         override take_back      -          -            -        -         -      -
OVERRIDDEN  -      -         confirm                 -          -            -        -         -      -
"""


def read(row):
    row._state.adding = False
    return row


def test_who_may_do_what_with_an_application():
    owner = an_organisation()
    table = golden_table(
        APPLICATION,
        ApplicationStatus,
        everybody(owner),
        lambda status: read(Application(applicant=owner, status=status)),
    )
    assert table == APPLICATIONS.strip("\n")


def test_who_may_do_what_with_a_check():
    owner = an_organisation()
    application = Application(applicant=owner)
    table = golden_table(
        CHECK, CheckStatus, everybody(owner), lambda status: read(Check(application=application, status=status))
    )  # fmt: skip
    assert table == CHECKS.strip("\n")


def test_only_an_applicant_starts_and_only_for_its_organisation():
    owner = an_organisation()
    new = Application(applicant=owner)
    may = [name for name, person in everybody(owner).items() if APPLICATION.open_to(person, new)]
    assert may == ["owner"]
