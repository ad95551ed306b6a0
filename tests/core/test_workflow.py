"""The skeleton of every act: locked, checked, recorded – or refused with nothing changed and nothing recorded."""

import pytest

from accounts.roles import is_system
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from core.logs import OneLine
from core.workflow import Workflow, step
from programmes.models import Call
from programmes.states import CALL, CallStatus
from tests.factories import NOON, a_call, an_officer, the_clock

pytestmark = pytest.mark.django_db
LIFE = Workflow("tests.core.test_workflow", step("turn", {CallStatus.EVALUATION}, CallStatus.RANKED, is_system, "Turn"))


def test_a_step_moves_the_row_and_leaves_one_record():
    call = a_call(status=CallStatus.EVALUATION)
    officer = the_clock()

    CALL.run("conclude_ranking", call, by=officer, at=NOON)

    record = AuditRecord.objects.get()
    assert Call.objects.get().status == CallStatus.RANKED
    assert (record.act, record.status_before, record.status_after) == ("call.conclude_ranking", "EVALUATION", "RANKED")
    assert (record.actor_name, record.actor_role, record.at) == (officer.name, "SYSTEM", NOON)
    assert (record.chain, record.sequence, record.scope["call"]) == (f"call:{call.pk}", 1, str(call.pk))


@pytest.mark.parametrize(
    ("status", "who", "refusal"),
    [("EVALUATION", an_officer, NotAllowed), ("DRAFT", the_clock, WrongState), ("DECIDED", the_clock, WrongState)],
)
def test_a_refused_step_changes_and_records_nothing(status, who, refusal):
    call = a_call(status=status)
    with pytest.raises(refusal):
        CALL.run("conclude_ranking", call, by=who(), at=NOON)
    assert Call.objects.get().status == status
    assert AuditRecord.objects.count() == 0


def test_the_row_is_read_again_before_it_is_judged():
    """Somebody else moved it since this page was loaded: what the page believed does not count."""
    call = a_call(status=CallStatus.EVALUATION)
    CALL.run("conclude_ranking", call, by=the_clock(), at=NOON)
    assert call.status == CallStatus.EVALUATION
    with pytest.raises(WrongState, match="ranked list signed"):
        CALL.run("conclude_ranking", call, by=the_clock(), at=NOON)


def test_a_reason_of_blanks_is_no_reason():
    with pytest.raises(Incomplete) as refusal:
        CALL.run("correct", a_call(), by=an_officer(), reason="  \n")
    assert "reason" in refusal.value.gaps


def test_a_change_made_by_the_act_stands_in_the_record():
    call = a_call(status=CallStatus.EVALUATION)

    @LIFE.action("turn")
    def rename(row, *, by, at):
        row.title = "Other"
        return {"elsewhere": [1, 2]}

    rename(call, by=the_clock(), at=NOON)

    assert AuditRecord.objects.get().changes == {"title": ["Test call", "Other"], "elsewhere": [1, 2], "stamp": [0, 1]}


def test_a_refused_attempt_leaves_a_trace_in_the_log(caplog):
    call, officer = a_call(status=CallStatus.EVALUATION), an_officer()
    with pytest.raises(NotAllowed):
        CALL.run("conclude_ranking", call, by=officer, at=NOON)
    [line] = [record.getMessage() for record in caplog.records if record.name == "core.workflow"]
    assert str(officer.pk) in line
    assert f"call.conclude_ranking of {call.pk}" in line


def test_the_clock_is_a_person_too():
    assert the_clock().role == "SYSTEM"
    assert not the_clock().has_usable_password()


def test_a_log_line_cannot_be_forged():
    import logging

    line = OneLine().format(logging.LogRecord("x", 20, "p", 1, "name %s", ("a\nINFO forged\x1b[31m",), None))
    assert "\n" not in line
    assert "\x1b" not in line
