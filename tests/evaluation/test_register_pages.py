"""The register as its people meet it: one's own page, the officers' list, the interface for programs."""

import json

import pytest
from django.urls import reverse

from evaluation.actions import keep_entry
from evaluation.models import Batch, RegisterEntry
from tests.evaluation.factories import an_eligible_application
from tests.evaluation.pages import cells_of, words_of
from tests.factories import (
    a_fund,
    a_national_auditor,
    an_admin,
    an_applicant,
    an_auditor,
    an_evaluator,
    an_officer,
)

pytestmark = pytest.mark.django_db
MINE, LIST, API = reverse("my_entry"), reverse("evaluators"), "/api/evaluators/"


@pytest.fixture
def hers(client):
    a_fund()
    evaluator = an_evaluator(name="Ana Analyst")
    client.force_login(evaluator)
    return evaluator


def test_an_evaluator_finds_the_page_on_her_own_and_keeps_her_entry(client, hers):
    assert MINE in words_of(client.get(reverse("evaluation")))

    answer = client.post(MINE, {
        "keywords": "digital forensics\r\n\r\nDNA", "languages": ["en"], "actions": ["isf-police:a"], "most": "5",
        "from_1": "20.12.2099", "until_1": "2100-01-06", "stamp": "never",
    }, follow=True)  # fmt: skip

    entry = RegisterEntry.objects.get(person=hers)
    assert (entry.keywords, entry.most, entry.absences) == (["digital forensics", "DNA"], 5, ["2099-12-20/2100-01-06"])
    assert "20 December 2099 – 6 January 2100" in words_of(answer)
    assert "Your entry in the register is kept." in words_of(answer)
    shown = client.get(MINE).context["form"]
    assert (shown["keywords"].value(), shown["from_1"].value()) == ("digital forensics\nDNA", "2099-12-20")


