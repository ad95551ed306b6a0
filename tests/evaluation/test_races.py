"""Acts that must happen once, by two people at the same moment, on the real database."""

from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import User
from audit.models import AuditRecord
from audit.record import broken_links
from core.errors import Refused
from evaluation.actions import (
    appoint_rapporteur,
    approve_consensus,
    assign_evaluator,
    bar_person,
    carry_out_batch,
    confirm_batch,
    discard_list,
    draw_up_list,
    propose_distribution,
    score_assessment,
    sign_record,
)
from evaluation.actions.proposing import Terms
from evaluation.models import Assessment, Consensus, RankedList
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_committee,
    a_drawn_list,
    a_proposed,
    a_signed,
    an_eligible_application,
    an_evaluated,
    an_open,
    scores_of,
)
from tests.factories import an_evaluator, an_officer

pytestmark = pytest.mark.usefixtures("transactional_db")


def at_once(*acts):
    """Run each in a thread of its own, all from the same moment; give what each came to: a row or a refusal."""
    start, results = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait()
            results[place] = act()
        except Refused as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert all(result is not None for result in results), "a thread died or hangs"
    return results


def times(act, call):
    return AuditRecord.objects.within(call=call.pk).filter(act=act).count()


def test_two_last_approvals_conclude_once():
    call = a_call_under_evaluation()
    for _ in range(4):
        application = an_eligible_application(call)
        consensus = a_proposed(application)
        people = [one.evaluator for one in application.assessments.all()]

        at_once(*(partial(approve_consensus, consensus, by=who) for who in people))

        consensus.refresh_from_db()
        application.refresh_from_db()
        assert (consensus.status, application.status) == ("APPROVED", "EVALUATED")
    assert times("application.conclude", call) == 4
    assert times("consensus.approve", call) == 8


def test_two_last_signatures_freeze_once():
    ranked_list = a_drawn_list()
    first, *last_two = ranked_list.call.seats.all()
    sign_record(first, by=first.member, at=DAY)

    at_once(*(partial(sign_record, seat, by=seat.member) for seat in last_two))

    ranked_list.refresh_from_db()
    ranked_list.call.refresh_from_db()
    assert (ranked_list.status, ranked_list.call.status) == ("SIGNED", "RANKED")
    assert times("rankedlist.freeze", ranked_list.call) == 1
    assert times("call.conclude_ranking", ranked_list.call) == 1


def test_two_officers_draw_up_one_list():
    call = a_call_under_evaluation()
    an_evaluated(an_eligible_application(call))
    a_committee(call)
    officers = an_officer(), an_officer()

    results = at_once(*(partial(draw_up_list, call, by=by) for by in officers))

    assert sorted(isinstance(one, Refused) for one in results) == [False, True]
    assert RankedList.objects.count() == 1


def test_a_signature_and_a_discard_do_not_block_each_other():
    """Whoever comes first counts; in no order is there a frozen list that was discarded."""
    ranked_list = a_drawn_list()
    *others, last = ranked_list.call.seats.all()
    for seat in others:
        sign_record(seat, by=seat.member, at=DAY)
    officer = an_officer()

    at_once(
        lambda: sign_record(last, by=last.member),
        lambda: discard_list(ranked_list, by=officer, reason="Again"),
    )

    ranked_list.refresh_from_db()
    ranked_list.call.refresh_from_db()
    assert (ranked_list.status, ranked_list.call.status) in {("SIGNED", "RANKED"), ("DISCARDED", "EVALUATION")}


def test_two_officers_assign_one_person_once():
    application, evaluator = an_eligible_application(a_call_under_evaluation()), an_evaluator()
    officers = an_officer(), an_officer()

    results = at_once(*(partial(assign_evaluator, application, evaluator, by=by) for by in officers))

    assert sorted(isinstance(one, Refused) for one in results) == [False, True]
    assert Assessment.objects.count() == 1


