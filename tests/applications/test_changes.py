"""Two colleagues at one draft, by the act alone: merged, kept, put back, undone; and what the trail says of it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.actions import Sent, edit_application, submit_application
from applications.completeness import typed_gaps
from applications.content import content_of
from applications.models import Application, KeptChange, Saving
from applications.parts import PARTS
from audit.models import AuditRecord
from core.errors import Incomplete, WrongState
from tests.applications.factories import a_complete_draft, a_draft, an_owner
from tests.factories import NOON, an_applicant, an_auditor, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return an_owner("EL")


@pytest.fixture
def bram(anna):
    return an_applicant(anna.organisation, name="Bram Bakker")


@pytest.fixture
def draft(anna):
    return a_complete_draft(by=anna)


def change(part, name, base, value, *sent):
    return {"part": part, "name": name, "base": base, "sent": list(sent), "value": value}


def saves(person, application, *changes, **others):
    return edit_application(application, by=person, at=NOON, sent=Sent(tuple(changes), **others))


def partner_of(application):
    return application.partners.get(is_coordinator=False)


def removal(partner, costs="", **seen):
    seen = {"name": partner.name, "country": "MT", "kind": "LAW", "contact_name": "", "contact_email": "", **seen}
    return change("partners", f"{partner.pk}-remove", {**seen, "costs": costs}, "on")


def last_changes(application):
    return AuditRecord.objects.of_chain(application.chain).order_by("sequence").last().changes


# what is no answer


@pytest.mark.parametrize("value", [{"a": 1}, ["x"], [["x"]], "9" * 30_000])
def test_what_is_no_answer_is_not_kept_as_one(anna, draft, value):
    """Everybody who opens the part would carry it, and be asked to choose between such things."""
    with pytest.raises(Incomplete) as refused:
        saves(anna, draft, change("budget", "B", "", value))
    assert list(refused.value.gaps) == ["budget.B"]
    draft.refresh_from_db()
    assert draft.as_typed == {}


def test_only_so_many_values_wait_for_one_answer(anna, bram, draft):
    saves(anna, draft, change("identity", "title", "Joint analysis of online fraud", "Hers"))
    for number in range(20):
        saves(bram, draft, change("identity", "title", "Joint analysis of online fraud", f"His {number}"))
    with pytest.raises(Incomplete) as refused:
        saves(bram, draft, change("identity", "title", "Joint analysis of online fraud", "One more"))
    assert "decide which one stands first" in refused.value.gaps["identity.title"]
    assert draft.kept_changes.count() == 20


# merging


def test_two_in_one_part_at_different_answers_both_stand(anna, bram, draft):
    saves(anna, draft, change("identity", "title", "Joint analysis of online fraud", "Hers"))
    both = saves(bram, draft, change("identity", "acronym", "NETWATCH", "HIS"))
    assert (both.title, both.acronym) == ("Hers", "HIS")


def test_the_same_answer_changed_by_two_is_kept_with_who_and_when(anna, bram, draft):
    saves(anna, draft, change("identity", "title", "Joint analysis of online fraud", "Hers"))
    both = saves(bram, draft, change("identity", "title", "Joint analysis of online fraud", "His"))
    kept = both.kept_changes.get()
    assert (both.title, kept.value, kept.against, kept.by, kept.at) == ("Hers", "His", "Hers", bram, NOON)
    assert last_changes(both)["kept · identity · title"] == [None, "His"]


def test_the_same_word_kept_by_two_stays_until_both_have_let_go_of_it(anna, bram, draft):
    carmen, base = an_applicant(anna.organisation), "Joint analysis of online fraud"
    saves(carmen, draft, change("identity", "title", base, "Now"))
    for person in (anna, bram):
        saves(person, draft, change("identity", "title", base, "Ours"))
    saved = saves(bram, draft, change("identity", "title", "Ours", "Mine"))
    assert {(kept.by, kept.value) for kept in saved.kept_changes.all()} == {(anna, "Ours"), (bram, "Mine")}
    saved = saves(carmen, draft, change("identity", "title", "Now", "Ours"))
    assert [kept.value for kept in saved.kept_changes.all()] == ["Mine"]


def test_the_record_says_before_and_after_of_each_answer(anna, draft):
    saved = saves(anna, draft, change("identity", "title", "Joint analysis of online fraud", "New"),
                  change("budget", "own_resources", "32100", "32 000,00"))  # fmt: skip
    changes = last_changes(saved)
    assert changes["title"] == ["Joint analysis of online fraud", "New"]
    assert changes["own_resources"] == ["32100.00", "32000.00"]
    assert changes["sections"] == [None, ["budget", "identity"]]


def test_what_says_the_same_in_other_figures_is_no_change(anna, draft):
    before = draft.stamp
    assert saves(anna, draft, change("budget", "own_resources", "32100.00", "32.100,00")).stamp == before
    assert not Saving.objects.exists()


def test_a_new_partner_of_a_colleague_is_never_deleted_by_an_old_page(anna, bram, draft):
    new = str(uuid4())
    saves(bram, draft, change("partners", f"{new}-name", "", "Politie"), change("partners", f"{new}-country", "", "NL"))
    saves(bram, draft, change("budget", f"{new}-A", "", "123 456.78"))
    partner = (
        partner_of(Application.objects.get(pk=draft.pk)) if draft.partners.count() == 2 else draft.partners.get(pk=new)
    )
    saves(anna, draft, change("partners", f"{draft.partners.get(is_coordinator=True).pk}-contact_name", "", "Anna"))
    partner.refresh_from_db()
    assert (partner.name, partner.country, str(partner.lines.get().amount)) == ("Politie", "NL", "123456.78")


def test_ticks_of_two_people_add_up(anna, bram, draft):
    saves(anna, draft, change("content", "actions", ["a", "f"], ["a", "f", "b"]))
    both = saves(bram, draft, change("content", "actions", ["a", "f"], ["a", "g"]))
    assert content_of(both)["content"]["actions"] == ["a", "b", "g"]


def test_a_save_whose_answer_was_lost_is_done_once(anna, bram, draft):
    mine = change("identity", "title", "Joint analysis of online fraud", "Hers")
    saves(anna, draft, mine, key="k1")
    saves(bram, draft, change("identity", "title", "Hers", "His"))
    again = saves(anna, draft, mine, key="k1")
    assert (again.title, again.kept_changes.count(), Saving.objects.count()) == ("His", 0, 2)


def test_a_key_of_somebody_else_is_another_save(anna, bram, draft):
    saves(anna, draft, change("identity", "title", "Joint analysis of online fraud", "Hers"), key="k1")
    both = saves(bram, draft, change("identity", "acronym", "NETWATCH", "HIS"), key="k1")
    assert (both.title, both.acronym) == ("Hers", "HIS")


# rows that went


def test_an_amount_for_a_partner_that_was_removed_is_kept_and_offered_and_puts_everything_back(anna, bram, draft):
    partner = partner_of(draft)
    saves(bram, draft, removal(partner, costs="C 100000.00"))
    assert draft.partners.count() == 1
    saved = saves(anna, draft, change("budget", f"{partner.pk}-A", "", "500"))
    kept = saved.kept_changes.get()
    assert (kept.row_name, kept.value, kept.against) == ("Il-Korp tal-Pulizija ta' Malta", "500.00", None)
    saved = saves(anna, draft, change("budget", kept.name, "", kept.value), back=(str(partner.pk),))
    lines = {line.category: str(line.amount) for line in saved.lines.filter(partner=partner.pk)}
    assert lines == {"A": "500.00", "C": "100000.00"}
    assert saved.kept_changes.count() == 0


def test_who_removes_a_partner_without_seeing_its_new_costs_is_asked(anna, bram, draft):
    partner = partner_of(draft)
    saves(bram, draft, change("budget", f"{partner.pk}-A", "", "5"))
    saved = saves(anna, draft, removal(partner, costs="C 100000.00"))
    assert saved.partners.count() == 2
    assert saved.kept_changes.get().value == "on"
    saved = saves(anna, draft, removal(partner, costs="A 5.00; C 100000.00"))
    assert (saved.partners.count(), saved.kept_changes.count()) == (1, 0)


def test_a_typed_amount_is_part_of_what_a_remover_must_have_seen(anna, bram, draft):
    partner = partner_of(draft)
    saves(bram, draft, change("budget", f"{partner.pk}-A", "", "5 $"))
    assert saves(anna, draft, removal(partner, costs="C 100000.00")).partners.count() == 2


def test_an_activity_that_a_colleague_emptied_is_put_back_by_what_was_typed_into_it(anna, bram, draft):
    row = str(draft.milestones.get().pk)
    emptied = [("title", "Kick-off"), ("first_month", "1"), ("last_month", "2")]
    saves(bram, draft, *(change("timetable", f"{row}-{name}", base, "") for name, base in emptied))
    assert draft.milestones.count() == 0
    saved = saves(anna, draft, change("timetable", f"{row}-title", "Kick-off", "First meeting"))
    kept = saved.kept_changes.get()
    assert (kept.row_name, kept.against) == ("Kick-off", None)
    saved = saves(anna, draft, change("timetable", kept.name, "", kept.value), back=(row,))
    assert [(one.title, str(one.pk)) for one in saved.milestones.all()] == [("First meeting", row)]


@pytest.mark.parametrize("row", ["x", "5f0c1f0e-3c1b-4d6e-9d4e-2f5b8a7c6d10", "5F0C1F0E-3C1B-4D6E-9D4E-2F5B8A7C6D10"])
def test_costs_of_a_partner_that_never_was_are_refused(anna, draft, row):
    with pytest.raises(Incomplete):
        saves(anna, draft, change("budget", f"{row}-A", "", "5"))


def test_an_answer_that_nobody_asks_for_is_refused(anna, draft):
    with pytest.raises(Incomplete) as refusal:
        saves(anna, draft, change("identity", "colour", "", "blue"))
    assert list(refusal.value.gaps) == ["identity.colour"]


def test_the_coordinator_cannot_be_removed(anna, draft):
    lead = draft.partners.get(is_coordinator=True)
    with pytest.raises(Incomplete):
        saves(anna, draft, change("partners", f"{lead.pk}-remove", {}, "on"))


# what is not valid yet


def test_one_wrong_cell_keeps_nothing_else_from_being_saved(anna, draft):
    lead = draft.partners.get(is_coordinator=True)
    saved = saves(anna, draft, change("budget", f"{lead.pk}-A", "200000.00", "1000 $"),
                  change("budget", "own_resources", "32100.00", "1"))  # fmt: skip
    assert (saved.own_resources, saved.as_typed) == (1, {"budget": {f"{lead.pk}-A": "1000 $"}})
    assert content_of(saved)["budget"]["lines"][0]["amount"] in {"200000.00", "100000.00"}
    assert last_changes(saved)["as_typed"] == [{}, {"budget": {f"{lead.pk}-A": "1000 $"}}]


def test_it_is_named_when_the_application_is_submitted_and_once_corrected_no_more(anna, draft):
    saved = saves(anna, draft, change("timetable", "months", "24", "two years"))
    with pytest.raises(Incomplete) as refusal:
        submit_application(saved, by=anna, at=NOON)
    assert list(refusal.value.gaps) == ["timetable.months"]
    saved = saves(anna, saved, change("timetable", "months", "two years", "24"))
    assert (saved.as_typed, typed_gaps(saved)) == ({}, {})
    assert submit_application(saved, by=anna, at=NOON).status == "SUBMITTED"


def test_a_submitted_one_with_a_wrong_answer_in_it_is_not_found_to_be_sent_already(anna, draft):
    sent = submit_application(draft, by=anna, at=NOON)
    typed = saves(anna, sent, change("timetable", "months", "24", "two years"))
    with pytest.raises(Incomplete):
        submit_application(typed, by=anna, at=NOON)


def test_a_whole_part_that_answers_it_takes_its_place(anna, draft):
    lead = draft.partners.get(is_coordinator=True)
    saves(
        anna, draft, change("budget", "requested", "288900", "a lot"), change("budget", f"{lead.pk}-A", "200000", "?")
    )
    saved = edit_application(draft, by=anna, at=NOON, budget={"requested": "5.00"})
    assert saved.as_typed == {"budget": {f"{lead.pk}-A": "?"}}
    assert edit_application(draft, by=anna, at=NOON, budget={"lines": []}).as_typed == {}


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [("identity", "title", "a\x00b"), ("partners", "-country", "XX"), ("content", "actions", ["zz"])],
)
def test_what_no_page_can_send_is_refused(anna, draft, part, name, value):
    name = f"{partner_of(draft).pk}{name}" if name.startswith("-") else name
    with pytest.raises(Incomplete) as refusal:
        saves(anna, draft, change(part, name, "" if isinstance(value, str) else ["a", "f"], value))
    assert list(refusal.value.gaps) == [f"{part}.{name}"]


def test_a_partner_without_a_name_has_a_row_in_the_budget_all_the_same(anna, draft):
    saved = saves(anna, draft, change("partners", f"{uuid4()}-contact_name", "", "Somebody"))
    table = PARTS["budget"].shown(content_of(saved), saved)["table"]
    assert "(no name yet)" in [row[0] for row in table["rows"]]


# undo


def test_an_undone_save_puts_each_answer_back(anna, draft):
    saves(anna, draft, change("identity", "title", "Joint analysis of online fraud", "New"), key="k")
    saved = saves(anna, draft, undo=draft.savings.get().pk)
    assert saved.title == "Joint analysis of online fraud"
    assert last_changes(saved)["title"] == ["New", "Joint analysis of online fraud"]
    assert last_changes(saved)["sections"] == [None, ["identity"]]


def test_an_undone_removal_brings_the_partner_back_with_its_costs(anna, draft):
    partner = partner_of(draft)
    saves(anna, draft, removal(partner, costs="C 100000.00"))
    saved = saves(anna, draft, undo=draft.savings.get().pk)
    assert partner_of(saved).name == partner.name
    assert [str(line.amount) for line in saved.lines.filter(partner=partner.pk)] == ["100000.00"]


def test_an_undone_addition_takes_the_new_partner_out(anna, draft):
    saves(anna, draft, change("partners", f"{uuid4()}-name", "", "Politie"))
    assert saves(anna, draft, undo=draft.savings.get().pk).partners.count() == 2


def test_undoing_what_a_colleague_has_changed_since_keeps_both(anna, bram, draft):
    saves(anna, draft, change("identity", "title", "Joint analysis of online fraud", "Hers"))
    saves(bram, draft, change("identity", "title", "Hers", "His"))
    saved = saves(anna, draft, undo=draft.savings.get(by=anna).pk)
    assert (saved.title, saved.kept_changes.get().value) == ("His", "Joint analysis of online fraud")


def test_nobody_undoes_a_save_twice_or_of_somebody_else(anna, bram, draft):
    saves(anna, draft, change("identity", "title", "Joint analysis of online fraud", "Hers"))
    saving = draft.savings.get()
    with pytest.raises(WrongState):
        saves(bram, draft, undo=saving.pk)
    saves(anna, draft, undo=saving.pk)
    with pytest.raises(WrongState):
        saves(anna, draft, undo=saving.pk)


# who sees it, what it costs


def test_how_it_is_written_is_its_owner_s_alone(anna, bram, draft):
    saves(anna, draft, change("identity", "title", "Joint analysis of online fraud", "Hers"))
    saves(bram, draft, change("identity", "title", "Joint analysis of online fraud", "His"))
    for model in (Saving, KeptChange):
        assert model.objects.visible_to(bram).count() >= 1
        for stranger in (an_owner(), an_officer(), an_auditor()):
            assert not model.objects.visible_to(stranger).exists()


@pytest.mark.parametrize("partners", [1, 10])
def test_a_saved_answer_asks_the_same_number_of_questions_for_many_partners(anna, partners):
    draft = a_draft(by=anna)
    rows = [{"name": f"Partner {place}", "country": "MT", "kind": "LAW"} for place in range(partners)]
    draft = edit_application(draft, by=anna, at=NOON, partners=rows)
    counts = {}
    for part, name, value in [
        ("identity", "title", "T"), ("partners", f"{draft.partners.first().pk}-contact_name", "Anna"),
        ("budget", f"{draft.partners.first().pk}-A", "5.00"),
    ]:  # fmt: skip
        base = anna.name if part == "partners" else ""
        with CaptureQueriesContext(connection) as asked:
            saves(anna, draft, change(part, name, base, value), key=f"{part}")
        counts[part] = len(asked)
    assert counts == {"identity": 10, "partners": 15, "budget": 15}