def test_words_of_others_are_offered_and_hers_are_not(client, hers):
    keep_entry(by=an_evaluator(), said={"keywords": ["radio", "DNA"]})
    keep_entry(by=hers, said={"keywords": ["dna"]})

    form = client.get(MINE).context["form"]
    assert [word for word, _label in form.fields["offered"].choices] == ["radio"]

    client.post(MINE, {"keywords": "DNA", "offered": ["radio"], "stamp": "0"})
    assert RegisterEntry.objects.get(person=hers).keywords == ["DNA", "radio"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"from_2": "2099-01-01"}, "Give both days of an absence."),
        ({"until_2": "2099-01-01"}, "Give both days of an absence."),
        ({"from_1": "2099-02-01", "until_1": "2099-01-01"}, "lies before its first"),
        ({"most": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_stays_on_the_page_with_its_sentence(client, hers, said, sentence):
    answer = client.post(MINE, {"keywords": "DNA", "stamp": "never", **said})

    assert answer.status_code == 400
    assert sentence in words_of(answer)
    assert not RegisterEntry.objects.exists()


def test_two_windows_do_not_write_over_each_other(client, hers):
    client.post(MINE, {"most": "5", "stamp": "never"})

    answer = client.post(MINE, {"most": "7", "stamp": "never"})
    assert answer.status_code == 409
    assert RegisterEntry.objects.get().most == 5

    keep_entry(by=hers, said={"most": 6})
    answer = client.post(MINE, {"most": "7", "stamp": "0"})
    assert answer.status_code == 409
    assert "was “5”, is now “6”" in words_of(answer)


@pytest.mark.parametrize(
    ("make", "mine", "list_"),
    [
        (an_evaluator, 200, 404), (an_officer, 200, 200), (an_auditor, 404, 200), (an_applicant, 404, 404),
        (a_national_auditor, 404, 404), (an_admin, 404, 404),
    ],
)  # fmt: skip
def test_who_finds_which_page(client, make, mine, list_):
    entry = keep_entry(by=an_evaluator(), said={"most": 5})
    client.force_login(make())

    assert client.get(MINE).status_code == mine
    assert client.get(LIST).status_code == list_
    assert client.get(entry.get_absolute_url()).status_code == list_


@pytest.fixture
def register(client):
    a_fund()
    ana, ben = an_evaluator(name="Ana", state="EL", entity=""), an_evaluator(name="Ben")
    an_evaluator(name="Cleo")
    said = {"keywords": ["DNA"], "languages": ["en", "fr"], "actions": ["isf-police:a"], "most": 5}
    keep_entry(by=ana, said=said | {"absences": ["2000-01-01/2000-01-02", "2099-01-01/2099-01-02"]})
    keep_entry(by=ben, said={"languages": ["de"], "actions": ["isf-police:b"]})
    client.force_login(an_officer(name="Zoe"))
    return client


def names(answer):
    return [row.object.name for row in answer.context["list"].rows]


def test_an_officer_sees_who_knows_what_also_who_says_nothing_yet(register):
    answer = register.get(LIST)

    assert names(answer) == ["Ana", "Ben", "Cleo"]
    shown = {name: cell.text for name, cell in cells_of(answer, "Ana").items()}
    assert shown == {
        "name": "Ana", "place": "EL", "keywords": "DNA", "actions": "(a)", "languages": "English, French", "most": 5,
        "absences": "1 January 2099 – 2 January 2099",
    }  # fmt: skip
    assert cells_of(answer, "Cleo")["languages"].text == ""
    assert cells_of(answer, "Cleo")["name"].url is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?language=fr", ["Ana"]), ("?action=isf-police:b", ["Ben"]), ("?language=fr&action=isf-police:b", []),
        ("?entry=no", ["Cleo"]), ("?entry=yes", ["Ana", "Ben"]), ("?q=cle", ["Cleo"]),
        ("?sort=-name&entry=yes", ["Ben", "Ana"]),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(register, query, found):
    assert names(register.get(LIST + query)) == found


def test_however_many_they_are_the_page_asks_the_same(register, django_assert_max_num_queries):
    for number in range(30):
        keep_entry(by=an_evaluator(name=f"Person {number:02}"), said={"languages": ["en"]})

    with django_assert_max_num_queries(12):
        answer = register.get(LIST)
    assert len(names(answer)) == 25


def test_the_list_leaves_as_a_file_with_what_it_says(register):
    answer = register.get(LIST + "?format=csv&language=fr")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].startswith('Ana,EL,DNA,isf-police:a,"en, fr",5')


# assigning by hand


def test_who_is_offered_says_what_fits_and_what_bars(client, call, officer):
    application = an_eligible_application(call)
    keep_entry(by=an_evaluator(name="Ana"), said={"keywords": ["analysts", "DNA"]})
    keep_entry(by=an_evaluator(name="Ben"), said={"absences": ["2000-01-01/2100-01-01"]})
    client.force_login(officer)

    answer = client.get(reverse("assign_one", args=[application.pk]))

    assert cells_of(answer, "Ana")["fits"].text == "analysts"
    assert cells_of(answer, "Ana")["bars"].text == "nothing"
    assert "Ben is away on 22 of the 22 days" in cells_of(answer, "Ben")["bars"].text


# the interface for programs


def test_an_evaluator_keeps_her_entry_by_the_interface(client, hers):
    said = {"keywords": ["DNA"], "most": None}
    made = client.post(API + "keep/", json.dumps(said), content_type="application/json").json()
    assert (made["keywords"], made["most"], made["steps"]) == (["DNA"], None, ["correct"])

    kept = client.post(API + "keep/", json.dumps({"most": 4}), content_type="application/json").json()
    assert (kept["keywords"], kept["most"], kept["stamp"]) == (["DNA"], 4, 1)
    stale = client.post(API + "keep/", json.dumps({"most": 9, "stamp": 0}), content_type="application/json")
    assert (stale.status_code, list(stale.json()["gaps"])) == (409, ["most"])
    wrong = client.post(API + "keep/", json.dumps({"languages": ["xx"]}), content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["gaps"])) == (400, ["languages"])
    assert client.get(f"{API}{made['id']}/").json()["most"] == 4
    assert client.get(API).json()["results"] == []  # the list is the officers'


def test_the_interface_lists_for_officers_what_the_page_lists(register):
    found = register.get(API + "?language=fr").json()["results"]

    assert [(one["name"], one["languages"], one["most"]) for one in found] == [("Ana", "en, fr", 5)]
    assert register.post(API + "keep/", "{}", content_type="application/json").status_code == 200  # her own, empty


def test_who_assesses_nothing_has_no_entry(client):
    client.force_login(an_auditor())

    answer = client.post(API + "keep/", json.dumps({"most": 4}), content_type="application/json")

    assert answer.status_code == 403


def test_an_officer_asks_for_a_language_and_the_batch_says_so(client, call, officer):
    an_eligible_application(call)
    keep_entry(by=an_evaluator(name="Ana"), said={"languages": ["fr"]})
    an_evaluator(name="Silent")
    client.force_login(officer)

    said = {"wanted": "2", "seed": "1", "languages": ["fr"]}
    answer = client.post(reverse("assign_automatically", args=[call.pk]), said, follow=True)

    assert [line.evaluator.name for line in Batch.objects.get().lines.all()] == ["Ana"]
    assert ("Languages that everybody must read", "French") in answer.context["facts"]
    assert "1 evaluator cannot be asked now: the register or the pool says why." in words_of(answer)
