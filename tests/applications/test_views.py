"""The pages: every part saved, refused, saved by itself; submitting; checks; lists with literal query counts."""

import json
from datetime import timedelta

import pytest
from django.utils.html import escape

from applications.actions import Sent, edit_application, submit_application
from applications.content import content_of
from applications.models import Application
from applications.schedule import open_call
from core import clock
from programmes.models import Call
from tests.applications.factories import a_complete_draft, a_draft, a_file, a_submitted, an_owner, heard
from tests.applications.pages import drawn, edit_url, post
from tests.applications.test_races import an_open_call
from tests.factories import a_call, an_applicant, an_auditor, an_officer

pytestmark = pytest.mark.django_db
SECTIONS = ["identity", "partners", "content", "timetable", "budget", "attachments", "declarations"]


@pytest.fixture
def owner(client):
    owner = an_owner()
    client.force_login(owner)
    return owner


@pytest.fixture
def draft(owner):
    return a_draft(by=owner, call=an_open_call(), at=clock.now())


@pytest.fixture
def complete(owner):
    return a_complete_draft(by=owner, call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})


def autosave(client, application, section, /, **changes):
    """The page's script sends what was typed: {name: (what it said, what it says)}."""
    sent = [{"name": name, "base": base, "value": value} for name, (base, value) in changes.items()]
    return client.post(edit_url(application, section), {"changes": json.dumps(sent)}, headers={"x-autosave": "1"})


# starting


def test_a_draft_is_started_from_its_call_once(client, owner):
    call = an_open_call()
    page = client.get(f"/applications/start/{call.pk}/")
    assert "Start a draft" in page.content.decode()
    first = client.post(f"/applications/start/{call.pk}/")
    again = client.post(f"/applications/start/{call.pk}/")
    application = Application.objects.get()
    assert first.url == again.url == f"/applications/{application.pk}/"


def test_a_closed_call_offers_no_start_and_refuses_one(client, owner):
    call = a_call()
    assert "Start a draft" not in client.get(f"/applications/start/{call.pk}/").content.decode()
    refused = client.post(f"/applications/start/{call.pk}/")
    assert refused.status_code == 409
    assert "too late" in refused.content.decode()
    assert not Application.objects.exists()


def test_officers_start_nothing(client):
    client.force_login(an_officer())
    assert client.post(f"/applications/start/{an_open_call().pk}/").status_code == 403


# the task list


def test_the_task_list_says_how_far_each_part_has_come(client, draft):
    page = client.get(f"/applications/{draft.pk}/")
    states = {str(task["label"]): str(task["state"]) for task in page.context["tasks"]}
    assert states == {
        "Identity": "not started", "Partners": "complete", "Objectives and description": "not started",
        "Timetable": "not started", "Budget": "not started", "Attachments": "not started",
        "Declarations": "not started",
    }  # fmt: skip
    assert "Review and submit" not in page.content.decode()
    assert "What is missing" in page.content.decode()


def test_unsent_edits_are_said_loudly(client, owner, complete):
    application = submit_application(complete, by=owner)
    assert "edits that are not submitted" not in client.get(f"/applications/{application.pk}/").content.decode()
    edit_application(application, by=owner, identity={"acronym": "MORE"})
    assert (
        "Your last submitted version is 1; you have edits"
        in client.get(f"/applications/{application.pk}/").content.decode()
    )


def test_the_missing_page_links_each_gap_to_its_field(client, draft):
    page = client.get(f"/applications/{draft.pk}/missing/").content.decode()
    for address in (
        "identity/#id_acronym",
        "content/#id_objectives_0",
        "timetable/#id_milestones",
        "attachments/#id_kind",
        "declarations/#id_declarations_0",
    ):
        assert f"/applications/{draft.pk}/edit/{address}" in page, address


@pytest.mark.parametrize("section", SECTIONS)
def test_every_link_of_the_missing_page_leads_to_a_field_that_is_there(client, draft, section):
    missing = client.get(f"/applications/{draft.pk}/missing/")
    anchors = [url.partition("#")[2] for _text, url in missing.context["gaps"] if f"/edit/{section}/" in url]
    page = client.get(edit_url(draft, section)).content.decode()
    assert all(f'id="{anchor}"' in page for anchor in anchors), anchors


# each part


def test_identity_is_saved_and_leads_on(client, draft):
    answer = post(client, draft, "identity", acronym=" NET ", title="Δίκτυο", next="1")
    draft.refresh_from_db()
    assert (draft.acronym, draft.title, answer.url) == ("NET", "Δίκτυο", edit_url(draft, "partners"))


