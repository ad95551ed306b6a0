"""The forms about people, roles and organisations: filled in too late, by the wrong one, or with too little."""

import pytest
from django.urls import reverse

from audit.models import AuditRecord
from tests.attack.doors import NOBODY
from tests.factories import an_officer
from tests.stories.forms import FORMS, WITH_API, WITH_REASON, row_of
from tests.stories.steps import as_it_is, changed_by
from tests.stories.test_two_windows import NONSENSE, OTHER, named_for, sent

every_form = pytest.mark.parametrize("form", FORMS, ids=str)
every_program = pytest.mark.parametrize("form", WITH_API, ids=str)


@every_form
def test_looking_at_a_form_does_nothing_and_shows_the_stamp_that_counts(world, sign_in, form):
    row = row_of(world, form)
    before = as_it_is(row)

    page = sign_in(form.who).get(form.address(row))

    assert page.status_code == 200
    assert f'name="stamp" value="{row.stamp}"' in page.text
    assert as_it_is(row) == before


@every_form
def test_a_complete_form_on_the_row_as_it_is_does_what_it_says(world, sign_in, form):
    row = row_of(world, form)

    answer = sign_in(form.who).post(form.address(row), {**form.filled(world), "stamp": row.stamp})

    assert answer.status_code == 302
    assert type(row)._base_manager.get(pk=row.pk).stamp == row.stamp + 1
    assert AuditRecord.objects.of_chain(row.chain).last().changes["stamp"] == [row.stamp, row.stamp + 1]


@every_form
def test_a_form_opened_before_somebody_else_s_act_does_nothing_and_keeps_what_was_typed(world, sign_in, form):
    row = row_of(world, form)
    seen, said = row.stamp, form.filled(world)
    changed_by(row, an_officer(name=OTHER))
    before = as_it_is(row)

    page = sign_in(form.who).post(form.address(row), {**said, "stamp": seen})

    assert page.status_code == 409
    assert named_for(world.people[form.who]) in page.text
    assert "the story: was “as you saw it”, is now “as it is”" in page.text
    assert f'name="stamp" value="{row.stamp}"' in page.text  # who looks and sends again acts on what is
    assert {name: page.context["form"][name].value() for name in said} == said
    assert as_it_is(row) == before


@every_form
def test_a_stamp_nobody_was_shown_is_refused_by_every_form(world, sign_in, form):
    row, client, said = row_of(world, form), sign_in(form.who), form.filled(world)
    before = as_it_is(row)

    for stamp in NONSENSE:
        assert client.post(form.address(row), {**said, "stamp": stamp}).status_code == 409, stamp

    assert as_it_is(row) == before


@every_program
def test_a_program_that_read_the_row_before_is_told_by_whom_it_was_changed(world, sign_in, form):
    row, said = row_of(world, form), form.filled(world)
    seen = row.stamp
    changed_by(row, an_officer(name=OTHER))
    before = as_it_is(row)

    answer = sent(sign_in(form.who), form.program(row), **said, stamp=seen)

    assert answer.status_code == 409
    assert named_for(world.people[form.who]) in answer.json()["detail"]
    assert as_it_is(row) == before


@every_program
def test_a_program_reads_the_stamp_it_has_to_send(world, sign_in, form):
    row, client = row_of(world, form), sign_in(form.who)
    family = form.api.rpartition("-")[0]

    read = client.get(reverse(f"{family}-detail", args=[row.pk])).json()
    answer = sent(client, form.program(row), **form.filled(world), stamp=read["stamp"])

    assert answer.status_code == 200
    assert answer.json()["stamp"] == read["stamp"] + 1


@every_program
def test_a_stamp_of_another_kind_is_refused_at_its_field(world, sign_in, form):
    row, client, said = row_of(world, form), sign_in(form.who), form.filled(world)
    before = as_it_is(row)

    for stamp in ("x", -1, 1.5, [], {}):
        answer = sent(client, form.program(row), **said, stamp=stamp)
        assert (answer.status_code, list(answer.json()["gaps"])) == (400, ["stamp"]), stamp

    assert as_it_is(row) == before


@pytest.mark.parametrize("form", WITH_REASON, ids=str)
def test_a_form_without_a_reason_or_with_one_that_no_paper_can_show_is_refused_beside_the_field(world, sign_in, form):
    row, client, said = row_of(world, form), sign_in(form.who), form.filled(world)
    before = as_it_is(row)

    for reason in ("", "  \n", "be\x00cause", "be\x1bcause", "x" * 1001):
        page = client.post(form.address(row), {**said, "reason": reason, "stamp": row.stamp})
        assert page.status_code == 400
        assert list(page.context["form"].errors) == ["reason"]

    assert as_it_is(row) == before


@pytest.mark.parametrize("form", [one for one in WITH_REASON if one.api], ids=str)
def test_a_program_without_a_reason_is_refused_too(world, sign_in, form):
    row, client, said = row_of(world, form), sign_in(form.who), form.filled(world)
    before = as_it_is(row)

    for reason in ("", "  ", None, [], {}):
        answer = sent(client, form.program(row), **{**said, "reason": reason})
        assert (answer.status_code, list(answer.json()["gaps"])) == (400, ["reason"]), reason
    for reason in ("be\x07cause", "x" * 4001):
        assert sent(client, form.program(row), **{**said, "reason": reason}).status_code == 400, reason

    assert as_it_is(row) == before


@every_form
def test_nobody_else_opens_or_sends_the_form(world, sign_in, form):
    row, said = row_of(world, form), form.filled(world)
    before, mine = as_it_is(row), {one.who for one in FORMS if one.page == form.page}

    for name in world.people.keys() - {*mine, "anonymous"}:
        client = sign_in(name)
        assert client.get(form.address(row)).status_code in (403, 404), name
        assert client.post(form.address(row), {**said, "stamp": row.stamp}).status_code in (403, 404), name
        if form.api:
            assert sent(client, form.program(row), **said).status_code in (403, 404), name

    assert as_it_is(row) == before


@every_form
def test_a_visitor_who_has_the_address_is_asked_who_it_is(world, sign_in, form):
    row, client = row_of(world, form), sign_in("anonymous")
    before = as_it_is(row)

    for answer in (client.get(form.address(row)), client.post(form.address(row), form.filled(world))):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
    if form.api:
        assert sent(client, form.program(row), **form.filled(world)).status_code == 401

    assert as_it_is(row) == before


@every_form
def test_no_other_way_of_asking_is_answered(world, sign_in, form):
    row, client = row_of(world, form), sign_in(form.who)

    for ask in (client.put, client.delete, client.patch):
        assert ask(form.address(row)).status_code == 405


@every_form
def test_a_row_that_never_was_has_no_form(world, sign_in, form):
    client = sign_in(form.who)

    for ask in (client.get, client.post):
        assert ask(reverse(form.page, args=[NOBODY])).status_code == 404
