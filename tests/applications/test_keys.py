"""What lists are sorted, narrowed and searched by is written by the database, whoever changes what it rests on."""

from importlib import import_module

import pytest
from django.db import connection

from accounts.actions import rename_organisation
from applications.actions import edit_application
from applications.lists import OpenedApplications
from applications.models import Application
from tests.applications.factories import a_complete_draft, a_submitted
from tests.factories import NOON, a_call, an_admin, an_applicant, an_officer, an_organisation

pytestmark = pytest.mark.django_db


def opened(*names):
    """Applications of organisations of these names, as they are after the closing time."""
    call = a_call(status="CHECKING")
    for name in names:
        one = a_submitted(call=a_call(), by=an_applicant(an_organisation(name=name)))
        Application.objects.filter(pk=one.pk).update(status="CHECKING", call=call)


def names(**params):
    return [row.applicant.name for row in OpenedApplications(an_officer(), params).load().objects]


def test_applicants_stand_in_the_order_of_their_letters():
    opened("Zoll", "Österreichische Polizei", "Αστυνομία", "politie", "Polícia Judiciária")
    order = ["Österreichische Polizei", "Polícia Judiciária", "politie", "Zoll", "Αστυνομία"]
    assert names(sort="applicant") == order
    assert names(sort="-applicant") == order[::-1]


def test_whoever_renames_an_organisation_moves_its_applications():
    opened("Zoll", "Politie")
    row = Application.objects.get(applicant__name="Zoll")
    before = row.events.count()

    rename_organisation(row.applicant, by=an_admin(), at=NOON, reason="As in the register.", name="Čuvaji")

    row.refresh_from_db()
    assert row.applicant_key.startswith("cuvaji\x01")
    assert "cuvaji" in row.search_text
    assert names(sort="applicant") == ["Čuvaji", "Politie"]
    assert row.events.count() == before, "no version of the application: nothing of it has changed"


def test_an_edit_is_found_at_once():
    draft = a_complete_draft()
    edit_application(draft, by=draft.applicant.users.get(), at=NOON, identity={"acronym": "ŻÓŁW", "title": "Łąka"})
    row = Application.objects.get(pk=draft.pk)
    assert row.acronym_key.startswith("zolw\x01")
    assert row.search_text.startswith("zolw laka ")


def test_an_old_copy_of_a_row_that_is_saved_does_no_harm():
    row = a_complete_draft()
    old = Application.objects.get(pk=row.pk)
    old.applicant_key = old.acronym_key = old.search_text = old.member_state = ""
    old.save()
    row.refresh_from_db()
    assert row.search_text
    assert row.applicant_key
    assert row.member_state == row.applicant.member_state


def test_what_was_there_before_gets_its_keys():
    """What the migration does with the rows of a running installation."""
    row = a_complete_draft()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE applications_application SET applicant_key = '', search_text = '', member_state = ''")
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(import_module("applications.migrations.0016_keys_of_the_lists").WRITE)
    kept = Application.objects.get(pk=row.pk)
    assert (kept.applicant_key, kept.member_state) == (keyed(row), row.applicant.member_state)


def keyed(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT in_order(%s)", [row.applicant.name])
        return cursor.fetchone()[0]