def test_a_refused_part_keeps_what_was_entered_and_changes_nothing(client, draft):
    """The call has closed while she typed: she can still copy her words off the page."""
    page = drawn(client, draft, "identity")
    Call.objects.update(closes_at=clock.now() - timedelta(seconds=1))
    answer = post(client, draft, "identity", page, acronym="MUCH TOO LONG", title="Kept <b>as typed</b>")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "MUCH TOO LONG" in text
    assert escape("Kept <b>as typed</b>") in text
    assert answer.context["form"].drawn == page["drawn"]
    draft.refresh_from_db()
    assert draft.title == ""


def test_what_cannot_be_chosen_is_refused_at_its_field_and_the_rest_stays_entered(client, complete):
    row = complete.partners.get(is_coordinator=False).pk
    answer = post(client, complete, "partners", **{f"{row}-country": "XX", f"{row}-contact_name": "Carmen"})
    assert (answer.status_code, "Carmen" in answer.content.decode()) == (400, True)
    assert f'href="#id_{row}-country"' in answer.content.decode()


def test_words_objectives_and_actions_are_saved(client, draft):
    post(client, draft, "content", summary="One\r\ntwo", description="D", objectives=["A", "B"], actions=["f"])
    said = content_of(Application.objects.get())["content"]
    assert said == {"summary": "One\ntwo", "description": "D", "objectives": ["A", "B"], "actions": ["f"]}


def test_a_summary_that_is_too_long_is_saved_and_said_to_be(client, draft):
    post(client, draft, "content", summary="x" * 2001, description="", objectives=[], actions=[])
    page = client.get(edit_url(draft, "content")).content.decode()
    assert "Shorten it by 1 character." in page
    assert 'data-counter="2000"' in page


def a_new_partner(page, place=0):
    key = page["row"][place]
    return {
        f"{key}-name": "Il-Korp tal-Pulizija", f"{key}-country": "MT", f"{key}-kind": "LAW",
        f"{key}-contact_name": "Joe Borg", f"{key}-contact_email": "joe@example.mt",
    }  # fmt: skip


def test_partners_are_added_changed_and_removed_without_a_script(client, draft):
    page, lead = drawn(client, draft, "partners"), draft.partners.get().pk
    contact = {f"{lead}-contact_name": "Άννα", f"{lead}-contact_email": "anna@example.gr"}
    for _twice in range(2):  # the back button, a replay: the row keeps its id
        post(client, draft, "partners", page, **contact, **a_new_partner(page))
    partners = content_of(Application.objects.get())["partners"]
    assert [(one["name"], one["contact_name"]) for one in partners[1:]] == [("Il-Korp tal-Pulizija", "Joe Borg")]
    assert partners[0]["contact_name"] == "Άννα"
    page = drawn(client, draft, "partners")
    assert len(page["row"]) == 2
    post(client, draft, "partners", page, **{f"{page['row'][0]}-remove": "on"})
    assert len(content_of(Application.objects.get())["partners"]) == 1


def test_a_partner_is_kept_before_its_member_state_is_known(client, draft):
    page = drawn(client, draft, "partners")
    key = page["row"][0]
    post(client, draft, "partners", page, **{f"{key}-name": "Il-Korp tal-Pulizija"})
    assert draft.partners.get(is_coordinator=False).country == ""
    missing = client.get(f"/applications/{draft.pk}/missing/").content.decode()
    assert "Choose the Member State of Il-Korp tal-Pulizija." in missing
    assert f"#id_{key}-country" in missing


def test_a_timetable_grows_by_rows_and_an_emptied_one_goes(client, draft):
    page = drawn(client, draft, "timetable")
    first, _second, third = page["row"]
    post(client, draft, "timetable", page, starts_on="2099-01-01", months="24", **{
        f"{first}-title": "Kick-off", f"{first}-first_month": "1", f"{first}-last_month": "2",
        f"{third}-title": "Report", f"{third}-first_month": "20", f"{third}-last_month": "24",
    })  # fmt: skip
    assert [one.title for one in draft.milestones.all()] == ["Kick-off", "Report"]
    assert len(drawn(client, draft, "timetable")["row"]) == 5
    post(client, draft, "timetable", **{f"{first}-{name}": "" for name in ("title", "first_month", "last_month")})
    assert [one.title for one in draft.milestones.all()] == ["Report"]


