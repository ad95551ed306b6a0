"""A question is asked in private and answered in public: nobody is told who asked, and all know the same."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete, NotAllowed, Stale, TooMany, WrongState
from programmes.actions import (
    answer_question,
    ask_question,
    correct_reply,
    decline_question,
    follow_call,
    propose_corrigendum,
    publish_corrigendum,
    withdraw_reply,
)
from programmes.actions.questions import MOST_WAITING
from programmes.desk import waiting_for
from programmes.models import Question, Reply
from programmes.schedule import tell_of_the_corrigendum, tell_of_the_reply, tell_of_the_withdrawal
from programmes.states import QUESTION, QuestionStatus
from promises.models import Mail, Promise
from tests.applications.factories import a_draft
from tests.factories import (
    CLOSES,
    NOON,
    a_call,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    an_organisation,
    everybody,
    golden_table,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SECRET = "We of the Ruritanian police ask: may a ferry count as a building?"
WORDS = {"asked": "May a vessel count as a building?", "text": "Yes, if it is moored for the whole action."}


@pytest.fixture
def call():
    return a_call(inform_by=CLOSES.date() + 180 * DAY)


@pytest.fixture
def asker():
    return an_applicant(name="Asker of Ruritania")


def asked(call, *, by, at=NOON, text=SECRET):
    return ask_question(Question(call=call), by=by, at=at, text=text)


def answered(call, *, by, at=NOON, **words):
    return answer_question(asked(call, by=by), by=an_officer(), at=at, **{**WORDS, **words})


def told():
    return sorted(Mail.objects.values_list("to", flat=True))


# the life


def test_who_may_do_what_with_a_question(call):
    people = everybody(an_organisation())
    question = Question(call=call, asked_by=people["owner"])
    question._state.adding = False

    def row_in(status):
        question.status = status
        return question

    assert golden_table(QUESTION, QuestionStatus, people, row_in) == WHO_MAY_DO_WHAT.strip("\n")


WHO_MAY_DO_WHAT = """
            owner      stranger  officer           evaluator  authorising  auditor  national  admin  system