def test_two_officers_appoint_one_rapporteur():
    application = an_eligible_application(a_call_under_evaluation())
    people = [a_signed(application).evaluator, a_signed(application).evaluator]
    officers = an_officer(), an_officer()

    results = at_once(
        *(partial(appoint_rapporteur, application, who, by=by) for by, who in zip(officers, people, strict=True))
    )

    assert sorted(isinstance(one, Refused) for one in results) == [False, True]
    assert Consensus.objects.count() == 1


def test_an_assignment_and_a_rapporteur_at_once_never_leave_somebody_unheard():
    application = an_eligible_application(a_call_under_evaluation())
    rapporteur = a_signed(application).evaluator
    a_signed(application)
    late, officers = an_evaluator(), (an_officer(), an_officer())

    at_once(
        lambda: appoint_rapporteur(application, rapporteur, by=officers[0]),
        lambda: assign_evaluator(application, late, by=officers[1]),
    )

    unheard = Assessment.objects.on(application).unfinished().exists()
    assert unheard != Consensus.objects.filter(application=application).exists()


def test_of_two_windows_one_saves():
    row = an_open(an_eligible_application(a_call_under_evaluation()))
    given = [scores_of({"REL": "20"}), scores_of({"REL": "25"})]

    results = at_once(*(partial(score_assessment, row, by=row.evaluator, scores=scores, base=1) for scores in given))

    assert sorted(isinstance(one, Refused) for one in results) == [False, True]
    row.refresh_from_db()
    assert row.stamp == 2


def test_of_two_officers_who_confirm_a_batch_one_does_and_it_is_made_once():
    call = a_call_under_evaluation()
    an_eligible_application(call)
    an_evaluator()
    batch = propose_distribution(call, by=an_officer(), terms=Terms(1))
    officers = an_officer(), an_officer()

    results = at_once(*(partial(confirm_batch, batch, by=one) for one in officers))

    assert sum(isinstance(one, Refused) for one in results) == 1
    clock = User.objects.clock()
    made = at_once(*(partial(carry_out_batch, batch, by=clock) for _ in range(2)))
    assert sum(isinstance(one, Refused) for one in made) == 1
    assert Assessment.objects.count() == 1


def test_a_conflict_recorded_in_the_same_moment_as_a_batch_is_made_is_never_overlooked():
    """Whichever comes first: nobody who is barred ends up assigned."""
    call = a_call_under_evaluation()
    applications = [an_eligible_application(call) for _ in range(3)]
    evaluator = an_evaluator()
    batch = propose_distribution(call, by=an_officer(), terms=Terms(1))
    confirm_batch(batch, by=an_officer())
    other = an_officer()

    def bar():
        return bar_person(Assessment(application=applications[1], evaluator=evaluator), by=other, reason="A cousin.")

    made, barred = at_once(partial(carry_out_batch, batch, by=User.objects.clock()), bar)

    row = Assessment.objects.get(application=applications[1])
    assert made.made + made.refused == 3
    if isinstance(barred, Refused):  # the assignment was there first: it is struck as any other
        assert (row.status, made.made) == ("ASSIGNED", 3)
    else:
        assert (row.status, made.refused) == ("CONFLICT", 1)
    for application in applications:
        assert not list(broken_links(AuditRecord.objects.of_chain(application.chain).order_by("sequence")))


def test_two_batches_with_the_same_pairs_assign_each_once():
    call = a_call_under_evaluation()
    for _ in range(4):
        an_eligible_application(call)
    an_evaluator()
    batches = [propose_distribution(call, by=an_officer(), terms=Terms(1)) for _ in range(2)]
    for batch in batches:
        confirm_batch(batch, by=an_officer())
    clock = User.objects.clock()

    made = at_once(*(partial(carry_out_batch, batch, by=clock) for batch in batches))

    assert sorted(one.made for one in made) == [0, 4]
    assert Assessment.objects.count() == 4
