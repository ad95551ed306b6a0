"""A partner is an organisation with a part in the proposal: linked where its name is that of a registered one."""

import pytest
from django.db import connection

from accounts.actions import merge_organisation, rename_organisation
from accounts.models import Organisation, User
from applications.actions import edit_application
from applications.content import content_of, digest
from applications.models import Partner
from evaluation.actions.guards import visible_conflict
from tests.applications.factories import a_draft, an_owner
from tests.factories import NOON, an_admin, an_applicant, an_evaluator, an_organisation, with_a_role

pytestmark = pytest.mark.django_db


def with_a_partner(name, country="MT", *, application=None):
    """A draft with this partner beside its coordinator; gives the draft and the partner."""
    application = application or a_draft()
    owner = application.applicant.users.first()
    said = [{"is_coordinator": True}, {"name": name, "country": country, "kind": "LAW"}]
    application = edit_application(application, by=owner, at=NOON, partners=said)
    return application, application.partners.get(is_coordinator=False)


def test_the_coordinator_is_the_applicant_itself():
    owner = an_owner()
    lead = a_draft(by=owner).partners.get()
    assert (lead.organisation, lead.name) == (owner.organisation, owner.organisation.name)


@pytest.mark.parametrize("typed", ["Pulizija ta’ Malta", "PULIZIJA TA MALTA", "pulizija - ta' malta", "Malta Police"])
def test_a_registered_organisation_is_recognised_by_its_name(typed):
    police = an_organisation("MT", name="Pulizija ta' Malta", latin_name="Malta Police")
    _application, partner = with_a_partner(typed)
    assert (partner.organisation, partner.name) == (police, typed)


@pytest.mark.parametrize(("typed", "country"), [("Malta Police", "CY"), ("Malta Fire Brigade", "MT")])
def test_another_name_or_another_state_is_text_only(typed, country):
    an_organisation("MT", name="Malta Police")
    _application, partner = with_a_partner(typed, country)
    assert partner.organisation is None


def test_another_name_is_another_organisation():
    an_organisation("MT", name="Malta Police")
    application, partner = with_a_partner("Malta Police")
    said = [{"is_coordinator": True}, {"id": str(partner.pk), "name": "Malta Customs"}]
    edit_application(application, by=application.applicant.users.first(), at=NOON, partners=said)
    partner.refresh_from_db()
    assert partner.organisation is None


def test_a_merged_organisation_is_not_recognised_any_more_and_its_parts_follow():
    police, stays = an_organisation("MT", name="Malta Police"), an_organisation("MT", name="Pulizija")
    _application, partner = with_a_partner("Malta Police")
    merge_organisation(police, by=an_admin(), reason="One.", into=stays)
    partner.refresh_from_db()
    assert (partner.organisation, partner.name) == (stays, "Malta Police")
    assert Organisation.objects.called("Malta Police", "MT") is None


def test_the_link_is_no_part_of_what_the_applicant_says():
    application, partner = with_a_partner("Malta Police")
    before = digest(content_of(application))
    Partner.objects.filter(pk=partner.pk).update(organisation=an_organisation("MT"))
    assert digest(content_of(type(application).objects.get(pk=application.pk))) == before


def test_an_evaluator_of_a_partner_is_in_conflict_whatever_it_is_called_now():
    member = an_applicant(an_organisation("MT", name="Malta Police"))
    application, _partner = with_a_partner("Malta Police")
    rename_organisation(member.organisation, by=member, reason="By law.", name="Pulizija")
    evaluator = with_a_role(an_evaluator(), "EVALUATOR", organisation=Organisation.objects.get(name="Pulizija"))

    assert "takes part in this application" in visible_conflict(evaluator, application)
    assert visible_conflict(an_evaluator(), application) is None


def test_each_role_of_an_evaluator_may_be_the_conflict():
    application, _partner = with_a_partner("Malta Police")
    person = with_a_role(an_evaluator("PT"), "EVALUATOR", member_state="MT")
    assert "is from MT" in visible_conflict(User.objects.get(pk=person.pk), application, same_state=True)
    assert visible_conflict(an_evaluator("PT"), application, same_state=True) is None


def test_partners_of_before_are_linked_by_the_migration():
    from importlib import import_module

    police = an_organisation("MT", name="Pulizija ta' Malta")
    application, _partner = with_a_partner("PULIZIJA TA’ MALTA")
    Partner.objects.update(organisation=None)
    with connection.schema_editor() as editor:
        import_module("applications.migrations.0011_link_partners").link(None, editor)
    assert set(application.partners.values_list("organisation", flat=True)) == {application.applicant_id, police.pk}
