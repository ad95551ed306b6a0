"""The list of applications to assign, one application and one person by hand, the pages of proposals and files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications.models import Application
from evaluation.actions import assign_evaluator, bar_person, recuse_evaluator, release_evaluator
from evaluation.models import Assessment, Batch
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_consensus,
    an_assigned,
    an_eligible_application,
)
from tests.evaluation.pages import LATER, cells_of, numbers, words_of
from tests.factories import an_auditor, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db


# the list


def test_only_applications_whose_evaluators_may_still_be_chosen_stand_on_it(assigning, call):
    open_, agreeing = an_eligible_application(call), an_eligible_application(call)
    a_consensus(agreeing)
    an_eligible_application(a_call_under_evaluation())

    assert numbers(assigning()) == [open_.reference]


def test_an_application_that_the_officer_judges_is_another_officers_to_assign(assigning, call, officer):
    mine, other = an_eligible_application(call), an_eligible_application(call)
    an_assigned(mine, officer)

    assert numbers(assigning()) == [other.reference]


def test_an_application_with_which_the_officer_is_in_conflict_is_not_even_named(assigning, call, officer):
    mine = an_eligible_application(call)
    assessment = an_assigned(mine, officer)
    recuse_evaluator(assessment, by=officer, at=DAY, reason="My brother leads it.")

    answer = assigning()

    assert mine.reference not in words_of(answer)
    assert "No application can be assigned now." in words_of(answer)


def test_each_line_says_who_is_there_and_how_many_lack(assigning, call):
    application = an_eligible_application(call)
    an_assigned(application, an_evaluator(name="Ana"))
    released = an_assigned(application, an_evaluator(name="Ben"))
    release_evaluator(released, by=an_officer(), at=DAY, reason="Ill.")

    cells = cells_of(assigning(), application.reference)

    assert (cells["evaluators"].text, cells["assigned"].text, cells["assigned"].tone, cells["lacking"].text) == (
        "Ana", "1\xa0of\xa02", "bad", 1,
    )  # fmt: skip


def test_those_that_lack_evaluators_are_found(assigning, call):
    full, short = an_eligible_application(call), an_eligible_application(call)
    for _ in range(2):
        an_assigned(full)

    assert numbers(assigning("?short=yes")) == [short.reference]
    assert numbers(assigning("?short=no")) == [full.reference]
    assert "1" in [str(value) for value, _label, *_ in assigning().context["figures"]]


def test_the_figures_count_all_pages(assigning, call):
    for _ in range(27):
        an_eligible_application(call)

    answer = assigning()

    assert [value for value, *_more in answer.context["figures"]] == [27, 27, 54]
    assert len(numbers(answer)) == 25


def test_three_hundred_by_sixty_stay_below_200_kilobytes_and_have_no_control_for_a_pair(assigning, call):
    """The matrix of before had 8 megabytes and a box for each of 18,000 pairs."""
    first = an_eligible_application(call)
    texts = [f.attname for f in Application._meta.concrete_fields if f.attname not in {"id", "reference"}]
    Application.objects.bulk_create(
        Application(**{name: getattr(first, name) for name in texts}, reference=f"{call.reference}-{n}")
        for n in range(1000, 1299)
    )
    for _ in range(60):
        an_evaluator()

    answer = assigning()

    assert len(answer.content) < 200_000
    assert answer.content.count(b"checkbox") == 0
    assert len(numbers(answer)) == 25


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_no_more_for_more_rows(assigning, call, django_assert_max_num_queries, rows):
    for _ in range(rows):
        an_assigned(an_eligible_application(call))

    with django_assert_max_num_queries(16):
        answer = assigning()

    assert len(numbers(answer)) == rows


@pytest.mark.parametrize("person", [an_auditor, an_authorising_officer, an_evaluator])
def test_only_officers_find_the_pages(client, call, person):
    application, evaluator = an_eligible_application(call), an_evaluator()
    client.force_login(person())

    for name, args in (
        ("assign", [call.pk]), ("assign_one", [application.pk]), ("assign_person", [application.pk, evaluator.pk]),
        ("assign_automatically", [call.pk]), ("assign_file", [call.pk]),
    ):  # fmt: skip
        assert client.get(reverse(name, args=args)).status_code == 404


# by hand


@pytest.fixture
def by_hand(client, officer):
    client.force_login(officer)

    def ask(application, person=None, query="", **said):
        name, args = ("assign_person", [application.pk, person.pk]) if person else ("assign_one", [application.pk])
        address = reverse(name, args=args) + query
        return client.post(address, {"due_at": LATER, **said}) if said else client.get(address)

    return ask


def test_each_person_stands_with_the_load_and_what_bars(by_hand, call):
    application = an_eligible_application(call)
    inside = an_evaluator(name="Inside", organisation=application.applicant)
    busy = an_evaluator(name="Busy")
    an_assigned(an_eligible_application(call), busy)
    an_assigned(an_eligible_application(a_call_under_evaluation()), busy)
    there = an_evaluator(name="There")
    an_assigned(application, there)

    answer = by_hand(application)

    assert "takes part in this application" in cells_of(answer, inside.name)["bars"].text
    assert (cells_of(answer, "Busy")["load"].text, cells_of(answer, "Busy")["bars"].text) == (1, "nothing")
    assert "is assigned to this application already" in cells_of(answer, "There")["bars"].text


def test_people_are_searched_by_name_and_address(by_hand, call):
    application = an_eligible_application(call)
    an_evaluator(name="Željka Ivić")
    an_evaluator(name="Ben")

    assert [row.object.name for row in by_hand(application, query="?q=zeljka").context["list"].rows] == ["Željka Ivić"]


def test_a_closed_account_is_not_offered(by_hand, call):
    application, gone = an_eligible_application(call), an_evaluator(is_active=False, name="Gone Away")

    assert "Gone Away" not in words_of(by_hand(application))
    assert by_hand(application, gone).status_code == 404


def test_one_is_assigned_by_hand(by_hand, call, officer):
    application, evaluator = an_eligible_application(call), an_evaluator()

    answer = by_hand(application, evaluator, confirm="1")

    assert answer["Location"] == reverse("assign_one", args=[application.pk])
    row = Assessment.objects.get()
    assert (row.application, row.evaluator, row.assigned_by, row.batch) == (application, evaluator, officer, None)
    assert evaluator.name in words_of(by_hand(application))


def test_the_page_of_a_person_who_is_barred_says_why_and_has_no_button(by_hand, call):
    application = an_eligible_application(call)
    inside = an_evaluator(organisation=application.applicant)

    page = words_of(by_hand(application, inside))

    assert "takes part in this application" in page
    assert 'name="due_at"' not in page


@pytest.mark.parametrize("due_at", ["", "tomorrow", "2001-01-01T12:00:00", "9999-12-31T23:59:59"])
def test_a_time_limit_that_cannot_be_assigns_nobody(by_hand, call, due_at):
    application, evaluator = an_eligible_application(call), an_evaluator()

    assert by_hand(application, evaluator, due_at=due_at).status_code == 400
    assert not Assessment.objects.exists()


def test_two_officers_at_once_the_second_is_told(by_hand, call):
    application, evaluator = an_eligible_application(call), an_evaluator()
    assign_evaluator(application, evaluator, by=an_officer())

    answer = by_hand(application, evaluator, confirm="1")

    assert answer.status_code == 409
    assert "not possible now" in words_of(answer)
    assert Assessment.objects.count() == 1


def test_somebody_who_was_barred_while_the_page_was_open_is_refused(by_hand, call):
    application, evaluator = an_eligible_application(call), an_evaluator()
    bar_person(Assessment(application=application, evaluator=evaluator), by=an_officer(), reason="A cousin.")

    assert by_hand(application, evaluator, confirm="1").status_code == 409
    assert not Assessment.objects.counting().exists()


def test_an_application_whose_evaluators_agree_meanwhile_is_gone(by_hand, call):
    application, late = an_eligible_application(call), an_evaluator()
    a_consensus(application)

    assert by_hand(application, late, confirm="1").status_code == 404


# a distribution and a file


def test_a_distribution_is_proposed_and_looked_at(client, call, officer):
    application = an_eligible_application(call)
    people = [an_evaluator(name=name) for name in ("Ana", "Ben")]
    client.force_login(officer)
    address = reverse("assign_automatically", args=[call.pk])

    assert client.get(address).context["form"].initial["wanted"] == call.evaluators_wanted
    answer = client.post(address, {"wanted": "2", "seed": "1"})

    batch = Batch.objects.get()
    assert answer["Location"] == batch.get_absolute_url()
    page = words_of(client.get(answer["Location"]))
    assert "2 assignments would be made. Nothing is assigned yet." in page
    assert application.reference in page
    assert "Nothing bars 2 evaluators, of them Ana, whose load becomes 1; all loads lie between 1 and 1." in page
    assert len(people) == batch.size


@pytest.mark.parametrize(
    "said", [{"wanted": ""}, {"wanted": "0", "seed": "1"}, {"wanted": "2", "limit": "0", "seed": "1"}, {"wanted": "x"}]
)
def test_terms_of_nonsense_propose_nothing(client, call, officer, said):
    an_eligible_application(call)
    an_evaluator()
    client.force_login(officer)

    assert client.post(reverse("assign_automatically", args=[call.pk]), said).status_code == 400
    assert not Batch.objects.exists()


def test_a_button_pressed_twice_proposes_once(client, call, officer):
    an_eligible_application(call)
    an_evaluator()
    client.force_login(officer)

    for _ in range(2):
        client.post(reverse("assign_automatically", args=[call.pk]), {"wanted": "1", "seed": "1", "key": "K"})

    assert Batch.objects.count() == 1


def test_confirmed_on_its_page_it_says_how_far_it_has_come(client, call, officer, keep_promises):
    an_eligible_application(call)
    an_evaluator()
    client.force_login(officer)
    client.post(reverse("assign_automatically", args=[call.pk]), {"wanted": "1", "seed": "1"})
    batch = Batch.objects.get()
    address, progress = batch.get_absolute_url(), reverse("assignments_progress", args=[batch.pk])

    assert client.post(address, {"due_at": LATER, "stamp": "7"}).status_code == 409
    assert client.post(address, {"due_at": "soon", "stamp": "0"}).status_code == 400
    assert client.post(address, {"due_at": LATER, "stamp": "0"}).status_code == 302
    assert f'data-poll-url="{progress}"' in words_of(client.get(address))
    assert client.get(progress).json() == {"done": 0, "total": 1, "finished": False}
    client.logout()  # the session ends: the promise does not
    keep_promises()

    client.force_login(officer)
    assert client.get(progress).json() == {"done": 1, "total": 1, "finished": True}
    page = words_of(client.get(address))
    assert "data-poll-url" not in page
    assert "Take back what nobody has begun" in page


def a_file(text, name="pairs.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def hand_in(client, call, officer):
    client.force_login(officer)

    def send(text):
        return client.post(reverse("assign_file", args=[call.pk]), {"file": a_file(text)})

    return send


def test_a_file_becomes_a_batch_of_what_is_not_assigned_yet(hand_in, call):
    application, ana, ben = an_eligible_application(call), an_evaluator(), an_evaluator()
    an_assigned(application, ben)
    head = "\ufeffE-mail;Comment;Application\r\n"

    answer = hand_in(
        f"{head}{ana.email.upper()};new;{application.reference.lower()}\r\n\r\n{ben.email};;'{application.reference}\r\n"
    )

    batch = Batch.objects.get()
    assert answer["Location"] == batch.get_absolute_url()
    assert (batch.source, batch.file_name, batch.size) == ("FILE", "pairs.csv", 1)
    line = batch.lines.get()
    assert (line.application, line.evaluator) == (application, ana)


def test_a_file_with_one_wrong_line_keeps_nothing_and_names_each(hand_in, call):
    application = an_eligible_application(call)
    good, inside = an_evaluator(), an_evaluator(organisation=application.applicant)
    elsewhere = an_eligible_application(a_call_under_evaluation())
    rows = [
        (application.reference, good.email), (application.reference, inside.email), (elsewhere.reference, good.email),
        (application.reference, "nobody@example.eu"), (application.reference, good.email),
    ]  # fmt: skip

    answer = hand_in("application,evaluator\n" + "".join(f"{number},{email}\n" for number, email in rows))

    assert answer.status_code == 400
    page = words_of(answer)
    assert "Line 3" in page
    assert "takes part in this application" in page
    assert f"No application “{elsewhere.reference}” of this call" in page
    assert "No evaluator or officer has the e-mail address “nobody@example.eu”." in page
    assert "The same pair stands in an earlier line." in page
    assert "Line 2:" not in page
    assert not Batch.objects.exists()


def test_hundreds_of_wrong_lines_are_counted_and_the_first_shown(hand_in, call):
    an_eligible_application(call)

    answer = hand_in("application,evaluator\n" + "".join(f"X{n},y{n}@example.eu\n" for n in range(300)))

    assert answer.status_code == 400
    assert len(answer.content) < 200_000
    assert "275 more lines cannot be taken." in words_of(answer)


@pytest.mark.parametrize(("text", "sentence"), [
    (b"", "This field"), (b"application\n1\n", "among them once “e-mail”"),
    (b"application,evaluator\n", "There is no line below the heads of the columns."),
    (b"\xff\xfe\x00a", "Save the file as CSV in UTF-8"), (b"a\x00b", "Save the file as CSV in UTF-8"),
    (b"application,evaluator\n" + b"x" * 1_100_000, "at most 1.0"),
    (b'application,evaluator\n"a"b,c\n', "Line 2 cannot be read as CSV."),
    (b"application,evaluator,e-mail\na,b,c\n", "among them once"),
    (b"application,evaluator\n" + b"a,b\n" * 10_001, "At most 10000 lines are possible at once."),
], ids=["empty", "no-column", "no-line", "utf-16", "null", "large", "quotes", "twice", "long"])  # fmt: skip
def test_what_is_no_such_table_is_refused_in_words(hand_in, call, text, sentence):
    answer = hand_in(text)

    assert answer.status_code == 400
    assert not Batch.objects.exists()
    if text:
        assert sentence in words_of(answer).replace("\xa0", " ")


def test_without_a_file_the_page_asks_for_one(client, call, officer):
    client.force_login(officer)

    answer = client.post(reverse("assign_file", args=[call.pk]), {"file": ""})

    assert "Give an answer here." in words_of(answer)


def test_an_officer_who_judges_one_sees_its_lines_in_no_batch(client, call, officer):
    """Who else judges it is hidden until the own signature."""
    mine, other = an_eligible_application(call), an_eligible_application(call)
    an_evaluator()
    client.force_login(officer)
    client.post(reverse("assign_automatically", args=[call.pk]), {"wanted": "1", "seed": "1"})
    an_assigned(mine, officer)

    page = words_of(client.get(Batch.objects.get().get_absolute_url()))

    assert other.reference in page
    assert mine.reference not in page