def test_too_many_activities_are_refused_aloud_and_stay_on_the_page(client, owner, draft):
    rows = [{"title": f"A{place}", "first_month": 1, "last_month": 2} for place in range(98)]
    edit_application(draft, by=owner, timetable={"milestones": rows})
    page = drawn(client, draft, "timetable")
    post(client, draft, "timetable", page, **{f"{key}-title": "More" for key in page["row"][-2:]})
    page = drawn(client, draft, "timetable")
    answer = post(client, draft, "timetable", page, **{f"{page['row'][-1]}-title": "One too many"})
    assert answer.status_code == 400
    assert "At most 100 entries are possible." in answer.content.decode()
    assert 'value="One too many"' in answer.content.decode()


def test_an_activity_that_ends_before_it_begins_is_kept_and_stops_a_submission(client, complete):
    key = complete.milestones.get().pk
    post(client, complete, "timetable", **{f"{key}-first_month": "3", f"{key}-last_month": "2"})
    assert "ends before it starts" in client.get(f"/applications/{complete.pk}/missing/").content.decode()


def test_a_budget_takes_commas_and_points_and_shows_its_totals(client, complete):
    lead = complete.partners.get(is_coordinator=True)
    other = complete.partners.get(is_coordinator=False)
    answer = post(
        client, complete, "budget", **{f"{lead.pk}-A": "200.000,00", f"{other.pk}-C": "50 000.00"},
        requested="240750", own_resources="26 750,00", other_resources="", stay="1",
    )  # fmt: skip
    assert answer.url == edit_url(complete, "budget")
    page = client.get(answer.url)
    facts = dict(page.context["totals"])
    assert facts["Total costs"] == "EUR\xa0267\xa0500.00"
    assert facts["Balance"] == "balanced"
    assert "at least EUR" in page.content.decode()  # the loud warning: below the minimum of the call


def test_an_ambiguous_amount_stays_as_typed_with_its_sentence_and_stops_a_submission(client, complete):
    answer = post(client, complete, "budget", requested="1.234", own_resources="5")
    assert answer.url == edit_url(complete, "budget")
    page = client.get(answer.url).content.decode()
    assert 'value="1.234"' in page
    assert "can be read in two ways" in page
    complete.refresh_from_db()
    assert (complete.requested, complete.own_resources, complete.as_typed) == (
        288900, 5, {"budget": {"requested": "1.234"}},
    )  # fmt: skip
    assert (
        "“1.234”: 1.234 can be read in two ways" in client.get(f"/applications/{complete.pk}/missing/").content.decode()
    )
    answer = client.post(f"/applications/{complete.pk}/submit/", {"stamp": complete.stamp})
    assert answer.status_code == 400
    post(client, complete, "budget", requested="1 234")
    complete.refresh_from_db()
    assert (complete.requested, complete.as_typed) == (1234, {})


def test_declarations_are_ticked(client, draft):
    post(client, draft, "declarations", declarations=["TRUE", "HONOUR"])
    draft.refresh_from_db()
    assert draft.declarations == ["HONOUR", "TRUE"]


def test_a_file_is_attached_downloaded_and_taken_out(client, draft):
    path = f"/applications/{draft.pk}/edit/attachments/add/"
    answer = client.post(path, {"kind": "DESCRIPTION", "file": a_file(name="../../=x.pdf")})
    assert answer.url == edit_url(draft, "attachments")
    file = draft.attachments.get()
    assert file.name == "=x.pdf"
    assert client.get(f"/attachments/{file.pk}/").status_code == 200
    client.post(f"/attachments/{file.pk}/remove/")
    assert not draft.attachments.present().exists()


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "empty"), (b"MZ" * 40, "not accepted"), (b"%PDF-1.4 /Encrypt 1 0 R", "protected")]
)
def test_a_bad_file_gets_its_sentence(client, draft, content, says):
    path = f"/applications/{draft.pk}/edit/attachments/add/"
    answer = client.post(path, {"kind": "DESCRIPTION", "file": a_file(content)})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not draft.attachments.exists()


def test_no_file_chosen_is_said(client, draft):
    answer = client.post(f"/applications/{draft.pk}/edit/attachments/add/", {"kind": "OTHER"})
    assert answer.status_code == 400
    assert "#id_file" in answer.content.decode()


def test_a_part_that_does_not_exist_is_not_found(client, draft):
    assert client.get(edit_url(draft, "anything")).status_code == 404


