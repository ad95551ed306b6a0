"""Lists of every app: whatever an address asks for, the page answers; a program is told what its list cannot do."""

import pytest

from core.cells import Cell
from core.errors import Incomplete
from core.lists.drawn import words_of
from programmes.lists import CallList
from tests.factories import a_call, an_officer
from tests.lists import LISTS, list_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.__name__)
def test_a_click_on_any_head_gives_a_page_both_ways(one):
    """Also those whose order stands in another table."""
    for sort in list_of(one).sorts:
        for asked in (sort, f"-{sort}"):
            assert list_of(one, sort=asked).load().sort == asked


@pytest.mark.parametrize(("address", "program"), [("/awards/", "/api/decisions/")])
def test_the_list_of_decisions_is_sorted_by_its_call(client, address, program):
    client.force_login(an_officer())
    assert client.get(f"{address}?sort=call").status_code == 200
    assert client.get(f"{program}?sort=-call").json()["results"] == []


WHAT_NO_LIST_CAN_DO = [
    ({"colour": "blue"}, "colour", "“colour” is no filter"),
    ({"sort": "title2"}, "sort", "no order by “title2”; there are: reference, title"),
    ({"sort": "--title"}, "sort", "no order by “--title”"),
    ({"status": "GONE"}, "status", "GONE is not one of the available choices"),
    ({"page": "x"}, "page", "not valid any more"),
]


@pytest.mark.parametrize(("asked", "name", "said"), WHAT_NO_LIST_CAN_DO)
def test_what_is_out_of_date_in_an_address_is_left_out_with_a_notice(client, asked, name, said):
    call = a_call()
    answer = client.get("/calls/", asked)
    assert answer.status_code == 200
    assert call.reference in answer.text
    assert "was left out" in answer.text
    assert said in answer.text
    rows = answer.text[answer.text.index("<thead") :]
    assert f"{name}={asked[name]}" not in rows, "no address asks for it again"


@pytest.mark.parametrize(("asked", "name", "said"), WHAT_NO_LIST_CAN_DO)
def test_a_program_is_refused_by_name(client, asked, name, said):
    client.force_login(an_officer())
    answer = client.get("/api/calls/", asked)
    assert answer.status_code == 400
    assert said in answer.json()["gaps"][name]


@pytest.mark.parametrize("asked", [{"sort": "title2"}, {"status": "GONE"}])
def test_a_file_never_holds_more_than_was_asked_for(asked):
    with pytest.raises(Incomplete):
        CallList(an_officer(), asked).file("csv")


def test_the_rest_of_an_address_stays(client):
    """The filter that fits still narrows, and the page says nothing of the page around the list."""
    a_call(reference="ALPHA")
    a_call(reference="BETA")
    page = client.get("/calls/?q=alpha&status=GONE").text
    rows = page[page.index("<tbody") :]
    assert ("ALPHA" in rows, "BETA" in rows) == (True, False)

    client.force_login(an_officer())
    assert "was left out" not in client.get("/reports/?call=&at=&sort=-asked_at").text


def test_several_cells_of_one_place_stand_below_each_other_and_none_is_a_dash():
    drawn = words_of([Cell("<one>", "/one/"), Cell("two", None, "good")])
    assert drawn == (
        '<span class="gp-stack"><a class="ecl-link" href="/one/">&lt;one&gt;</a>'
        '<span class="gp-status gp-status--good">two</span></span>'
    )
    assert words_of([]) == '<span class="gp-stack">–</span>'
