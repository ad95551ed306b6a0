"""How a password is kept, and what becomes of one that was kept another way."""

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from audit.models import AuditRecord, ChangedRow
from isf_police import settings as house
from tests.factories import an_applicant

pytestmark = pytest.mark.django_db

WORDS = "a horse that reads staples"
SIGN_IN = reverse("account_login")


@pytest.fixture(autouse=True)
def _kept_as_in_the_house(settings):
    settings.PASSWORD_HASHERS = house.PASSWORD_HASHERS


def test_a_password_is_kept_with_argon2id_in_memory_that_many_sign_ins_at_once_can_have():
    assert make_password(WORDS).startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


def test_who_was_kept_the_old_way_signs_in_and_is_kept_the_new_way(client):
    anna = an_applicant()
    anna.password = make_password(WORDS, hasher="pbkdf2_sha256")
    anna.save()
    ChangedRow.objects.all().delete()
    records = AuditRecord.objects.count()

    assert client.post(SIGN_IN, {"login": anna.email, "password": WORDS}).status_code == 302

    anna.refresh_from_db()
    assert anna.password.startswith("argon2$argon2id$")
    assert anna.check_password(WORDS)
    assert AuditRecord.objects.count() == records
    assert not ChangedRow.objects.exists(), "how a password is kept is nothing that the trail tells of"


def test_a_wrong_password_is_refused_both_ways(client):
    for hasher in ("argon2", "pbkdf2_sha256"):
        anna = an_applicant(email=f"{hasher}@ministry.example")
        anna.password = make_password(WORDS, hasher=hasher)
        anna.save()
        assert client.post(SIGN_IN, {"login": anna.email, "password": WORDS.upper()}).status_code == 200
        anna.refresh_from_db()
        assert anna.password.startswith(hasher)