def test_edit_leads_to_the_first_part_that_is_not_complete(client, draft, complete):
    assert client.get(f"/applications/{draft.pk}/edit/").url == edit_url(draft, "identity")
    assert client.get(f"/applications/{complete.pk}/edit/").url == edit_url(complete, "identity")


# saving by itself


def test_autosave_answers_when_and_what_it_saved(client, draft):
    answer = autosave(client, draft, "identity", acronym=("", "NET"), title=("", "T")).json()
    draft.refresh_from_db()
    saving = draft.savings.get()
    assert answer == {
        "saved_at": draft.edited_at.isoformat(), "stamp": "1", "saving": "", "typed": {}, "kept": {},
    }  # fmt: skip
    assert saving.changed == {"acronym": ["", "NET"], "title": ["", "T"]}
    again = autosave(client, draft, "identity", acronym=("", "NET"), title=("", "T"))
    assert again.json()["stamp"] == "1"


def test_autosave_beside_a_colleague_keeps_both_and_the_page_shows_them_side_by_side(client, owner, draft):
    colleague = an_applicant(owner.organisation, name="Carmen Borg")
    edit_application(
        draft, by=colleague, sent=Sent(({"part": "identity", "name": "title", "base": "", "value": "Hers"},))
    )
    answer = autosave(client, draft, "identity", title=("", "His"), acronym=("", "NET"))
    assert (answer.status_code, answer.json()["kept"]) == (200, {"title": "Title of the action"})
    page = client.get(edit_url(draft, "identity")).content.decode()
    for words in ("Two answers to the same question", "Saved now, by Carmen Borg at", "His", "Hers", owner.name):
        assert words in page
    draft.refresh_from_db()
    assert (draft.title, draft.acronym) == ("Hers", "NET")


def test_a_kept_change_is_taken_or_left_by_its_button(client, owner, draft):
    edit_application(draft, by=owner, identity={"title": "Hers", "acronym": "HERS"})
    autosave(client, draft, "identity", title=("", "His"), acronym=("", "HIS"))
    title, acronym = (draft.kept_changes.get(name=name) for name in ("title", "acronym"))
    page = drawn(client, draft, "identity")
    answer = client.post(edit_url(draft, "identity"), {**page, "take": title.pk})
    assert answer.url == edit_url(draft, "identity")  # another one still waits
    answer = post(client, draft, "identity", leave=acronym.pk)
    assert answer.url == f"/applications/{draft.pk}/"
    draft.refresh_from_db()
    assert (draft.title, draft.acronym, draft.kept_changes.count()) == ("His", "HERS", 0)
    late = client.post(edit_url(draft, "identity"), {**page, "take": title.pk})
    assert (late.status_code, "Somebody has decided" in late.content.decode()) == (409, True)


def test_what_is_too_long_stays_as_typed(client, draft):
    answer = autosave(client, draft, "identity", acronym=("", "MUCH TOO LONG"))
    assert (answer.status_code, list(answer.json()["typed"])) == (200, ["acronym"])
    assert 'value="MUCH TOO LONG"' in client.get(edit_url(draft, "identity")).content.decode()


def test_whoever_typed_far_too_much_puts_it_right_and_is_never_at_odds_with_herself(client, draft):
    """A text over 200 characters is drawn by its hash, also while it is no answer yet."""
    address = edit_url(draft, "identity")
    for _again in range(2):
        post(client, draft, "identity", title="x" * 300 + " ")
    page = client.get(address).content.decode()
    assert "Kept as it was typed: put one thing right before you submit." in page
    assert "Nothing was changed yet" not in page
    post(client, draft, "identity", title="Short")
    draft.refresh_from_db()
    assert (draft.title, draft.as_typed, draft.kept_changes.count()) == ("Short", {}, 0)


@pytest.mark.parametrize("sent", ["", "x", "{}", "[1]", '[{"name": 1}]', '[{"name": "title", "sent": 5}]'])
def test_garbled_changes_change_nothing(client, owner, draft, sent):
    edit_application(draft, by=owner, identity={"title": "Saved"})
    answer = client.post(edit_url(draft, "identity"), {"changes": sent}, headers={"x-autosave": "1"})
    assert answer.status_code == (200 if sent == "" else 400)
    draft.refresh_from_db()
    assert draft.title == "Saved"


