"""One house with every kind of account and every kind of row: the ground of the attacks.

Calls: `open` (one submitted, one draft, one withdrawn), `evaluated` (assessments at every stage), `proposed` (a
decision waits), `decided` (letters sent). Made by the acts, with a canary in every text that somebody may not see.
"""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.conf import settings

from accounts.actions import (
    ask_for_address,
    ask_for_address_of,
    connect_identity,
    hash_of,
    make_token,
    open_access_review,
)
from accounts.models import AccessLine, AccessReview, AddressChange, Identity, Invitation
from applications.actions import (
    accept_application,
    answer_clarification,
    ask_clarification,
    ask_for_paper,
    consider_observations,
    edit_application,
    give_duty,
    observe,
    open_application,
    say_remark,
    set_aside_application,
    withdraw_application,
)
from applications.actions.check_batches import propose_check_batch
from applications.models import CheckBatch, Clarification, Duty, Participation, Remark
from audit.checkpoints import place_records
from awards.actions import file_redress, make_offer
from awards.models import Offer
from core import clock
from core.days import day_of
from evaluation.actions import (
    accept_invitation,
    agree_scores,
    appoint_member,
    appoint_rapporteur,
    assign_evaluator,
    declare_for_the_committee,
    declare_no_conflict,
    invite_people,
    keep_entry,
    recuse_evaluator,
    rule,
    score_assessment,
    sign_assessment,
    stand_aside,
)
from evaluation.actions.batches import propose_batch
from evaluation.actions.pool import Reference
from evaluation.models import Assessment, Batch, PoolMember
from programmes.actions import answer_question, ask_question, load_fund, open_applications, start_evaluation
from programmes.models import Call, Question
from promises.actions import promise
from promises.models import Promise
from reports.actions import ask_for_report
from reports.documents import draw_file
from reports.models import ProofRun, ReportFile
from tests.applications.factories import a_draft, a_file, a_notice, a_submitted
from tests.awards.factories import a_proposed_decision, an_issued_decision
from tests.evaluation.factories import DAY, a_scenario, scores_of
from tests.factories import (
    AFTER,
    CLOSES,
    NOON,
    a_call,
    a_national_auditor,
    an_admin,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    the_clock,
)
from tests.findings import a_finding, a_sent_finding
from tests.packs import a_pack
from tests.reports.factories import a_decided_call
from tests.reports.factories import a_ranked_call as a_whole_ranked_call
from tests.samples import a_population, announced, drawn

FAR = datetime(2099, 1, 1, 12, 0, tzinfo=UTC)
FUND = settings.BASE_DIR / "programmes" / "data" / "isf_2021_2027.toml"
SECRET = "a-secret-of-twenty-four-bytes-or-so"  # of the invitation; not a password


def the_world():
    decided = with_scenario(a_decided_call())
    promised_opening(decided.call)
    owner, stranger = (entry.applicant.users.get() for entry in (decided.entries[0], decided.entries[2]))
    world = SimpleNamespace(decided=decided, owner=owner, stranger=stranger, officer=decided.officer)
    world.people = people_of(world)
    world.open = an_open_call(owner)
    world.participation = a_partner_invited(world.open.sent, stranger)
    world.remark, world.duty = between_colleagues(world.open.sent, owner)
    world.invited, world.accepted = a_pool_of(world.open.call, world.people)
    PoolMember.objects.create(  # a call that is decided invites nobody any more
        call=decided.call, person=world.people["unassigned"], status="TAKEN_BACK", task="CANARY of old terms",
        answer_by=NOON.date(), invited_by=decided.officer, invited_at=NOON, ended_at=NOON,
    )  # fmt: skip
    world.evaluated = a_call_in_evaluation(owner, world.people)
    world.proposed = a_proposed_decision(a_whole_ranked_call().call)
    world.question, world.answered = questions_on(world.open.call, owner, world.officer)
    world.wanted, world.clarified = clarifications_of(world.evaluated.first, world.officer)
    world.noticed, world.settled = notices_to(world.evaluated.first, world.officer)
    world.draft_paper = ask_for_paper(world.open.sent, by=owner)
    world.waiting = an_issued_decision().letters.first()
    world.redress, world.offer = answered_by_applicants(decided)
    world.draft_call = a_call(status="DRAFT", title="CANARY of the draft call", published_at=None)
    world.fund, _new = load_fund(FUND, by=the_clock())
    world.house = things_of_the_house(world)
    world.address_change, world.identity = an_address_to_change(stranger), an_identity_of(stranger)
    world.address_for = an_address_for(world.people["unassigned"])
    a_review_of_access(world)
    place_records()
    return world


