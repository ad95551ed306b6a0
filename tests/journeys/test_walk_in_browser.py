"""The whole walk in real browsers: from the empty database to the auditor's file, everybody at their own desk."""

import pytest

from tests.journeys import auditors, authorities, evaluators, office, words
from tests.journeys.words import EVALUATORS, PEOPLE, REFERENCE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FIRST, SECOND, THIRD = (f"{REFERENCE}-{number:04d}" for number in (1, 2, 3))


@pytest.fixture
def cast(empty_house, at_desk):
    """Everybody the administrator makes an account for, at their desks."""
    office.make_accounts(at_desk(empty_house.email))
    return {who: at_desk(office.email_of(who)) for who in PEOPLE}


def test_the_whole_walk(cast, visitor, paper, tmp_path, keep_promises):
    officer, second, decider, auditor = (cast[who] for who in ("officer", "second", "decider", "auditor"))
    anna, bram, eleni, stranger = visitor(), visitor(), visitor(), visitor()

    call = office.prepare_call(officer, stranger)
    authorities.register(anna, words.NETHERLANDS, "Anna Visser", "anna@politie.example.nl")
    authorities.register(eleni, words.GREECE, "Ελένη Παπαδοπούλου", "eleni@astynomia.example.gr")
    authorities.invite_and_join(anna, bram, keep_promises)

    netwatch, attachment = authorities.first_application(anna, call, paper, keep_promises)
    safeport = authorities.another_application(eleni, call, words.safeport(), paper)
    lonely = authorities.lonely_application(bram, call, paper)
    draft = authorities.draft(eleni, call)
    eleni.finds_nothing_at(netwatch, lonely, attachment)
    applications = {"netwatch": netwatch, "safeport": safeport, "lonely": lonely, "draft": draft}
    for person in (officer, decider, auditor):
        office.nobody_reads_before_the_call_closes(person, [*applications.values(), attachment])

    eleni.goes_to(f"{draft}edit/identity/")
    office.wait_until(office.close_in(officer, call, seconds=4))
    authorities.too_late(eleni)
    office.nobody_reads_before_the_call_closes(officer, applications.values())  # closed, but not opened yet
    keep_promises()
    office.check_applications(officer, second, call, **applications)
    authorities.waits(anna, netwatch)

    evaluate(cast, officer, call, netwatch, attachment)
    ranked_list = rank(cast, officer, call)
    authorities.waits(anna, netwatch)

    decision = office.prepare_decision(second, call)
    office.decide(decider, decision)
    authorities.waits(anna, netwatch)
    office.issue_letters(second, decision, keep_promises)
    letter = authorities.read_letter(anna, FIRST, "NETWATCH", "481 500.00")
    authorities.read_letter(bram, THIRD, "LONELY", "At least 2 organisations take part.")
    authorities.read_letter(eleni, SECOND, "SAFEPORT")
    eleni.finds_nothing_at(letter)

    auditors.look_around(auditor, decision=decision, ranked_list=ranked_list)
    files = auditors.take_reports(auditor, call, keep_promises)
    auditors.read(files)
    told = auditors.prove(files["audit-trail", "csv"], tmp_path)
    assert {"call.publish", "application.submit", "assessment.sign", "decision.decide", "letter.confirm_read"} <= {
        row["act"] for row in told
    }  # fmt: skip


def evaluate(cast, officer, call, netwatch, attachment):
    """Alone first, blind to each other; then together."""
    office.assign(officer, call)
    aino, rui, kaja = (cast[who] for who in EVALUATORS)
    evaluators.sees_only_the_card(aino, application=netwatch, attachment=attachment)
    first = evaluators.judge(aino, "NETWATCH", FIRST, look=True)
    rui.finds_nothing_at(first)
    cast["sanne"].finds_nothing_at(first, netwatch, attachment)
    for evaluator, name, number in [
        (rui, "NETWATCH", FIRST), (kaja, "NETWATCH", FIRST),
        (aino, "SAFEPORT", SECOND), (rui, "SAFEPORT", SECOND), (kaja, "SAFEPORT", SECOND),
    ]:  # fmt: skip
        evaluators.judge(evaluator, name, number)
    rui.goes_to(first)
    rui.looks()
    office.appoint_rapporteurs(officer, call, "aino")
    for name, number in (("NETWATCH", FIRST), ("SAFEPORT", SECOND)):
        evaluators.agree(aino, name, number, look=number == FIRST)
        evaluators.approve(rui, number)
        evaluators.approve(kaja, number)


def rank(cast, officer, call):
    """The committee signs exactly what was drawn up; gives its address."""
    office.appoint_committee(officer, call)
    members = [cast[who] for who in EVALUATORS]
    for member in members:
        evaluators.declare_as_member(member, call)
    ranked_list = office.draw_up(officer, call)
    cast["sanne"].finds_nothing_at(ranked_list, f"/evaluation/calls/{call.pk}/committee/")
    for member in members:
        evaluators.sign_record(member, call, look=member is members[0])
    officer.goes_to(ranked_list)
    officer.sees("Signed by the whole committee on")
    officer.looks()
    return ranked_list
