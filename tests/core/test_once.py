"""A request with its sender's key is done once: sent again, at once, or when the answer was lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import ANY

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import Token
from applications.api import ApplicationViewSet
from applications.models import Application, Attachment, Attempt
from core import clock
from core.models import KeptAnswer
from core.once import KEPT_FOR, forget_old
from tests.applications.factories import PDF, an_owner
from tests.core.programs import kind_of, program_of
from tests.described import operations
from tests.factories import a_call, an_applicant, an_officer

KEY = {"Idempotency-Key": "my-42"}


def start(program, call, headers=KEY, **more):
    return program.post("/api/applications/", {"call": str(call.pk), **more}, format="json", headers=headers)


def test_the_same_request_is_answered_the_same_byte_for_byte(owner, call):
    first = start(program_of(owner), call)
    started = Application.objects.get()
    Application.objects.update(stamp=9)  # whatever has become of the row
    again = start(program_of(owner), call)
    assert (again.status_code, again.content) == (first.status_code, first.content) == (201, ANY)
    assert (again.headers["Content-Type"], again.headers["Idempotency-Replayed"]) == ("application/json", "true")
    assert "Idempotency-Replayed" not in first.headers
    assert Application.objects.get().pk == started.pk


def test_another_order_of_the_same_words_is_the_same_and_other_words_are_refused(owner, call):
    program = program_of(owner)
    first = start(program, call, source=None)
    body = f'{{"source":null ,  "call": "{call.pk}"}}'
    again = program.post("/api/applications/", body, content_type="application/json", headers=KEY)
    assert again.content == first.content
    other = start(program, a_call(fund=call.fund, reference="ISFP-2020-OTHER"))
    assert (other.status_code, kind_of(other)) == (422, "other-request")
    assert Application.objects.count() == 1


def test_a_key_is_its_senders_and_its_addresss(owner, call, draft):
    colleague, stranger = an_applicant(owner.organisation), an_owner(state="NL")
    ids = {start(program_of(one), call).json()["id"] for one in (owner, colleague, stranger)}
    assert len(ids) == 3
    sent = program_of(owner).post(f"/api/applications/{draft.pk}/steps/withdraw/", {"reason": "No."}, headers=KEY)
    assert (sent.status_code, sent.json()["id"]) == (200, str(draft.pk))


def test_a_step_on_a_row_is_taken_once(owner, draft):
    """Without the key the second one would be refused: the row does not stand so any more."""
    program, address = program_of(owner), f"/api/applications/{draft.pk}/steps/withdraw/"
    first, again = (program.post(address, {"reason": "No."}, format="json", headers=KEY) for _time in range(2))
    assert (first.status_code, again.status_code, first.content) == (200, 200, again.content)
    assert program.post(address, {"reason": "No."}, format="json").status_code == 409


def test_what_was_refused_changed_nothing_and_may_come_again(owner, draft):
    program, address = program_of(owner), f"/api/applications/{draft.pk}/steps/withdraw/"
    assert program.post(address, {"reason": ""}, format="json", headers=KEY).status_code == 400
    assert not KeptAnswer.objects.exists()
    assert program.post(address, {"reason": "No."}, format="json", headers=KEY).status_code == 200


def test_a_file_is_attached_once_whatever_the_borders_of_its_parts(owner, call):
    program, address = (
        program_of(owner),
        f"/api/applications/{start(program_of(owner), call).json()['id']}/attachments/",
    )

    def attach(content):
        file = SimpleUploadedFile("description.pdf", content, content_type="application/pdf")
        return program.post(address, {"kind": "DESCRIPTION", "file": file}, format="multipart", headers=KEY)

    first, again, other = attach(PDF), attach(PDF), attach(PDF + b"\n")
    assert (first.status_code, first.content, other.status_code) == (201, again.content, 422)
    assert Attachment.objects.count() == 1


def test_a_submission_keeps_its_ledger_and_its_one_version(owner, draft):
    program, address = program_of(owner), f"/api/applications/{draft.pk}/submit/"
    first, again = (program.post(address, {}, format="json", headers=KEY) for _time in range(2))
    assert (first.content, first.json()["versions"]) == (again.content, 1)
    assert [one.outcome for one in Attempt.objects.all()] == ["ACCEPTED", "ACCEPTED"]
    stamp = first.json()["stamp"]
    other = program.post(address, {"stamp": stamp}, format="json", headers=KEY)
    assert (other.status_code, Attempt.objects.count()) == (422, 2)


def test_a_secret_is_told_once_and_kept_nowhere(owner):
    owner.set_password("horse staple battery")
    owner.save(update_fields=["password"])
    said = {"email": owner.email, "password": "horse staple battery"}
    first, again = (APIClient().post("/api/token/", said, format="json", headers=KEY) for _time in range(2))
    assert (first.status_code, again.status_code, kind_of(again)) == (201, 409, "answered-once")
    assert Token.objects.filter(person=owner).count() == 1
    kept = KeptAnswer.objects.get()
    assert (kept.body, first.json()["token"] in str(vars(kept)), said["password"] in str(vars(kept))) == (
        None,
        False,
        False,
    )
    wrong = APIClient().post("/api/token/", {**said, "password": "a guess"}, format="json", headers=KEY)
    assert wrong.status_code == 400  # a stranger's key tells nothing of another's


def test_a_key_is_short_and_plain(owner, call):
    for key in ("x" * 256, "k\N{LATIN SMALL LETTER E WITH ACUTE}y"):
        refused = start(program_of(owner), call, headers={"Idempotency-Key": key})
        assert (refused.status_code, list(refused.json()["gaps"])) == (400, ["Idempotency-Key"])


def test_keys_run_out_after_a_day(owner, call):
    officer = program_of(an_officer())
    KeptAnswer.objects.all().delete()
    make = {"fund": call.fund.code, "reference": "ISFP-2021-NEW", "title": "New"}
    first = officer.post("/api/calls/", make, format="json", headers=KEY)
    assert first.status_code == 201, first.content
    KeptAnswer.objects.update(made_at=clock.now() - KEPT_FOR)
    assert officer.post("/api/calls/", {**make, "title": "Other"}, format="json", headers=KEY).status_code != 422
    KeptAnswer.objects.update(made_at=clock.now() - KEPT_FOR)
    forget_old(at=clock.now())
    assert not KeptAnswer.objects.exists()


@pytest.mark.usefixtures("transactional_db")
def test_equal_requests_at_once_make_one_row(owner, call):
    programs, together = [program_of(owner) for _one in range(6)], threading.Barrier(6)

    def send(program):
        try:
            together.wait()
            return start(program, call)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(send, programs))
    done = {one.content for one in answers if one.status_code == 201}
    waiting = [one for one in answers if one.status_code != 201]
    assert (len(done), {(one.status_code, kind_of(one)) for one in waiting} <= {(409, "under-way")}) == (1, True)
    assert Application.objects.count() == KeptAnswer.objects.count() == 1


@pytest.mark.usefixtures("transactional_db")
def test_whoever_comes_while_the_first_is_at_work_is_told_to_come_again(owner, call, monkeypatch):
    """The first one is in the middle of its act, on a connection of its own."""
    inside, go_on, create = threading.Event(), threading.Event(), ApplicationViewSet.create

    def slowly(view, request):
        answer = create(view, request)
        inside.set()
        assert go_on.wait(20)
        return answer

    monkeypatch.setattr(ApplicationViewSet, "create", slowly)
    first, second = program_of(owner), program_of(owner)

    def send():
        try:
            return start(first, call)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        sent = threads.submit(send)
        assert inside.wait(20)
        meanwhile = start(second, call)
        go_on.set()
        done = sent.result()
    assert (meanwhile.status_code, kind_of(meanwhile), meanwhile.headers["Retry-After"]) == (409, "under-way", "1")
    assert start(second, call).content == done.content


@pytest.mark.usefixtures("transactional_db")
def test_a_process_that_dies_before_its_answer_leaves_neither_row_nor_key(owner, call, monkeypatch):
    """It dies after the act and before the commit: nothing is there, and the same request is done as a first one."""
    monkeypatch.setattr("core.once.kept", lambda *_all: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        start(program_of(owner), call)
    assert not Application.objects.exists()
    monkeypatch.undo()
    assert start(program_of(owner), call).status_code == 201


def test_every_post_of_the_interface_takes_a_key():
    posts = [one for method, _pattern, one in operations() if method == "post"]
    without = [one["operationId"] for one in posts if "Idempotency-Key" not in [p["name"] for p in one["parameters"]]]
    assert (without, len(posts) > 60) == ([], True)
    assert [one["operationId"] for one in posts if not {"409", "422"} <= one["responses"].keys()] == []