def between_colleagues(application, owner):
    """What those who write an application tell each other beside it."""
    remark = Remark(application=application, part="budget", text="CANARY between colleagues")
    duty = Duty(application=application, part="content")
    given = {"person": owner, "due_on": day_of(NOON), "line": "CANARY line for a colleague"}
    return say_remark(remark, by=owner, at=NOON), give_duty(duty, by=owner, at=NOON, **given)


def a_review_of_access(world):
    """Opened by somebody else; of an officer's role, and of the one that is the administrator's own."""
    review = AccessReview(decide_by=FAR.date())
    world.access_review = open_access_review(review, by=an_admin(name="Another administrator still"))
    of = {name: world.people[name].memberships.get() for name in ("officer_conflicted", "admin")}
    lines = AccessLine.objects.filter(review=world.access_review)
    world.access_line, world.access_of_admin = (lines.get(membership=one) for one in of.values())


def people_of(world):
    """Everybody who may come to a door, by the name of the column in the matrix."""
    return {
        "anonymous": None,
        "owner": world.owner,
        "stranger": world.stranger,
        "officer": world.officer,
        "officer_conflicted": an_officer(name="Officer in conflict"),
        "evaluator": world.decided.evaluators[0],
        "undeclared": an_evaluator(name="Evaluator undeclared"),
        "conflicted": an_evaluator(name="Evaluator in conflict"),
        "unassigned": an_evaluator(name="Evaluator unassigned"),
        "member": an_evaluator(entity="JUST.B.3", name="Member of the committee"),
        "authorising": an_authorising_officer(),
        "auditor": an_auditor(),
        "national": a_national_auditor("EL"),
        "national_else": a_national_auditor("PT"),
        "admin": an_admin(),
    }


def an_address_to_change(person):
    """Somebody wants another address; the link to the old mailbox holds the known secret."""
    change = ask_for_address(AddressChange(person=person, address="another@example.eu"), by=person)
    AddressChange.objects.filter(pk=change.pk).update(old_hash=hash_of(SECRET))
    return change


def an_identity_of(person):
    """With which somebody signs in at a provider too."""
    return connect_identity(Identity(person=person, issuer="https://login.example.eu", subject="elsewhere"), by=person)


def an_address_for(person):
    """Whose old mailbox is gone: a second administrator is to agree."""
    change = AddressChange(person=person, address="elsewhere@example.eu")
    return ask_for_address_of(change, by=an_admin(name="Another administrator"), reason="The mailbox is gone.")


def with_scenario(decided):
    """What was supposed of its list, which no evaluator and no applicant hears of."""
    said = {"by": decided.officer, "note": "CANARY of a scenario"}
    decided.scenario = a_scenario(decided.ranked_list, "CANARY of a scenario by name", **said)
    return decided


def answered_by_applicants(decided):
    """A review asked for of the letter about the third application, and an offer that waits for its answer."""
    letter = decided.decision.letters.get(application=decided.entries[2])
    person = letter.application.applicant.users.get()
    text = "The points on relevance do not fit the comments of the report."
    redress = file_redress(letter, by=person, at=letter.sent_at, ground="INCOHERENCE", text=text)
    line = decided.decision.lines.get(application=decided.entries[0])
    new = Offer(application=line.application, line=line, answer_by=FAR.date())
    return redress, make_offer(new, by=decided.officer, at=AFTER)


def an_open_call(owner):
    """Still open: nobody but its owner knows of anything in it."""
    call = a_call(closes_at=FAR, opens_at=NOON - timedelta(days=1))
    promise("open_call", call, due_at=FAR)
    sent = a_submitted(by=owner, call=call, identity={"acronym": "CANSENT", "title": "CANARY submitted in the open"},
                       content={"summary": "CANARY summary in the open"})  # fmt: skip
    edit_application(sent, by=owner, at=NOON + timedelta(hours=1), content={"summary": "CANARY unsent edit"})
    draft = a_draft(by=owner, call=call)
    edit_application(draft, by=owner, at=NOON, identity={"acronym": "CANDRAFT", "title": "CANARY draft in the open"})
    back = a_submitted(by=owner, call=call, identity={"acronym": "CANBACK", "title": "CANARY withdrawn in the open"})
    back = withdraw_application(back, by=owner, at=NOON + timedelta(hours=2), reason="CANARY reason to withdraw")
    return SimpleNamespace(call=call, sent=sent, draft=draft, back=back)


def a_partner_invited(application, person):
    """Asked, and not answered yet: it reads nothing but that it is asked."""
    row = application.partners.get(is_coordinator=False).pk
    said = {"organisation": person.organisation, "invited_by": application.applicant.users.first(), "invited_at": NOON}
    return Participation.objects.create(application=application, row=row, status="INVITED", **said)