ASKED       take_back  -         answer decline    -          -            -        -         -      -
ANSWERED    -          -         correct withdraw  -          -            -        -         -      -
WITHDRAWN   -          -         correct           -          -            -        -         -      -
DECLINED    -          -         answer            -          -            -        -         -      -
TAKEN_BACK  -          -         -                 -          -            -        -         -      -
"""


@pytest.mark.parametrize("other", [an_officer, an_evaluator, an_auditor])
def test_only_national_authorities_ask(call, other):
    with pytest.raises(NotAllowed):
        asked(call, by=other())


def test_what_is_asked_is_seen_by_its_asker_the_commission_and_auditors_alone(call, asker):
    question = asked(call, by=asker)
    readers = [asker, an_officer(), an_authorising_officer(), an_auditor()]
    others = [an_applicant(asker.organisation), an_applicant(), an_evaluator()]
    assert [Question.objects.visible_to(one).filter(pk=question.pk).exists() for one in readers] == [True] * 4
    assert [Question.objects.visible_to(one).filter(pk=question.pk).exists() for one in others] == [False] * 3


def test_questions_are_taken_until_their_day_or_the_closing(call, asker):
    asked(call, by=asker, at=CLOSES - timedelta(milliseconds=1))
    with pytest.raises(WrongState, match="were taken until"):
        asked(call, by=asker, at=CLOSES)
    earlier = a_call(questions_close_at=NOON)
    asked(earlier, by=asker, at=NOON - timedelta(milliseconds=1))
    with pytest.raises(WrongState, match="read those that are answered"):
        asked(earlier, by=asker, at=NOON)


def test_nobody_asks_on_a_call_that_takes_no_applications(asker):
    with pytest.raises(WrongState, match="no questions either"):
        asked(a_call(status="CHECKING"), by=asker)


def test_one_person_does_not_bury_the_office(call, asker):
    for _one in range(MOST_WAITING):
        asked(call, by=asker)
    with pytest.raises(TooMany):
        asked(call, by=asker)
    asked(call, by=an_applicant(asker.organisation))
    asked(a_call(), by=asker)


def test_answers_are_numbered_as_they_are_published_not_as_they_were_asked(call, asker):
    first, second = asked(call, by=asker), asked(call, by=asker)
    officer = an_officer()
    assert answer_question(second, by=officer, at=NOON, **WORDS).number == 1
    assert answer_question(first, by=officer, at=NOON, **WORDS).number == 2
    assert answered(a_call(), by=asker).number == 1


def test_a_corrected_answer_keeps_the_one_before(call, asker):
    question = answered(call, by=asker)
    corrected = correct_reply(
        question, by=an_officer(), at=NOON + DAY, reason="The law changed.", asked=WORDS["asked"], text="No."
    )  # fmt: skip
    replies = list(corrected.replies.values_list("version", "text", "because"))
    assert replies == [(2, "No.", "The law changed."), (1, WORDS["text"], "")]
    assert (corrected.number, corrected.status) == (1, "ANSWERED")


def test_a_correction_that_changes_nothing_is_no_version(call, asker):
    question = answered(call, by=asker)
    assert correct_reply(question, by=an_officer(), at=NOON, reason="x", **WORDS).stamp == question.stamp
    assert question.replies.count() == 1


def test_a_correction_says_why_and_knows_what_it_corrects(call, asker):
    question = answered(call, by=asker)
    with pytest.raises(Incomplete):
        correct_reply(question, by=an_officer(), at=NOON, asked="a", text="b")
    correct_reply(question, by=an_officer(), at=NOON, reason="x", asked="a", text="b")
    with pytest.raises(Stale):
        correct_reply(question, by=an_officer(), at=NOON, reason="y", base=question.stamp, asked="c", text="d")


def test_a_withdrawn_answer_is_taken_up_again_even_with_the_same_words(call, asker):
    withdrawn = withdraw_reply(answered(call, by=asker), by=an_officer(), at=NOON, reason="Wrong law.")
    assert (withdrawn.status, withdrawn.because) == ("WITHDRAWN", "Wrong law.")
    again = correct_reply(withdrawn, by=an_officer(), at=NOON, reason="It was right.", **WORDS)
    assert (again.status, again.because, again.replies.count()) == ("ANSWERED", "", 2)


def test_what_is_declined_is_told_to_its_asker_alone_and_can_be_answered_later(call, asker):
    follow_call(call, by=an_applicant())
    declined = decline_question(asked(call, by=asker), by=an_officer(), at=NOON, reason="It names your partner.")
    letter = Mail.objects.get()
    assert letter.to == asker.email
    assert "It names your partner." in letter.body
    assert answer_question(declined, by=an_officer(), at=NOON, **WORDS).because == ""


def test_after_the_closing_nobody_answers_for_one_alone(call, asker):
    waiting, public = asked(call, by=asker), answered(call, by=asker)
    with pytest.raises(WrongState, match="nobody can use an answer"):
        answer_question(waiting, by=an_officer(), at=CLOSES, **WORDS)
    with pytest.raises(WrongState):
        correct_reply(public, by=an_officer(), at=CLOSES, reason="x", asked="a", text="b")


def test_the_asker_takes_a_question_back_until_it_is_answered(call, asker):
    assert QUESTION.run("take_back", asked(call, by=asker), by=asker, at=NOON).status == "TAKEN_BACK"
    with pytest.raises(WrongState):
        QUESTION.run("take_back", answered(call, by=asker), by=asker, at=NOON)


def test_the_database_refuses_a_published_question_without_a_number_and_a_silent_correction(call, asker):
    question = answered(call, by=asker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(number=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(status="WITHDRAWN")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(
            question=question, version=2, asked="a", text="b", replied_at=NOON, replied_by=an_officer()
        )  # fmt: skip


def test_the_trail_tells_the_whole_story(call, asker):
    question = answered(call, by=asker)
    acts = AuditRecord.objects.of_chain(question.chain).values_list("act", "actor_name")
    assert [act for act, _who in acts] == ["question.ask", "question.answer"]
    assert acts[0][1] == asker.name
    last = AuditRecord.objects.of_chain(question.chain).last()
    assert last.changes["answer"] == ["", WORDS["text"]]
    assert asker.name not in last.subject_name


# who is told


def test_an_answer_reaches_who_follows_who_asked_and_who_has_a_draft_once(call, asker, keep_promises):
    follower, both, left = an_applicant(), an_applicant(), an_applicant()
    for one in (follower, both):
        follow_call(call, by=one)
    applicant = an_applicant()
    for one in (applicant, both):
        a_draft(by=one, call=call)
    keep_promises()
    Mail.objects.all().delete()

    reply = answered(call, by=asker).replies.get()
    keep_promises()
    tell_of_the_reply(reply.pk)

    assert told() == sorted([follower.email, both.email, applicant.email, asker.email])
    assert left.email not in told()
    body = Mail.objects.first().body
    assert WORDS["asked"] in body
    assert WORDS["text"] in body
    assert SECRET not in body
    assert asker.name not in body
    assert len(mail.outbox) == len(told())


def test_a_correction_and_a_withdrawal_are_told_again(call, asker):
    question = answered(call, by=asker)
    tell_of_the_reply(question.replies.first().pk)
    question = correct_reply(question, by=an_officer(), at=NOON, reason="The law changed.", asked="a", text="b")
    tell_of_the_reply(question.replies.first().pk)
    question = withdraw_reply(question, by=an_officer(), at=NOON, reason="Wrong law.")
    tell_of_the_withdrawal(question.pk)
    tell_of_the_withdrawal(question.pk)
    subjects = list(Mail.objects.order_by("written_at").values_list("subject", flat=True))
    assert subjects == [
        f"Answer to question 1 on the call {call}",
        f"Answer to question 1 on the call {call}, corrected (version 2)",
        f"Answer to question 1 on the call {call} withdrawn (version 2)",
    ]
    assert "The law changed." in Mail.objects.get(subject=subjects[1]).body
    assert "Do not rely on it any more." in Mail.objects.get(subject=subjects[2]).body


def test_what_was_taken_up_again_meanwhile_is_not_told_as_withdrawn(call, asker):
    question = withdraw_reply(answered(call, by=asker), by=an_officer(), at=NOON, reason="Wrong law.")
    correct_reply(question, by=an_officer(), at=NOON, reason="It was right.", **WORDS)
    tell_of_the_withdrawal(question.pk)
    assert told() == []


def test_a_corrigendum_reaches_who_follows_and_has_no_application(call):
    follower, both = an_applicant(), an_applicant()
    for one in (follower, both):
        follow_call(call, by=one)
    a_draft(by=both, call=call)
    proposed = propose_corrigendum(
        call, by=an_officer(), at=NOON, reason="An outage.", values={"closes_at": CLOSES + DAY}
    )  # fmt: skip
    publish_corrigendum(proposed, by=an_officer(), at=NOON)
    corrigendum = call.corrigenda.get()
    assert Promise.objects.filter(kind="tell_followers", subject_id=corrigendum.pk).exists()

    tell_of_the_corrigendum(corrigendum.pk)
    tell_of_the_corrigendum(corrigendum.pk)

    assert told() == [follower.email]
    assert "An outage." in Mail.objects.get().body


def test_the_desk_of_an_officer_names_the_calls_with_questions(call, asker):
    officer = an_officer()
    assert waiting_for(officer, NOON) == []
    for _one in range(2):
        asked(call, by=asker)
    (line,) = waiting_for(officer, NOON)
    assert (line.sentence, line.count) == (f"{call}: answer 2 questions.", 2)
    assert line.until == CLOSES
    assert waiting_for(asker, NOON) == []
    assert waiting_for(officer, CLOSES) == []


# pages


def an_open_call(**fields):
    now = clock.now()
    return a_call(opens_at=now - DAY, closes_at=now + 30 * DAY, **fields)


def test_from_the_question_to_the_answer_on_the_pages(client, asker):
    call, officer = an_open_call(contact="HOME-ISF-CALLS@ec.example.eu"), an_officer()
    client.force_login(asker)
    assert client.post(f"/calls/{call.pk}/ask/", {"text": "  "}).status_code == 400
    assert client.post(f"/calls/{call.pk}/ask/", {"text": SECRET}).status_code == 302
    question = Question.objects.get()
    assert "Asked by Asker of Ruritania" in client.get(f"/calls/{call.pk}/questions/").text
    assert SECRET in client.get(f"/questions/{question.pk}/").text.replace("&#x27;", "'")

    client.force_login(officer)
    assert f"{call}: answer 1 question." in client.get("/desk/").text
    assert SECRET in client.get(f"/questions/{question.pk}/answer/").text
    said = {**WORDS, "stamp": question.stamp}
    assert client.post(f"/questions/{question.pk}/answer/", said).status_code == 302
    again = client.post(f"/questions/{question.pk}/answer/", said)
    assert again.status_code == 409
    question.refresh_from_db()
    said = {"asked": "Reworded.", "text": "No.", "reason": "The law changed.", "stamp": question.stamp}
    assert WORDS["text"] in client.get(f"/questions/{question.pk}/correct/").text
    assert client.post(f"/questions/{question.pk}/correct/", {**said, "reason": ""}).status_code == 400
    assert client.post(f"/questions/{question.pk}/correct/", said).status_code == 302

    client.logout()
    everybody_reads(client.get(f"/calls/{call.pk}/").text, client.get(f"/calls/{call.pk}/questions/").text)
    assert "HOME-ISF-CALLS@ec.example.eu" in client.get(f"/calls/{call.pk}/").text
    assert client.get(f"/questions/{question.pk}/").status_code == 302


def everybody_reads(*pages):
    for page in pages:
        assert "Reworded." in page
        assert "Why it was corrected: The law changed." in page
        assert WORDS["text"] in page
        assert "ferry" not in page
        assert "Ruritania" not in page


def test_a_withdrawn_answer_says_so_to_everybody(client, asker):
    call = an_open_call()
    question = answered(call, by=asker, at=clock.now())
    client.force_login(an_officer())
    button = {"reason": "Wrong law.", "stamp": question.stamp}
    assert client.post(f"/questions/{question.pk}/withdraw/", button).status_code == 302
    client.logout()
    page = client.get(f"/calls/{call.pk}/questions/").text
    assert "The answer was withdrawn: do not rely on it" in page
    assert "Wrong law." in page


def test_a_visitor_s_next_step_is_plain(client):
    call = an_open_call()
    page = client.get(f"/calls/{call.pk}/").text
    assert "Sign in to apply" in page
    assert f"?next=%2Fapplications%2Fstart%2F{call.pk}%2F" in page
    assert "National authorities sign in to ask." in page
    assert "Follow this call" not in page
    client.force_login(an_applicant())
    page = client.get(f"/calls/{call.pk}/").text
    assert "Sign in to apply" not in page
    assert "Ask a question" in page
    client.logout()
    assert "Sign in to apply" not in client.get(f"/calls/{a_call().pk}/").text


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_of_questions_asks_the_same_of_the_database_however_many(
    client, asker, number, django_assert_max_num_queries
):
    call = an_open_call()
    for place in range(1, number + 1):
        question = Question.objects.create(
            call=call, asked_by=asker, asked_at=NOON, text="x", status="ANSWERED", number=place
        )  # fmt: skip
        Reply.objects.create(
            question=question, version=1, asked=f"Number {place}?", text="Yes.", replied_at=NOON, replied_by=asker
        )  # fmt: skip
    with django_assert_max_num_queries(5):
        page = client.get(f"/calls/{call.pk}/questions/").text
    assert f"Number {number}?" in page
    assert page.count("<article") == min(number, 25)
    if number > 25:
        assert "Number 1?" in client.get(f"/calls/{call.pk}/questions/?page=2").text


# programs


def test_the_same_through_the_api(asker):
    call = an_open_call()
    program, office = as_person(asker), as_person(an_officer())
    sent = program.post(f"/api/calls/{call.pk}/ask/", {"text": SECRET}, format="json", headers={"Idempotency-Key": "a"})
    assert (sent.status_code, sent.data["status"], sent.data["steps"]) == (201, "ASKED", ["take_back"])
    twice = program.post(
        f"/api/calls/{call.pk}/ask/", {"text": SECRET}, format="json", headers={"Idempotency-Key": "a"}
    )
    assert (twice.status_code, twice.json()["id"]) == (201, sent.data["id"])
    assert office.post(f"/api/calls/{call.pk}/ask/", {"text": SECRET}, format="json").status_code == 403
    (waiting,) = office.get("/api/questions/").data
    assert (waiting["text"], waiting["asked_by"]) == (SECRET, asker.name)
    address = f"/api/questions/{waiting['id']}/"
    assert as_person(an_applicant()).get(address).status_code == 404
    assert program.post(f"{address}answer/", WORDS, format="json").status_code == 403
    assert office.post(f"{address}answer/", {"asked": "x"}, format="json").status_code == 400
    said = office.post(f"{address}answer/", {**WORDS, "stamp": waiting["stamp"]}, format="json")
    assert (said.status_code, said.data["number"]) == (200, 1)
    change = {"asked": "a", "text": "b", "reason": "c", "stamp": waiting["stamp"]}
    assert office.post(f"{address}correct/", change, format="json").status_code == 409
    assert office.post(f"{address}correct/", {**change, "stamp": said.data["stamp"]}, format="json").status_code == 200
    assert (
        office.post(f"{address}steps/withdraw/", {"reason": "Wrong law."}, format="json").data["status"] == "WITHDRAWN"
    )
    (public,) = as_person(an_applicant()).get(f"/api/calls/{call.pk}/questions/").data
    assert set(public) == {"number", "status", "status_label", "because", "replies"}
    assert [one["text"] for one in public["replies"]] == ["b", WORDS["text"]]


def as_person(person):
    client = APIClient()
    client.force_authenticate(person)
    return client
