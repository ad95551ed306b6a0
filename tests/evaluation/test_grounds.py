"""Conflicts that the house finds, ground by ground; what an officer rules on them; at any size the same questions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from applications.models import Partner, Saving
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, Stale, WrongState
from evaluation.actions import (
    appoint_member,
    assign_evaluator,
    declare_no_conflict,
    draw_up_list,
    propose_from_file,
    rule,
    sign_record,
)
from evaluation.actions.known import Known
from evaluation.actions.rulings import found_among_assessors, found_between
from evaluation.desk import waiting_for
from evaluation.models import Ruling
from evaluation.shown.assigning import judges
from tests.evaluation.factories import (
    DAY,
    a_committee,
    a_signed_list,
    an_assigned,
    an_eligible_application,
    an_evaluated,
)
from tests.evaluation.pages import words_of
from tests.factories import CLOSES, an_applicant, an_auditor, an_evaluator, an_officer, an_organisation, with_a_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(call):
    return an_eligible_application(call)


def grounds_of(application, person):
    return sorted(found_between(application, person))


def an_insider(application):
    return an_evaluator(name="Ana", organisation=application.applicant)


def people_at(domain, organisation, number):
    return [an_applicant(organisation, email=f"{domain}-{organisation.pk}-{one}@{domain}") for one in range(number)]


# the grounds


def test_nothing_is_found_of_somebody_from_elsewhere(application):
    assert grounds_of(application, an_evaluator(organisation=an_organisation("IT"))) == []


def test_an_address_of_the_organisation_counts_where_the_domain_is_its_own(application):
    people_at("police.example", application.applicant, 2)
    ana = an_evaluator(name="Ana", email="ana@Police.Example")

    assert grounds_of(application, ana) == ["mail"]
    with pytest.raises(Incomplete, match=r"Ana has an e-mail address of .* \(police\.example\), which takes part"):
        an_assigned(application, ana)


@pytest.mark.parametrize("others", ["one person alone", "another organisation", "the Commission", "a few of many"])
def test_a_domain_that_is_nobodys_own_bars_nobody(application, others):
    people_at("mail.example", application.applicant, 1 if others == "one person alone" else 2)
    if others == "another organisation":
        people_at("mail.example", an_organisation("IT"), 1)
    if others == "the Commission":
        an_officer(email="officer@mail.example")
    if others == "a few of many":
        people_at("police.example", application.applicant, 2)

    assert grounds_of(application, an_evaluator(email="ana@mail.example")) == []


def test_other_evaluators_do_not_make_a_domain_common(application):
    people_at("police.example", application.applicant, 2)
    an_evaluator(email="ben@police.example")

    assert grounds_of(application, an_evaluator(email="ana@police.example")) == ["mail"]


def test_whoever_wrote_in_it_is_found(application):
    ana = an_evaluator()
    Saving.objects.create(application=application, part="identity", by=ana, at=DAY, changed={})
    assert grounds_of(application, ana) == ["wrote"]


@pytest.mark.parametrize(("until", "found"), [(timedelta(days=-400), []), (timedelta(days=-2), ["there"])])
def test_whoever_was_there_when_it_applied_is_found_after_having_left(application, until, found):
    ana = with_a_role(an_evaluator(), "APPLICANT", organisation=application.applicant)
    Membership.objects.filter(person=ana, role="APPLICANT").update(status="ENDED", until_at=CLOSES + until)
    ana.refresh_from_db()

    assert grounds_of(application, ana) == found


def test_organisations_of_one_earlier_main_list_are_found(application):
    earlier = a_signed_list().entries.first().application
    partner = an_organisation("BG")
    Partner.objects.filter(application=earlier, is_coordinator=False).update(organisation=partner)
    application.applicant = earlier.applicant
    application.save(update_fields=["applicant"])

    assert "together" in grounds_of(application, an_evaluator(organisation=partner))


# holding everywhere, and again


def test_a_file_names_the_ground(call, application, officer):
    ana = an_insider(application)
    with pytest.raises(Incomplete) as refusal:
        propose_from_file(call, by=officer, rows=[(2, application.reference, ana.email)], name="pairs.csv")
    assert "belongs to" in refusal.value.gaps["Line 2"]


def test_what_changes_after_the_assignment_bars_the_declaration_and_stands_on_the_page(call, application, officer):
    ana = an_evaluator(name="Ana", organisation=an_organisation("IT"))
    row = an_assigned(application, ana)
    partner = application.partners.get(is_coordinator=False)
    partner.organisation = ana.organisation
    partner.save(update_fields=["organisation"])

    with pytest.raises(Incomplete, match="Ana belongs to"):
        declare_no_conflict(row, by=ana, at=DAY)
    ((found, sentence),) = found_among_assessors(call, officer)
    assert (found, "Ana belongs to" in sentence) == (row, True)


def takes_part_in(application, person):
    """Learnt after everything was judged: the organisation of the person is a partner."""
    partner = application.partners.get(is_coordinator=False)
    partner.organisation = person.organisation
    partner.save(update_fields=["organisation"])


def judged_by_ana(call):
    application = an_eligible_application(call)
    ana = an_evaluator(name="Ana", organisation=an_organisation("IT"))
    an_evaluated(application, evaluators=[ana, an_evaluator()])
    a_committee(call)
    return application, ana


def test_no_list_is_drawn_up_on_a_conflict_that_nobody_ruled_on(call, officer):
    application, ana = judged_by_ana(call)
    takes_part_in(application, ana)

    with pytest.raises(Incomplete) as refusal:
        draw_up_list(call, by=officer, at=DAY)
    assert f"{application.reference} (Ana)" in refusal.value.gaps["conflicts"]
    lines = {one.url: one.sentence for one in waiting_for(officer, DAY)}
    assert "one conflict found waits for a ruling" in lines[reverse("conflicts", args=[call.pk])]
    assert reverse("draw_up", args=[call.pk]) not in lines
    rule(application, ana, "lift", by=officer, reason="Another house of the same name.")
    assert draw_up_list(call, by=officer, at=DAY).entries.count() == 1


def test_nobody_signs_on_a_conflict_that_came_up_since_the_list_was_drawn_up(call, officer):
    application, ana = judged_by_ana(call)
    draw_up_list(call, by=officer, at=DAY)
    takes_part_in(application, ana)
    seat = call.seats.sitting().first()

    with pytest.raises(WrongState, match="not lifted"):
        sign_record(seat, by=seat.member, at=DAY)
    rule(application, ana, "lift", by=officer, reason="Another house of the same name.")
    assert sign_record(seat, by=seat.member, at=DAY).signed_at == DAY


def test_the_committee_is_held_to_every_ground_but_the_member_state(call, application, officer):
    call.same_state_conflicts = True
    call.save(update_fields=["same_state_conflicts"])
    said = {"by": officer, "under_authorising_officer": True, "at": DAY}
    writer, neighbour = an_evaluator(name="Wanda"), an_evaluator(application.applicant.member_state)
    Saving.objects.create(application=application, part="identity", by=writer, at=DAY, changed={})

    with pytest.raises(Incomplete, match="Wanda wrote in this application"):
        appoint_member(call, writer, **said)
    assert appoint_member(call, neighbour, **said).status == "APPOINTED"
    rule(application, writer, "lift", by=officer, reason="A clerk who typed an address.")
    assert appoint_member(call, writer, **said).status == "APPOINTED"


def test_the_page_of_conflicts_reads_no_long_text(call, application, officer):
    an_assigned(application)
    with CaptureQueriesContext(connection) as asked:
        found_among_assessors(call, officer)
    assert not [one for one in asked.captured_queries if '"description"' in one["sql"]]


def test_all_at_once_it_is_the_same_and_as_many_questions(call, django_assert_num_queries):
    applications = [an_eligible_application(call) for _ in range(3)]
    people_at("police.example", applications[0].applicant, 2)
    an_evaluator(email="ana@police.example")
    lifted = an_insider(applications[1])
    rule(applications[1], lifted, "lift", by=an_officer(), reason="Left long ago.")
    an_insider(applications[2])
    known = Known(applications, judges())
    alone = {(a.pk, p.pk) for a in applications for p in known.people.values() if known.why_not(a, p)}
    assert Known(applications, judges()).barred == alone
    assert len(alone) == 6
    assert (applications[1].pk, lifted.pk) not in alone

    for some in (applications[:1], applications):
        known = Known(some, judges())
        assert known.people
        with django_assert_num_queries(8):
            assert known.barred


# ruling


def test_lifted_with_a_reason_the_person_may_judge_until_something_else_is_found(application, officer):
    ana = an_insider(application)
    row = rule(application, ana, "lift", by=officer, reason="Another house of the same name.")

    assert (row.status, row.grounds) == ("LIFTED", ["house", "state", "there"])
    assert AuditRecord.objects.get(act="ruling.lift").chain == application.chain
    given = assign_evaluator(application, ana, by=officer, at=DAY)
    Saving.objects.create(application=application, part="identity", by=ana, at=DAY, changed={})
    with pytest.raises(Incomplete, match="Ana wrote in this application"):
        declare_no_conflict(given, by=ana, at=DAY)


def test_pinned_it_stays_when_the_fact_is_gone_and_is_lifted_again(application, officer):
    ana = an_insider(application)
    row = rule(application, ana, "pin", by=officer, reason="She knows them all.")
    Membership.objects.filter(person=ana).update(organisation=None)
    ana.refresh_from_db()

    assert grounds_of(application, ana) == []
    with pytest.raises(Incomplete, match="Ana belongs to"):
        an_assigned(application, ana)
    rule(application, ana, "lift", by=officer, reason="Two years ago by now.", base=row.stamp)
    assert an_assigned(application, ana)
    assert Ruling.objects.get().events.count() == 2


def test_who_may_rule(application, officer):
    ana = an_insider(application)
    for person in (ana, an_auditor(), an_applicant()):
        with pytest.raises(NotAllowed):
            rule(application, ana, "lift", by=person, reason="I like her.")
    an_assigned(application, officer)
    with pytest.raises(NotAllowed, match="You evaluate application"):
        rule(application, ana, "lift", by=officer, reason="I like her.")
    with pytest.raises(Incomplete):
        rule(application, ana, "lift", by=an_officer(), reason=" ")
    with pytest.raises(WrongState, match="Nothing was found"):
        rule(application, an_evaluator(), "lift", by=an_officer(), reason="To be sure.")


def test_two_officers_do_not_rule_over_each_other(application, officer):
    ana = an_insider(application)
    seen = rule(application, ana, "lift", by=officer, reason="None.").stamp
    rule(application, ana, "pin", by=an_officer(), reason="It is one.")
    with pytest.raises((Stale, WrongState)):
        rule(application, ana, "pin", by=officer, reason="It is one.", base=seen)


def test_ruling_on_the_page_from_the_refusal_on(client, call, application, officer):
    ana = an_insider(application)
    client.force_login(officer)
    page = reverse("rule_on_conflict", args=[application.pk, ana.pk])
    assert page in words_of(client.get(reverse("assign_person", args=[application.pk, ana.pk])))
    assert "Ana belongs to" in words_of(client.get(page))

    answer = client.post(page, {"verdict": "lift", "reason": "Another house."}, follow=True)
    assert "found, and lifted" in words_of(answer)
    assert "Another house." in words_of(answer)
    said = {"application": str(application.pk), "person": str(ana.pk), "verdict": "pin", "reason": "It is one."}
    made = client.post("/api/conflict-rulings/", said, content_type="application/json")
    assert (made.status_code, made.json()["status"], made.json()["steps"]) == (201, "PINNED", ["lift"])

    client.force_login(an_auditor())
    assert "It is one." in words_of(client.get(reverse("conflicts", args=[call.pk])))
    assert client.get(page).status_code == 404
    client.force_login(an_evaluator())
    assert client.get(reverse("conflicts", args=[call.pk])).status_code == 404