def a_pool_of(call, people):
    """Invited before anything is opened: one who has not answered, one who accepted."""
    terms = Reference(task="CANARY terms of reference", answer_by=FAR.date())
    invited, accepted = invite_people(
        call, [people["unassigned"], people["evaluator"]], by=people["officer"], terms=terms, at=NOON
    )
    return invited, accept_invitation(accepted, by=people["evaluator"], at=NOON)


def questions_on(call, owner, officer):
    """One that waits, one that is answered: what was asked and by whom is in no public word."""
    waiting, answered = (
        ask_question(Question(call=call), by=owner, at=NOON, text=f"CANARY question as asked {place}")
        for place in (1, 2)
    )
    words = {"asked": "May a vessel count as a building?", "text": "Yes, if it is moored."}
    return waiting, answer_question(answered, by=officer, at=NOON, **words)


def clarifications_of(application, officer):
    """One that waits, one that is answered with a document: no evaluator reads a word of either."""
    said = {"by": officer, "due_on": day_of(clock.now()) + timedelta(days=30)}
    waiting, answered = (
        ask_clarification(Clarification(application=application), text=f"CANARY clarification {place}", **said)
        for place in (1, 2)
    )
    owner = application.applicant.users.get()
    return waiting, answer_clarification(answered, [a_file(name="CANARY.pdf")], text="CANARY answer", by=owner)


def notices_to(application, officer):
    """One that waits, one that is settled: no evaluator reads a word of either."""
    rows = type(application).objects.filter(pk=application.pk)
    owner, stood = application.applicant.users.get(), rows.values_list("status", flat=True).get()
    rows.update(status="CHECKING")  # an exclusion is intended during the checks
    application = rows.get()
    row = a_notice(application, by=officer, text="CANARY notice")
    row = observe(row, [a_file(name="CANARY.pdf")], text="CANARY observation", by=owner)
    settled = consider_observations(row, by=officer, reason="CANARY answer")
    waiting = a_notice(application, by=officer, text="CANARY notice")
    rows.update(status=stood)
    return waiting, settled


def a_call_in_evaluation(owner, people):
    officer = people["officer"]
    call = a_call()
    first, second, third = (sent_to(call, owner, acronym, title) for acronym, title in (
        ("EVALONE", "First of the evaluated"), ("EVALTWO", "Second of the evaluated"), ("EVALTHREE", "Third"),
    ))  # fmt: skip
    draft = a_draft(by=owner, call=call)
    edit_application(draft, by=owner, at=NOON, identity={"acronym": "CANUNSENT", "title": "CANARY never submitted"})
    edit_application(first, by=owner, at=CLOSES - timedelta(hours=1), content={"summary": "CANARY edit after sending"})
    open_applications(call, by=the_clock(), at=AFTER)
    promised_opening(call)
    draft = set_aside_application(draft, by=the_clock(), at=AFTER)
    for application in (first, second, third):
        application.refresh_from_db()
        application = open_application(application, by=the_clock(), at=AFTER)
        accept_application(application, by=officer, at=AFTER)
    call.refresh_from_db()
    start_evaluation(call, by=officer, at=AFTER)
    mine, other, undeclared, conflict = judged(first, people)
    consensus = in_consensus(second, people)
    pairs = [(first, people["member"], {}), (third, people["member"], {})]
    batch = propose_batch(Batch(call=call, source="FILE"), by=officer, at=DAY, lines=pairs)
    checks = CheckBatch(call=call)
    checks = propose_check_batch(checks, by=officer, at=DAY, checks=list(third.checks.all()[:2]))
    seat = appoint_member(call, people["member"], by=officer, under_authorising_officer=False, at=DAY)
    seat = declare_for_the_committee(seat, by=people["member"], at=DAY)
    ruling = rule(first, an_evaluator(organisation=first.applicant), "lift", by=officer, reason="CANARY of a ruling")
    entry = keep_entry(by=people["evaluator"], at=DAY, said={"keywords": ["forensics"], "most": 40})
    return SimpleNamespace(call=Call.objects.get(pk=call.pk), first=first, second=second, third=third, draft=draft,
                           mine=mine, other=other, undeclared=undeclared, conflict=conflict, consensus=consensus,
                           seat=seat, batch=batch, check_batch=checks, entry=entry, ruling=ruling)  # fmt: skip


def sent_to(call, owner, acronym, title):
    return a_submitted(by=owner, call=call, identity={"acronym": acronym, "title": title})


def promised_opening(call):
    Promise.objects.create(
        kind="open_call", subject_id=call.pk, scope={"call": str(call.pk)}, status="KEPT",
        made_at=CLOSES, due_at=CLOSES, kept_at=AFTER,
    )  # fmt: skip


