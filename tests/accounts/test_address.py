"""The e-mail address is changed on the sign-in library's pages; the trail tells of it as of any act."""

import re

import pytest
from allauth.account.models import EmailAddress

from audit.models import AuditRecord
from tests.applications.factories import an_owner

pytestmark = pytest.mark.django_db
NEW = "new.address@home.example.eu"


@pytest.fixture
def person(client):
    person = an_owner()
    person.set_password("a password of her own")
    person.save()
    client.force_login(person)
    client.post("/accounts/reauthenticate/", {"password": "a password of her own"})
    return person


def told(person):
    return AuditRecord.objects.filter(act="user.readdress", subject_id=str(person.pk))


def test_another_address_that_is_made_the_first_one_is_told_with_the_former(client, person):
    before = person.email
    EmailAddress.objects.create(user=person, email=before, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email=NEW, verified=True)
    client.post("/accounts/email/", {"action_primary": "", "email": NEW})
    person.refresh_from_db()
    assert person.email == NEW
    (record,) = told(person)
    assert record.changes == {"email": [before, NEW]}
    assert record.actor_id == str(person.pk)
    assert ["accounts_user", str(person.pk)] in [row[:2] for row in record.rows]


def test_an_address_that_is_confirmed_first_of_all_is_told(client, person, mailoutbox):
    client.post("/accounts/email/", {"action_add": "", "email": NEW})
    (link,) = re.findall(r"/accounts/confirm-email/[^\s]+", mailoutbox[-1].body)
    assert not told(person).exists()
    client.post(link)
    person.refresh_from_db()
    assert [one.changes["email"][1] for one in told(person)] == ([NEW] if person.email == NEW else [])
    assert EmailAddress.objects.get(email=NEW).verified


def test_looking_at_the_page_tells_nothing(client, person):
    assert client.get("/accounts/email/").status_code == 200
    assert client.get("/accounts/confirm-email/no-such-key/").status_code in {200, 404}
    assert not told(person).exists()


def test_a_visitor_is_led_to_sign_in_but_opens_the_link_of_the_mail(client):
    assert client.get("/accounts/email/").status_code == 302
    assert client.get("/accounts/confirm-email/no-such-key/").status_code == 200
