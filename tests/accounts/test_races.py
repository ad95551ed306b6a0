"""Two people at once, on the real database: one authority stays one, and nobody is left without a successor."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts.actions import (
    agree_to_address,
    ask_for_address,
    close_account,
    confirm_address,
    end_membership,
    grant_membership,
    hand_over_membership,
    merge_organisation,
    register_organisation,
)
from accounts.models import AddressChange, Membership, Organisation, User
from applications.actions import submit_application
from applications.models import Receipt
from audit.models import AuditRecord
from audit.record import broken_links
from core import clock
from core.errors import Incomplete, Refused, WrongState
from promises.models import Mail
from tests.accounts.browsers import signed_in
from tests.accounts.test_recognition import with_a_password
from tests.applications.factories import a_complete_draft
from tests.awards.test_letters import at_once
from tests.factories import PASSWORD, a_call, an_admin, an_applicant, an_officer, an_organisation

pytestmark = pytest.mark.usefixtures("transactional_db")
YEAR = timedelta(days=365)


def registration(number):
    house = Organisation(
        name=f"Spelling {number}", member_state="EL", kind="LAW", address="Αθήνα", vat_number="EL 094259216"
    )  # fmt: skip
    person = User(name="Μαρία", email=f"maria{number}@example.eu")
    return lambda: register_organisation(house, person, password=PASSWORD)


def test_one_authority_under_several_spellings_at_once_is_registered_once():
    raised = at_once(*[registration(number) for number in range(4)])
    assert sorted(type(one).__name__ for one in raised) == ["Incomplete"] * 3 + ["NoneType"]
    assert Organisation.objects.count() == User.objects.people().count() == 1
    assert AuditRecord.objects.count() == 2


def test_two_colleagues_leave_at_once_and_one_is_told_to_name_a_successor():
    me = an_applicant()
    colleague, admin = an_applicant(me.organisation), an_admin()
    raised = at_once(
        lambda: close_account(me, by=admin, reason="Retires."),
        lambda: close_account(colleague, by=admin, reason="Retires too."),
    )
    assert sorted(type(one).__name__ for one in raised) == ["Incomplete", "NoneType"]
    assert me.organisation.users.count() == 1


def test_closing_and_handing_over_at_once_leaves_somebody_there():
    me, follower, admin = an_applicant(), an_applicant(), an_admin()
    house, place = me.organisation, me.memberships.get()
    raised = at_once(
        lambda: close_account(me, by=admin, reason="Retires."),
        lambda: hand_over_membership(place, by=admin, reason="Retires.", successor=follower),
    )
    assert all(one is None or isinstance(one, Incomplete | WrongState) for one in raised)
    assert list(house.users) == [follower]


def test_the_same_role_given_twice_at_once_is_given_once():
    person, admin = an_officer(), an_admin()
    raised = at_once(
        *[lambda: grant_membership(Membership(person=person, role="EVALUATOR"), by=admin)] * 3
    )  # fmt: skip
    assert sorted(type(one).__name__ for one in raised) == ["NoneType", "WrongState", "WrongState"]
    assert User.objects.get(pk=person.pk).roles == {"OFFICER", "EVALUATOR"}


def test_ending_a_role_and_closing_the_account_at_once_end_both():
    person, admin = an_officer(), an_admin()
    place = person.memberships.get()
    raised = at_once(
        lambda: close_account(person, by=admin, reason="Left."),
        lambda: end_membership(place, by=admin, reason="Moved."),
    )
    assert all(one is None or isinstance(one, Refused) for one in raised)
    assert (User.objects.get(pk=person.pk).status, Membership.objects.get(pk=place.pk).status) == ("CLOSED", "ENDED")


def test_a_merge_while_somebody_submits_loses_nothing():
    now = clock.now()
    me, admin = an_applicant(), an_admin()
    draft = a_complete_draft(by=me, call=a_call(opens_at=now - YEAR, closes_at=now + YEAR), at=now)
    goes, stays = me.organisation, an_organisation()

    raised = at_once(
        lambda: submit_application(draft, by=me),
        lambda: merge_organisation(goes, by=admin, reason="One.", into=stays),
    )

    assert raised[1] is None
    assert raised[0] is None or isinstance(raised[0], Refused)
    draft.refresh_from_db()
    assert draft.applicant == stays
    if raised[0]:
        submit_application(draft, by=User.objects.get(pk=me.pk))
    assert Receipt.objects.filter(application=draft).count() == 1
    assert list(broken_links(AuditRecord.objects.of_chain(draft.chain))) == []


# the last two, and the last yes


def test_the_last_two_second_factors_removed_at_once_leave_one(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    officer = with_a_password(an_officer())
    one, other = known(officer), known(officer)
    TOTP.activate(officer, generate_totp_secret())
    data = {"name": "Yellow key", "credential": {"clientExtensionResults": {}}}
    key = Authenticator.objects.create(user=officer, type=Authenticator.Type.WEBAUTHN, data=data)
    raised = at_once(
        lambda: one.post("/accounts/2fa/totp/deactivate/"),
        lambda: other.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/"),
    )
    assert raised == [None, None]
    assert officer.authenticator_set.count() == 1
    assert AuditRecord.objects.filter(act="user.change_factors").count() == 1


def known(person):
    """Who it is, was shown a moment ago."""
    client = signed_in(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_the_last_two_words_at_once_change_an_address_once():
    me = with_a_password(an_applicant(email="old@home.example.eu"))
    change = ask_for_address(AddressChange(person=me, address="new@home.example.eu"), by=me)
    links = {one.to: re.search(r"/address/([^/\s]+)/", one.body)[1] for one in Mail.objects.all()}
    old, new = links["old@home.example.eu"], links["new@home.example.eu"]
    raised = at_once(
        lambda: agree_to_address(AddressChange.objects.get(pk=change.pk), by=me, secret=old),
        lambda: confirm_address(AddressChange.objects.get(pk=change.pk), by=me, secret=new),
        lambda: confirm_address(AddressChange.objects.get(pk=change.pk), by=me, secret=new),
    )
    assert all(one is None or isinstance(one, WrongState) for one in raised)
    assert User.objects.get(pk=me.pk).email == "new@home.example.eu"
    assert AuditRecord.objects.filter(act="addresschange.change").count() == 1
    assert AuditRecord.objects.filter(act="user.readdress").count() == 1
    assert Mail.objects.filter(subject="Your e-mail address was changed").count() == 2
    assert list(broken_links(AuditRecord.objects.of_chain(me.chain))) == []