def judged(application, people):
    """One who writes, one who has signed, one who has not declared, one in conflict, an officer who stood aside."""
    officer = people["officer"]
    mine = declared(assign_evaluator(application, people["evaluator"], by=officer, at=DAY, due_at=FAR))
    score_assessment(mine, by=mine.evaluator, at=DAY, scores={"REL": {"comment": "CANARY unsigned comment"}})
    other = declared(assign_evaluator(application, an_evaluator(name="CANARY Signer"), by=officer, at=DAY, due_at=FAR))
    score_assessment(other, by=other.evaluator, at=DAY, scores=scores_of(comment="CANARY signed comment"))
    other = sign_assessment(other, by=other.evaluator, at=DAY)
    undeclared = assign_evaluator(application, people["undeclared"], by=officer, at=DAY, due_at=FAR)
    conflict = declared(assign_evaluator(application, people["conflicted"], by=officer, at=DAY, due_at=FAR))
    conflict = recuse_evaluator(conflict, by=conflict.evaluator, at=DAY, reason="CANARY cousin")
    aside = Assessment(application=application, evaluator=people["officer_conflicted"])
    stand_aside(aside, by=people["officer_conflicted"], at=DAY, reason="CANARY brother")
    return mine, other, undeclared, conflict


def declared(assessment):
    return declare_no_conflict(assessment, by=assessment.evaluator, at=DAY)


def in_consensus(application, people):
    evaluators = [an_evaluator(name="CANARY Rapporteur"), an_evaluator(name="CANARY Second")]
    for one in evaluators:
        row = declared(assign_evaluator(application, one, by=people["officer"], at=DAY, due_at=FAR))
        score_assessment(row, by=one, at=DAY, scores=scores_of(comment="CANARY comment of the second"))
        sign_assessment(row, by=one, at=DAY)
    consensus = appoint_rapporteur(application, evaluators[0], by=people["officer"], at=DAY)
    scores = scores_of(comment="CANARY agreed comment")
    return agree_scores(consensus, by=evaluators[0], at=DAY, scores=scores, remark="CANARY remark")


def things_of_the_house(world):
    """What belongs to no call: an invitation, a token, files, deliveries that failed."""
    owner = world.owner
    invitation = Invitation.objects.create(
        role="APPLICANT",
        organisation=owner.organisation, email="canary.colleague@example.eu", status="SENT", invited_by=owner,
        secret_hash=hash_of(SECRET), expires_at=FAR,
    )  # fmt: skip
    text = make_token(by=owner)
    token = owner.tokens.get()
    about = {"call": str(world.decided.call.pk)}
    file = ask_for_report(ReportFile(report="ranked-list", about=about, form="csv"), by=world.officer)
    draw_file(file)
    file.refresh_from_db()
    hidden = Promise.objects.filter(scope__application=str(world.open.sent.pk)).first()
    Promise.objects.filter(pk=hidden.pk).update(status="FAILED", last_error="CANARY of a failed receipt")
    failed = Promise.objects.filter(scope__application=str(world.decided.entries[0].pk), kind="letter").first()
    Promise.objects.filter(pk=failed.pk).update(status="FAILED", last_error="The printer is on fire.", kept_at=None)
    run = ProofRun.objects.create(
        begun_by=world.officer, begun_at=file.asked_at, ended_at=file.drawn_at, status="FAULTY", fault_count=1,
        results=[{"proof": "rows", "looked_at": 9, "faults": 1, "named": ["The row is gone."]}],
    )  # fmt: skip
    pack = a_pack(world.decided.call, by=world.people["auditor"], numbers=[world.decided.entries[1].reference])
    return SimpleNamespace(
        invitation=invitation, token=token, token_text=text, file=file, hidden=hidden, failed=failed, proof_run=run,
        pack=pack, findings=findings_of(world), samples=samples_of(world),
    )  # fmt: skip


def findings_of(world):
    """A draft, one that is the office's to answer, and one that is an authority's."""
    said = {"by": world.people["auditor"], "text": "CANARY of a finding", "recommendation": "CANARY to recommend"}
    number = world.decided.entries[0].reference
    return {
        "draft": a_finding(**said),
        "office": a_sent_finding(**said, application=number),
        "authority": a_sent_finding(**said, application=number, owner="AUTHORITY"),
    }


def samples_of(world):
    """One that waits for its checkpoint, and one that was drawn."""
    auditor = world.people["auditor"]
    file = a_population(world.decided.call, by=auditor)
    return {"drawn": drawn(announced(file, by=auditor)), "announced": announced(file, by=auditor)}