@pytest.mark.parametrize("said", ["", "x", "[]", "5", "[" * 9000])
def test_a_page_that_does_not_say_what_it_was_drawn_with_changes_nothing(client, owner, draft, said):
    edit_application(draft, by=owner, identity={"title": "Saved"})
    answer = client.post(edit_url(draft, "identity"), {"drawn": said, "title": "Over it"})
    assert answer.status_code == (302 if said == "" else 400)
    draft.refresh_from_db()
    assert draft.title == "Saved"


def test_an_own_save_is_undone_by_its_button_and_a_later_word_of_a_colleague_stays(client, owner, draft):
    post(client, draft, "identity", acronym="NET", title="T")
    edit_application(draft, by=owner, identity={"title": "Hers"})
    page = client.get(edit_url(draft, "identity"))
    assert "Undo my last save" in page.content.decode()
    undo = {"undo": page.context["last_save"].pk}
    client.post(edit_url(draft, "identity"), undo)
    draft.refresh_from_db()
    assert (draft.acronym, draft.title) == ("", "Hers")
    assert [(one.name, one.value) for one in draft.kept_changes.all()] == [("title", "")]
    again = client.post(edit_url(draft, "identity"), undo)
    assert (again.status_code, "undone already" in again.content.decode()) == (409, True)
    assert client.get(edit_url(draft, "identity")).context["last_save"] is None


# submitting


def test_submitting_leads_to_the_receipt_and_again_to_the_same(client, complete):
    path, data = f"/applications/{complete.pk}/submit/", {"stamp": complete.stamp}
    first = client.post(path, data)
    again = client.post(path, data)
    receipt = complete.receipts.get()
    assert first.url == again.url == f"/receipts/{receipt.pk}/"
    assert receipt.sha256 in client.get(first.url).content.decode()


def test_what_is_incomplete_offers_no_button_and_is_refused(client, draft):
    path = f"/applications/{draft.pk}/submit/"
    assert "Submit the application" not in client.get(path).content.decode()
    assert client.post(path, {"stamp": draft.stamp}).status_code == 400
    draft.refresh_from_db()
    assert draft.status == "DRAFT"


def test_conditions_not_met_are_a_loud_warning_before_submitting(client, owner, complete):
    edit_application(complete, by=owner, timetable={"months": 30})
    page = client.get(f"/applications/{complete.pk}/submit/").content.decode()
    assert "lasts at most 24 months" in page
    assert "is rejected" in page
    assert "Submit the application" in page


def test_withdrawing_and_restoring_by_the_buttons(client, complete):
    own = f"/applications/{complete.pk}/"
    client.post(f"{own}submit/", {"stamp": complete.stamp})
    assert client.post(f"{own}withdraw/", {"reason": ""}).status_code == 400
    assert client.post(f"{own}withdraw/", {"reason": "Our partner left."}).status_code == 302
    assert client.post(f"{own}restore/").status_code == 302
    complete.refresh_from_db()
    assert complete.status == "DRAFT"


@pytest.mark.parametrize("step", ["open", "set_aside", "accept", "conclude"])
def test_steps_of_others_are_refused(client, complete, step):
    assert client.post(f"/applications/{complete.pk}/{step}/", {"reason": "x"}).status_code in {403, 404}
    complete.refresh_from_db()
    assert complete.status == "DRAFT"


def test_a_step_that_does_not_exist_is_not_found(client, complete):
    assert client.post(f"/applications/{complete.pk}/approve/").status_code == 404
    assert client.get(f"/applications/{complete.pk}/withdraw/").status_code == 405


# the officer


@pytest.fixture
def opened(client):
    application = a_submitted(timetable={"months": 30})
    open_call(application.call_id)
    client.force_login(an_officer())
    return application


def test_the_officer_reads_the_file_and_decides(client, opened):
    own = f"/applications/{opened.pk}/"
    page = client.get(own).content.decode()
    for words in (
        "Joint analysis of online fraud",
        "lasts at most 24 months",
        "Planned: 30 months.",
        "description.pdf",
        "NETWATCH",
    ):
        assert words in page, words
    assert f'action="{own}accept/"' not in page  # a check is not met
    assert client.post(f"{own}accept/").status_code == 400
    check = opened.checks.get(code="DURATION")
    assert client.post(f"/checks/{check.pk}/override/").status_code == 400
    assert (
        client.post(f"/checks/{check.pk}/override/", {"reason": "Prolonged by corrigendum 1.", "next": own}).url == own
    )
    confirmed = client.post(f"/checks/{check.pk}/confirm/", follow=True)
    assert ".." not in str(list(confirmed.context["messages"])[-1])
    assert client.post(f"{own}conditions/", {"criterion": "", "found": ""}).status_code == 400
    assert client.post(f"{own}conditions/", {"criterion": "In the topic", "found": "It is not."}).status_code == 302
    unheard = client.post(f"{own}exclude/", {"reason": "Two conditions fail."})
    assert unheard.status_code == 400
    heard(opened, by=an_officer())
    assert client.post(f"{own}exclude/", {"reason": "Two conditions fail."}).status_code == 302
    opened.refresh_from_db()
    assert (opened.status, opened.checks.failed().count()) == ("INELIGIBLE", 2)


