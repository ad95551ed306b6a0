"""Groups of roles: asked of a person, and turned into a condition on rows."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.models.standing import standing_of
from accounts.roles import (
    EVERYTHING,
    GROUPS,
    Role,
    choices_of,
    is_admin,
    is_any_auditor,
    is_applicant,
    is_assessor,
    is_auditor,
    is_commission,
    is_evaluator,
    label_of,
    seen_by,
)
from tests.factories import a_national_auditor, an_admin, an_applicant, an_evaluator, an_officer


class Somebody:
    def __init__(self, *roles):
        self.roles = frozenset(roles)


NOTHING = Q(pk__in=[])
SOME, OTHERS = Q(name="some"), Q(name="others")


@given(st.sampled_from(sorted(GROUPS)), st.sets(st.sampled_from(list(Role))))
def test_a_person_is_in_a_group_by_any_of_its_roles(name, roles):
    assert GROUPS[name](Somebody(*roles)) == bool(GROUPS[name].roles & roles)


def test_a_visitor_is_in_no_group():
    assert not any(group(AnonymousUser()) for group in GROUPS.values())


def test_a_closed_account_is_in_no_group():
    standing = standing_of(role=Role.EVALUATOR)
    assert not is_assessor(User(standing=standing, status="CLOSED"))
    assert is_assessor(User(standing=standing))


def test_groups_combine_like_any_predicate():
    assert (is_commission | is_auditor)(Somebody(Role.AUDITOR))
    assert not (is_commission & is_auditor)(Somebody(Role.AUDITOR))
    assert (~is_evaluator)(Somebody(Role.AUDITOR))


def test_who_is_in_no_group_of_the_table_sees_nothing():
    assert seen_by(Somebody(Role.ADMIN), {is_evaluator: SOME, is_commission: EVERYTHING}) == NOTHING
    assert seen_by(AnonymousUser(), {is_applicant: SOME}) == NOTHING


def test_who_is_in_several_sees_what_each_sees():
    table = {is_evaluator: SOME, is_any_auditor: OTHERS}
    assert seen_by(Somebody(Role.EVALUATOR), table) == SOME
    assert seen_by(Somebody(Role.EVALUATOR, Role.AUDITOR), table) == SOME | OTHERS


def test_everything_is_not_narrowed_by_what_else_somebody_is():
    """An empty condition would vanish in an OR and leave only the narrower one."""
    table = {is_evaluator: SOME, is_commission: EVERYTHING}
    assert seen_by(Somebody(Role.EVALUATOR, Role.OFFICER), table) == EVERYTHING


@pytest.mark.django_db
def test_the_condition_finds_rows_and_nothing_costs_no_query(django_assert_num_queries):
    officer = an_officer()
    rows = User.objects.filter(seen_by(officer, {is_commission: Q(pk=officer.pk)}))
    assert list(rows) == [officer]
    with django_assert_num_queries(0):
        assert not User.objects.filter(seen_by(officer, {is_evaluator: EVERYTHING}))


@pytest.mark.django_db
def test_people_are_found_by_group_and_only_while_their_account_is_open():
    evaluator, officer = an_evaluator(name="B"), an_officer(name="A")
    an_evaluator(name="C", is_active=False)
    assert list(User.objects.of(is_assessor)) == [officer, evaluator]
    assert list(User.objects.of(is_evaluator)) == [evaluator]
    assert list(User.objects.of(is_evaluator, is_commission)) == [officer, evaluator]


@pytest.mark.django_db
def test_those_who_speak_for_an_organisation_are_its_open_accounts():
    me = an_applicant(email="b@example.eu")
    colleague = an_applicant(me.organisation, email="a@example.eu")
    an_applicant(me.organisation, is_active=False)
    an_applicant()
    assert list(User.objects.speaking_for(me.organisation)) == [colleague, me]


@pytest.mark.django_db
def test_what_somebody_speaks_for_and_audits():
    me, auditor, admin = an_applicant(), a_national_auditor("MT"), an_admin()
    assert (me.organisation_ids, me.audited_states) == ({me.organisation.pk}, frozenset())
    assert (auditor.organisation_ids, auditor.audited_states) == (frozenset(), {"MT"})
    assert admin.belongs_to("is_admin")
    assert not admin.belongs_to("is_commission")
    assert is_admin(admin)


def test_words_for_roles():
    assert choices_of(is_assessor) == [("OFFICER", "programme officer"), ("EVALUATOR", "evaluator")]
    assert label_of("NAT_AUDITOR") == "national auditor"
