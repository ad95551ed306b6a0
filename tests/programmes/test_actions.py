"""Acts on funds and calls."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from audit.models import AuditRecord
from core.clock import all_in_after
from core.days import BRUSSELS
from core.errors import Incomplete, NotAllowed, WrongState
from programmes.actions import (
    edit_call,
    open_applications,
    prepare_call,
    propose_corrigendum,
    publish_call,
    start_evaluation,
)
from programmes.models import Allocation, Call, Fund, Passage
from programmes.shown.calls import tie_break_of
from programmes.states import CALL, CallStatus
from promises.models import Promise
from tests.factories import (
    CLOSES,
    NOON,
    OPENS,
    STATES,
    a_call,
    a_fund,
    an_applicant,
    an_officer,
    an_organisation,
    everybody,
    golden_table,
    the_clock,
)  # fmt: skip

pytestmark = pytest.mark.django_db
BEFORE = OPENS - timedelta(days=10)


def a_draft(**values):
    fund = a_fund()
    given = {
        "reference": "ISFP-2020-AG-X", "title": "X", "topic": "Topic", "budget": Decimal("1000000"), "opens_at": OPENS,
        "closes_at": CLOSES, "inform_by": CLOSES.date() + timedelta(days=180), "eligible_states": STATES,
        "min_contribution": Decimal("250000"), "tie_break": ["REL", "COMMITTEE"], **values,
    }  # fmt: skip
    return prepare_call(
        Call(fund=fund), by=an_officer(), at=BEFORE, values=given,
        objectives=list(fund.passages.filter(kind="SO")), actions=list(fund.passages.filter(kind="ACTION")[:2]),
        criteria=[{"code": "REL", "title": "Relevance", "maximum": Decimal(40), "step": Decimal(1)}],
    )  # fmt: skip


@pytest.mark.parametrize("reference", ["😀 bad/../ref <b>", "ŻÓŁW-1", "-1", "A;B"])
def test_a_reference_is_of_letters_that_every_file_and_letter_can_bear(reference):
    with pytest.raises(Incomplete) as refusal:
        a_draft(reference=reference)
    assert "letters A to Z" in refusal.value.gaps["reference"]


def test_a_reference_of_before_stays(client):
    call = a_draft()
    Call.objects.filter(pk=call.pk).update(reference="ŻÓŁW-1")
    call.refresh_from_db()
    assert edit_call(call, by=an_officer(), values={"title": "Anew"}).title == "Anew"


def test_both_funds_load_and_the_second_time_nothing_changes():
    call_command("load_funds", stdout=StringIO())
    counts = (Fund.objects.count(), Passage.objects.count(), Allocation.objects.count(), AuditRecord.objects.count())
    call_command("load_funds", stdout=StringIO())
    again = (Fund.objects.count(), Passage.objects.count(), Allocation.objects.count(), AuditRecord.objects.count())
    assert counts == again
    assert counts[0] == 2
    police = Fund.objects.get(code="isf-police-2014-2020")
    assert (police.is_closed, police.envelope, police.period) == (True, Decimal("1004000000"), "2014-2020")
    assert police.passages.filter(kind="SO").count() == 2
    assert police.passages.filter(kind="ACTION").count() == 7
    assert police.passages.filter(kind="UNION").count() == 9
    assert sum(one.amount for one in police.allocations.all()) == 662_000_000
    assert not police.allocations.filter(member_state__in=["DK", "UK"]).exists()
    assert Fund.objects.get(code="isf-2021-2027").passages.filter(kind="SO").count() == 3


def test_a_call_is_published_and_the_clock_is_told():
    call = publish_call(a_draft(), by=an_officer(), at=BEFORE)

    promise = Promise.objects.get(kind="open_call")
    assert (call.status, call.published_at, promise.due_at) == (CallStatus.PUBLISHED, BEFORE, call.opened_from)
    assert call.opened_from == CLOSES + all_in_after()
    assert call.is_open(OPENS)
    assert call.is_open(CLOSES - timedelta(microseconds=1))
    assert not call.is_open(CLOSES)


@pytest.mark.parametrize(
    ("values", "gap"),
    [
        ({"budget": None}, "budget"), ({"opens_at": None}, "opens_at"), ({"topic": ""}, "topic"),
        ({"eligible_states": []}, "eligible_states"), ({"max_contribution": Decimal(2_000_000)}, "max_contribution"),
        ({"overall_threshold": Decimal(41)}, "overall_threshold"), ({"tie_break": ["NO"]}, "tie_break"),
        ({"tie_break": ["TIME"]}, "tie_break"), ({"tie_break": ["TOPIC", "COMMITTEE"]}, "topic_order"),
        ({"tie_break": ["TOPIC", "COMMITTEE"], "topic_order": ["1"]}, "topic_order"),
        ({"inform_by": OPENS.date()}, "inform_by"),
    ],
)  # fmt: skip
def test_an_incomplete_call_is_not_published(values, gap):
    call = a_draft(**values)
    with pytest.raises(Incomplete) as refusal:
        publish_call(call, by=an_officer(), at=BEFORE)
    assert gap in refusal.value.gaps
    assert Call.objects.get().status == CallStatus.DRAFT
    assert Promise.objects.count() == 0


def test_action_types_decide_in_the_order_that_the_call_announces():
    call = a_draft(tie_break=["TOPIC", "COMMITTEE"])
    codes = list(call.actions.values_list("code", flat=True))
    call = edit_call(call, by=an_officer(), at=BEFORE, values={"topic_order": codes[::-1]})
    call = publish_call(call, by=an_officer(), at=BEFORE)
    said = tie_break_of(call, list(call.criteria.all()))
    assert said[0] == f"the action type, in the order of the call ({codes[1]}, {codes[0]})"
    assert said[1] == "the evaluation committee, which gives its reason"


AFTER_MIDNIGHT = datetime(2020, 12, 2, 0, 30, tzinfo=BRUSSELS)  # 1 December, says Greenwich


def test_nobody_can_be_informed_on_the_day_a_call_closes_whatever_the_hour():
    call = a_draft(closes_at=AFTER_MIDNIGHT.astimezone(UTC), inform_by=date(2020, 12, 2))
    with pytest.raises(Incomplete) as refusal:
        publish_call(call, by=an_officer(), at=BEFORE)
    assert "inform_by" in refusal.value.gaps


def test_a_call_stands_under_the_law_of_the_day_it_closes():
    old = {"short": "old", "applies_from": "2013-01-01", "applies_until": "2020-12-01", "articles": {"redress": "1"}}
    new = {"short": "new", "applies_from": "2020-12-02", "articles": {"redress": "2"}}
    call = a_draft(closes_at=AFTER_MIDNIGHT.astimezone(UTC))
    Fund.objects.filter(pk=call.fund_id).update(sheet={"financial_regulations": [old, new]})
    call = publish_call(Call.objects.get(pk=call.pk), by=an_officer(), at=BEFORE)
    assert call.legal["redress"] == "2 of new"


def test_a_call_whose_time_is_past_is_not_published():
    with pytest.raises(Incomplete, match="cannot be published"):
        publish_call(a_draft(), by=an_officer(), at=CLOSES)


def test_publication_freezes():
    call = publish_call(a_draft(), by=an_officer(), at=BEFORE)
    with pytest.raises(WrongState):
        edit_call(call, by=an_officer(), values={"title": "Other"})
    with pytest.raises(Incomplete, match="missing or wrong") as refusal:
        propose_corrigendum(
            call, by=an_officer(), at=NOON, reason="typing error", values={"overall_threshold": Decimal(1)}
        )
    assert list(refusal.value.gaps) == ["overall_threshold"]


def test_a_closed_call_is_not_corrected():
    call = publish_call(a_draft(), by=an_officer(), at=BEFORE)
    with pytest.raises(WrongState):
        propose_corrigendum(call, by=an_officer(), at=CLOSES, reason="x", values={"title": "Other"})


def test_a_stale_edit_is_refused():
    call = a_draft()
    edit_call(call, by=an_officer(), values={"title": "First"}, base=0)
    with pytest.raises(WrongState, match="after you opened it"):
        edit_call(call, by=an_officer(), values={"title": "Second"}, base=0)
    assert Call.objects.get().title == "First"


def test_a_reference_is_used_once():
    a_draft()
    with pytest.raises(Incomplete) as refusal:
        a_draft(reference="isfp-2020-ag-x")
    assert list(refusal.value.gaps) == ["reference"]


def test_only_the_clock_opens_and_not_before_whoever_came_in_time_is_in():
    call = a_call()
    all_in = CLOSES + all_in_after()
    with pytest.raises(NotAllowed):
        open_applications(call, by=an_officer(), at=all_in)
    for early in (CLOSES - timedelta(seconds=1), CLOSES, all_in - timedelta(microseconds=1)):
        with pytest.raises(WrongState):
            open_applications(call, by=the_clock(), at=early)
    assert open_applications(call, by=the_clock(), at=all_in).status == CallStatus.CHECKING


def test_an_evaluation_needs_an_eligible_application():
    with pytest.raises(WrongState, match="eligible"):
        start_evaluation(a_call(status=CallStatus.CHECKING), by=an_officer())


def test_applicants_prepare_no_call():
    with pytest.raises(NotAllowed):
        prepare_call(Call(fund=a_fund()), by=an_applicant(), values={"reference": "X"})
    assert not Call.objects.exists()


def test_who_may_do_what_with_a_call():
    call = a_call()

    def row_in(status):
        call.status = status
        return call

    assert golden_table(CALL, CallStatus, everybody(an_organisation()), row_in) == WHO_MAY_DO_WHAT.strip("\n")


WHO_MAY_DO_WHAT = """
            owner  stranger  officer           evaluator  authorising    auditor  national  admin  system
DRAFT       -      -         edit publish      -          -              -        -         -      -
PUBLISHED   -      -         correct recall    -          recall cancel  -        -         -      open_applications
CHECKING    -      -         start_evaluation  -          cancel         -        -         -      -
EVALUATION  -      -         evaluate_again    -          cancel         -        -         -      conclude_ranking
RANKED      -      -         evaluate_again    -          cancel         -        -         -      conclude_decision
DECIDED     -      -         evaluate_again    -          -              -        -         -      expire_reserve
CANCELLED   -      -         -                 -          -              -        -         -      -
"""


def test_a_letter_cites_no_article_of_a_later_regulation():
    """966/2012 has no article here for the time limits; the fund's current law must not fill the gap."""
    fund = a_fund()
    Fund.objects.filter(pk=fund.pk).update(legal={"time_limits": "Article 197(2) of Regulation 2024/2509"})
    call = a_call(legal={"redress": "Article 97 of Regulation 966/2012"})
    assert call.legal_reference("redress") == "Article 97 of Regulation 966/2012"
    assert call.legal_reference("time_limits") == ""
    assert a_call().legal_reference("time_limits") == "Article 197(2) of Regulation 2024/2509"
