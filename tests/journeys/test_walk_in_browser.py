"""The whole walk in real browsers: from the empty database to the auditor's file, everybody at their own desk."""

import pytest

from tests.journeys import auditors, authorities, evaluators, office, words
from tests.journeys.words import EVALUATORS, PEOPLE, number_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(empty_house, at_desk):
    """Everybody the administrator makes an account for, at their desks."""
    office.make_accounts(at_desk(empty_house.email))
    return {who: at_desk(office.email_of(who)) for who in PEOPLE}


@pytest.fixture
def applicants(visitor):
    """Two authorities are yet to register; Bram is yet to be invited."""
    return {who: visitor() for who in ("anna", "bram", "eleni")}


def test_the_whole_walk(cast, applicants, visitor, paper, tmp_path, keep_promises):
    call = office.prepare_call(cast["officer"], stranger=visitor())
    register(applicants, keep_promises)
    applications, attachment = apply(applicants, call, paper, keep_promises)
    close(cast, applicants, call, applications, attachment)
    keep_promises()
    office.check_applications(cast["officer"], cast["second"], call, **applications)
    authorities.waits(applicants["anna"], applications["netwatch"])

    evaluate(cast, call, applications["netwatch"], attachment, keep_promises)
    ranked_list = rank(cast, call)
    authorities.waits(applicants["anna"], applications["netwatch"])

    decision = conclude(cast, applicants, call, applications, keep_promises)
    read_letters(applicants)
    audit(cast["auditor"], call, keep_promises, tmp_path, decision=decision, ranked_list=ranked_list)


def register(applicants, keep_promises):
    anna, bram, eleni = applicants.values()
    authorities.register(anna, words.NETHERLANDS, "Anna Visser", "anna@politie.example.nl")
    authorities.register(eleni, words.GREECE, "Ελένη Παπαδοπούλου", "eleni@astynomia.example.gr")
    authorities.invite_and_join(anna, bram, keep_promises)


def apply(applicants, call, paper, keep_promises):
    """Three are submitted, one is not; no authority sees another's. Gives their addresses and that of a file."""
    anna, bram, eleni = applicants.values()
    netwatch, attachment = authorities.first_application(anna, call, paper, keep_promises)
    safeport = authorities.another_application(eleni, call, words.safeport(), paper)
    lonely = authorities.lonely_application(bram, call, paper)
    eleni.finds_nothing_at(netwatch, lonely, attachment)
    draft = authorities.draft(eleni, call)
    return {"netwatch": netwatch, "safeport": safeport, "lonely": lonely, "draft": draft}, attachment


def close(cast, applicants, call, applications, attachment):
    """Somebody types until the last second and beyond; the office sees nothing, not even when the call has closed."""
    for who in ("officer", "decider", "auditor"):
        office.nobody_reads_before_the_call_closes(cast[who], [*applications.values(), attachment])
    office.correct(cast["officer"], cast["decider"], call)
    applicants["eleni"].goes_to(f"{applications['draft']}edit/identity/")
    office.wait_until(office.close_in(call, seconds=4))
    authorities.too_late(applicants["eleni"])
    office.nobody_reads_before_the_call_closes(cast["officer"], applications.values())


def evaluate(cast, call, netwatch, attachment, keep_promises):
    """Alone first, blind to each other; then together."""
    officer = cast["officer"]
    office.assign(officer, call, keep_promises)
    aino, rui, kaja = (cast[who] for who in EVALUATORS)
    evaluators.sees_only_the_card(aino, application=netwatch, attachment=attachment)
    netwatch_s, safeport_s = number_of("NETWATCH"), number_of("SAFEPORT")
    first = evaluators.judge(aino, "NETWATCH", netwatch_s, look=True)
    rui.finds_nothing_at(first)
    cast["sanne"].finds_nothing_at(first, netwatch, attachment)
    for evaluator, name, number in [
        (rui, "NETWATCH", netwatch_s), (kaja, "NETWATCH", netwatch_s),
        (aino, "SAFEPORT", safeport_s), (rui, "SAFEPORT", safeport_s), (kaja, "SAFEPORT", safeport_s),
    ]:  # fmt: skip
        evaluators.judge(evaluator, name, number)
    rui.goes_to(first)
    rui.looks()
    office.appoint_rapporteurs(officer, call, "aino")
    for name, number in (("NETWATCH", netwatch_s), ("SAFEPORT", safeport_s)):
        evaluators.agree(aino, name, number, look=number == netwatch_s)
        evaluators.approve(rui, number)
        evaluators.approve(kaja, number)


def rank(cast, call):
    """The committee signs exactly what was drawn up; gives its address."""
    officer = cast["officer"]
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


def conclude(cast, applicants, call, applications, keep_promises):
    """One prepares, another decides. Until the letter is out its addressee hears that it is decided, and not what."""
    decision = office.prepare_decision(cast["second"], call)
    office.decide(cast["decider"], decision)
    authorities.waits(applicants["anna"], applications["netwatch"], "decided")
    office.issue_letters(cast["second"], decision, keep_promises)
    return decision


def read_letters(applicants):
    anna, bram, eleni = applicants.values()
    letter = authorities.read_letter(anna, number_of("NETWATCH"), "NETWATCH", "481 500.00")
    authorities.read_letter(bram, number_of("LONELY"), "LONELY", "At least 2 organisations take part.")
    authorities.read_letter(eleni, number_of("SAFEPORT"), "SAFEPORT")
    eleni.finds_nothing_at(letter)


def audit(auditor, call, keep_promises, folder, *, decision, ranked_list):
    """Everything may be read and taken away, and the trail proves itself."""
    auditors.look_around(auditor, decision=decision, ranked_list=ranked_list)
    files = auditors.take_reports(auditor, call, keep_promises)
    auditors.read(files)
    told = {row["act"] for row in auditors.prove(files["audit-trail", "csv"], folder)}
    assert {"call.publish", "application.submit", "assessment.sign", "decision.decide", "letter.confirm_read"} <= told
