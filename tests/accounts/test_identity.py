"""Who an organisation is, its numbers say: one spelling of each, one organisation for each, whatever it is called."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actions import correct_organisation, merge_organisation, register_organisation, rename_organisation
from accounts.models import Invitation, Membership, Organisation, User
from applications.actions import open_application
from applications.content import content_of, is_as_sent
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from programmes.actions import open_applications
from tests.applications.factories import a_draft, a_submitted
from tests.factories import (
    AFTER,
    NOON,
    PASSWORD,
    a_call,
    an_admin,
    an_applicant,
    an_organisation,
    the_clock,
    with_a_role,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "typed", "one_spelling"),
    [
        ("EL", "EL 094.259-216", "094259216"),
        ("EL", "gr094259216", "094259216"),
        ("EL", "094259216", "094259216"),
        ("AT", "ATU 1234 5678", "U12345678"),
        ("UK", "GB 123 4567 89", "123456789"),
        ("DE", "HRB 1234/B", "HRB1234B"),
        ("BG", "№ 000695235", "000695235"),
        ("BG", "ЕИК 000695235", "ЕИК000695235"),
        ("CZ", "", ""),
        ("CZ", " - ", ""),
    ],
)
def test_a_number_has_one_spelling(state, typed, one_spelling):
    house = an_organisation(state, vat_number=typed, registration_number=typed)
    house.refresh_from_db()
    assert (house.vat_key, house.registration_key) == (one_spelling, one_spelling)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    digits=st.text("0123456789", min_size=6, max_size=12),
    joints=st.lists(st.sampled_from(["", " ", ".", "-", "/"]), min_size=12, max_size=12),
    prefix=st.sampled_from(["", "EL", "el ", "GR", "EL-"]),
)
def test_however_it_is_typed_it_is_the_same_organisation(digits, joints, prefix):
    with transaction.atomic():
        an_organisation("EL", vat_number=digits)
        typed = prefix + "".join(digit + joint for digit, joint in zip(digits, joints, strict=False))
        with pytest.raises(IntegrityError), transaction.atomic():
            an_organisation("EL", vat_number=typed)
        transaction.set_rollback(True)


def newcomer(**fields):
    values = {"name": "Αστυνομία", "member_state": "EL", "kind": "LAW", "address": "Αθήνα"}
    return Organisation(**{**values, **fields}), User(name="Μαρία", email="maria@example.eu")


@pytest.mark.parametrize("number", ["vat_number", "registration_number"])
def test_an_authority_is_not_registered_again_under_another_spelling(number):
    colleague = an_applicant(an_organisation("EL", name="Ελληνική Αστυνομία", **{number: "EL 094259216"}))

    with pytest.raises(Incomplete) as refusal:
        register_organisation(*newcomer(**{number: "094.259.216"}), password=PASSWORD)

    assert list(refusal.value.gaps) == [number]
    sentence = str(refusal.value.gaps[number])
    assert "Ask a colleague there" in sentence
    assert "account administrator" in sentence
    for secret in (colleague.name, colleague.email, "Ελληνική"):
        assert secret not in sentence
    assert not User.objects.filter(email="maria@example.eu").exists()
    assert not AuditRecord.objects.exists()


def test_the_same_number_in_another_member_state_is_another_authority():
    an_organisation("CY", vat_number="094259216")
    assert register_organisation(*newcomer(vat_number="094259216"), password=PASSWORD).organisation_name == "Αστυνομία"


def test_organisations_without_a_number_are_told_apart_by_name_only():
    an_organisation("EL", vat_number="")
    assert register_organisation(*newcomer(), password=PASSWORD)


# corrected and renamed


def test_its_people_correct_its_data_and_receipts_keep_what_they_said():
    me = an_applicant()
    receipt = a_submitted(by=me).receipts.get()
    before = receipt.content, receipt.sha256

    house = correct_organisation(
        me.organisation, by=me, reason="Typed wrongly.", vat_number="EL094259216", address="Λεωφόρος 4"
    )  # fmt: skip

    assert (house.vat_key, house.address, house.kind) == ("094259216", "Λεωφόρος 4", "LAW")
    record = AuditRecord.objects.get(act="organisation.correct")
    assert record.reason == "Typed wrongly."
    assert record.changes["vat_number"] == ["", "EL094259216"]
    receipt.refresh_from_db()
    assert (receipt.content, receipt.sha256) == before


def test_a_correction_needs_a_reason_and_a_number_of_its_own():
    me = an_applicant()
    an_organisation("EL", vat_number="094259216")
    with pytest.raises(Incomplete, match="missing"):
        correct_organisation(me.organisation, by=me, address="Λεωφόρος 4")
    with pytest.raises(Incomplete) as refusal:
        correct_organisation(me.organisation, by=me, reason="Ours.", vat_number="EL 094259216")
    assert list(refusal.value.gaps) == ["vat_number"]
    with pytest.raises(NotAllowed):
        correct_organisation(me.organisation, by=an_applicant(), reason="Not theirs.", address="x")


def test_a_former_name_is_kept():
    me = an_applicant(an_organisation("EL", name="Αρχηγείο", latin_name="Archigeio"))

    house = rename_organisation(me.organisation, by=me, at=NOON, reason="By law.", name="Ελληνική Αστυνομία")

    assert (house.name, house.latin_name) == ("Ελληνική Αστυνομία", "")
    assert house.former_names == [{"name": "Αρχηγείο", "latin_name": "Archigeio", "until": NOON.isoformat()}]
    me.refresh_from_db()
    assert me.organisation_name == "Ελληνική Αστυνομία"


def test_it_is_not_renamed_to_what_another_is_called():
    me, other = an_applicant(), an_organisation("EL", name="Ελληνική Αστυνομία")
    with pytest.raises(Incomplete) as refusal:
        rename_organisation(me.organisation, by=me, reason="By law.", name=other.name.upper())
    assert list(refusal.value.gaps) == ["name"]
    assert Organisation.objects.get(pk=me.organisation.pk).former_names == []


# merged


def test_two_that_are_one_become_one():
    admin, me, colleague = an_admin(), an_applicant(), an_applicant()
    goes, stays = me.organisation, colleague.organisation
    draft, sent = a_draft(by=me), a_submitted(by=me)
    receipt = sent.receipts.get()
    invitation = Invitation.objects.create(
        role="APPLICANT",
        organisation=goes, email="new@example.eu", status="SENT", invited_by=me, secret_hash="x", expires_at=NOON
    )  # fmt: skip

    merged = merge_organisation(goes, by=admin, reason="One authority, two spellings.", into=stays)

    assert (merged.status, merged.merged_into) == ("MERGED", stays)
    for row in (draft, sent):
        row.refresh_from_db()
        assert row.applicant == stays
    invitation.refresh_from_db()
    assert invitation.organisation == stays
    assert list(stays.users) == sorted([me, colleague], key=lambda one: one.email)
    assert not goes.users.exists()
    me.refresh_from_db()
    assert me.organisation_ids == {stays.pk}
    assert receipt.content == sent.receipts.get().content
    record = AuditRecord.objects.get(act="organisation.merge")
    assert record.reason == "One authority, two spellings."
    assert record.changes["application: applicant"] == [f"{goes} (2)", f"{stays} (2)"]
    assert record.changes["merged_into_id"] == [None, str(stays.pk)]


def test_what_was_sent_before_a_merge_counts_as_sent_and_is_opened():
    """The receipt names the organisation that goes; that must neither look like an edit nor stop the opening."""
    me = an_applicant()
    sent = a_submitted(by=me, call=a_call())
    merge_organisation(me.organisation, by=an_admin(), reason="One.", into=an_organisation())
    sent.refresh_from_db()
    assert is_as_sent(sent, content_of(sent))
    open_applications(sent.call, by=the_clock(), at=AFTER)
    opened = open_application(sent, by=the_clock(), at=AFTER)
    assert opened.status == "CHECKING"
    assert "unsent edits set aside" not in AuditRecord.objects.get(act="application.open").changes


def test_who_is_in_both_is_there_once():
    me = an_applicant()
    goes, stays = me.organisation, an_organisation()
    with_a_role(me, "APPLICANT", organisation=stays)
    merge_organisation(goes, by=an_admin(), reason="One.", into=stays)
    assert Membership.objects.granted().filter(person=me).get().organisation == stays


@pytest.mark.parametrize("wrong", ["itself", "in another State", "merged itself"])
def test_into_what_nothing_is_merged(wrong):
    goes, there, third = an_organisation(), an_organisation("CY"), an_organisation()
    other = {"itself": goes, "in another State": there, "merged itself": third}[wrong]
    if wrong == "merged itself":
        merge_organisation(third, by=an_admin(), reason="One.", into=an_organisation())
    with pytest.raises((Incomplete, WrongState)):
        merge_organisation(goes, by=an_admin(), reason="One.", into=other)
    assert Organisation.objects.get(pk=goes.pk).status == "REGISTERED"


def test_only_an_administrator_merges_and_says_why():
    me, stays = an_applicant(), an_organisation()
    with pytest.raises(NotAllowed):
        merge_organisation(me.organisation, by=me, reason="One.", into=stays)
    with pytest.raises(Incomplete):
        merge_organisation(me.organisation, by=an_admin(), reason=" ", into=stays)


def test_a_merged_one_frees_its_name_and_numbers():
    goes = an_organisation(name="Αρχηγείο", vat_number="094259216")
    merge_organisation(goes, by=an_admin(), reason="One.", into=an_organisation())
    assert register_organisation(*newcomer(name="Αρχηγείο", vat_number="094259216"), password=PASSWORD)


def test_old_doubles_wait_to_be_merged_and_the_last_one_counts_again():
    first = an_organisation(vat_number="094259216")
    second, third = (an_organisation(vat_number="EL094259216", shares_identity=True) for _ in range(2))
    assert set(Organisation.objects.waiting_to_be_merged()) == {second, third}
    assert set(Organisation.objects.same_as(Organisation.objects.get(pk=third.pk))) == {first, second}

    merge_organisation(first, by=an_admin(), reason="One.", into=third)
    merge_organisation(second, by=an_admin(), reason="One.", into=third)

    assert not Organisation.objects.waiting_to_be_merged().exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        an_organisation(vat_number="094259216")


def test_while_a_third_counts_the_one_that_stays_waits():
    first = an_organisation(vat_number="094259216")
    second, third = (an_organisation(vat_number="EL094259216", shares_identity=True) for _ in range(2))
    merge_organisation(second, by=an_admin(), reason="One.", into=third)
    assert list(Organisation.objects.waiting_to_be_merged()) == [third]
    assert first in Organisation.objects.same_as(Organisation.objects.get(pk=third.pk))