def test_the_auditor_reads_and_decides_nothing(client, opened):
    client.force_login(an_auditor())
    page = client.get(f"/applications/{opened.pk}/")
    assert page.context["steps"] == []
    assert all(steps == [] for _check, steps, _url in page.context["checks"])
    assert client.post(f"/checks/{opened.checks.first().pk}/confirm/").status_code == 403
    assert client.post(f"/applications/{opened.pk}/conditions/", {"criterion": "x", "found": "y"}).status_code == 403


# lists


def test_the_own_list_shows_drafts_filters_and_searches(client, owner, complete):
    a_draft(by=owner, call=complete.call, at=clock.now())
    assert len(client.get("/applications/").context["list"].objects) == 2
    found = client.get("/applications/", {"q": "netwatch online"}).context["list"].objects
    assert [one.pk for one in found] == [complete.pk]
    assert client.get("/applications/", {"status": "SUBMITTED"}).context["list"].objects == []


def test_a_search_finds_without_accents_and_by_number(client):
    application = a_submitted(identity={"title": "Δίκτυο κατά της απάτης"})
    open_call(application.call_id)
    client.force_login(an_officer())
    for text in ("δικτυο απατης", application.reference.lower(), "ΑΣΤΥΝΟΜΙΑ", "netw"):
        assert [one.pk for one in client.get("/applications/", {"q": text}).context["list"].objects] == [
            application.pk
        ], text
    assert client.get("/applications/", {"q": "100%"}).context["list"].objects == []


def test_every_column_sorts_both_ways(client, owner):
    call = a_call()
    for _row in range(3):
        a_submitted(call=call)
    open_call(call.pk)
    for person in (owner, an_officer()):
        client.force_login(person)
        for header in client.get("/applications/").context["list"].headers:
            if header.sortable:
                for sign in ("", "-"):
                    assert client.get("/applications/", {"sort": sign + header.name}).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_exported_and_a_formula_in_a_title_stays_text(client, kind):
    application = a_submitted(identity={"title": "=HYPERLINK(1)"})
    open_call(application.call_id)
    client.force_login(an_officer())
    answer = client.get("/applications/", {"format": kind})
    body = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert b"'=HYPERLINK(1)" in body or kind == "xlsx"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_opened_list_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    call = a_call()
    for _row in range(rows):
        a_submitted(call=call)
    open_call(call.pk)
    client.force_login(an_officer())
    client.get("/applications/")
    with django_assert_num_queries(4):  # the reader, the calls to filter by, the page, the count
        client.get("/applications/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_own_list_asks_the_same_number_of_questions(client, owner, rows, django_assert_num_queries):
    call = a_call()
    for _row in range(rows):
        a_draft(by=owner, call=call)
    client.get("/applications/")
    with django_assert_num_queries(3):  # the reader, the page, the count
        client.get("/applications/")


@pytest.mark.parametrize("partners", [1, 3])
def test_the_page_asks_the_same_number_of_questions_for_many_partners(
    client, owner, partners, django_assert_num_queries
):
    said = [{"name": f"Partner {n}", "country": "MT", "kind": "LAW"} for n in range(partners)]
    application = edit_application(
        a_draft(by=owner, call=an_open_call(), at=clock.now()), by=owner, partners=said
    )  # fmt: skip
    client.get(f"/applications/{application.pk}/")
    with django_assert_num_queries(31):
        client.get(f"/applications/{application.pk}/")


@pytest.mark.parametrize("decided", [1, 3])
def test_the_file_asks_the_same_number_of_questions_for_many_decided_checks(
    client, opened, decided, django_assert_num_queries
):
    for check in opened.checks.all()[:decided]:
        client.post(f"/checks/{check.pk}/confirm/")
    client.get(f"/applications/{opened.pk}/")
    with django_assert_num_queries(18):
        client.get(f"/applications/{opened.pk}/")
