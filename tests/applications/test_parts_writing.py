"""Each part, told by what it refuses and by what it keeps: the words of `edit_application`, part by part."""

from datetime import date
from uuid import uuid4

import pytest

from applications.actions import add_attachment, edit_application, remove_attachment
from applications.actions.sections import restore_content
from applications.content import content_of, digest
from applications.models import Application
from applications.parts import PARTS, asked_by, label_of, to_be_written
from applications.parts.filing import MOST_FILES
from applications.parts.partners import MOST_PARTNERS
from applications.parts.timetable import MOST_MILESTONES
from core.errors import Incomplete
from programmes.form_parts import USUAL, form_of
from programmes.models import Call
from tests.applications.factories import a_complete_draft, a_draft, a_file, an_owner
from tests.factories import NOON, a_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def draft(owner):
    return a_draft(by=owner)


def gaps_of(application, owner, **said):
    """What the act refuses, by field; the application stays as it was."""
    before = content_of(Application.objects.get(pk=application.pk))
    with pytest.raises(Incomplete) as refusal:
        edit_application(application, by=owner, at=NOON, **said)
    assert content_of(Application.objects.get(pk=application.pk)) == before
    return {name: str(sentence) for name, sentence in refusal.value.gaps.items()}


def saved(application, owner, **said):
    return content_of(edit_application(application, by=owner, at=NOON, **said))


# every part


def test_the_parts_stand_in_the_order_of_the_pages_and_partners_are_written_before_the_budget(draft):
    assert [part.name for part in asked_by(draft.call)] == list(USUAL)
    assert [part.name for part in to_be_written({"declarations", "budget", "partners"})] == [
        "partners", "budget", "declarations",
    ]  # fmt: skip


def test_a_part_that_the_call_does_not_ask_for_is_refused_and_named(owner):
    draft = a_draft(by=owner, call=a_call(parts=form_of(["identity", "partners", "budget"])))
    gaps = gaps_of(draft, owner, identity={"title": "Good"}, timetable={"months": 3}, horoscope={})
    assert gaps == dict.fromkeys(["horoscope", "timetable"], "The call does not ask for this part; leave it out.")


def test_an_old_record_may_name_a_part_of_another_edition():
    assert (str(label_of("budget")), label_of("horoscope")) == ("Budget", "horoscope")


@pytest.mark.parametrize("name", ["identity", "partners", "content", "timetable", "budget", "declarations"])
def test_saving_a_part_as_it_is_read_changes_nothing(owner, name):
    application = a_complete_draft(by=owner)
    before = content_of(application)
    again = edit_application(application, by=owner, at=NOON, **{name: before[name]})
    assert (again.stamp, content_of(again)) == (application.stamp, before)


@pytest.mark.parametrize("name", ["identity", "content", "timetable", "budget"])
def test_nothing_said_leaves_a_part_as_it_was(owner, name):
    application = a_complete_draft(by=owner)
    assert saved(application, owner, **{name: {}}) == content_of(application)


# identity


@pytest.mark.parametrize(("name", "longest"), [("acronym", 10), ("title", 250)])
def test_a_name_is_as_long_as_its_column(draft, owner, name, longest):
    assert saved(draft, owner, identity={name: "x" * longest})["identity"][name] == "x" * longest
    gaps = gaps_of(draft, owner, identity={name: "x" * (longest + 1)})
    assert list(gaps) == [f"identity.{name}"]


# partners


def a_partner(**said):
    return {"id": str(uuid4()), "name": "Policía Nacional", "country": "ES", "kind": "LAW", **said}


def test_there_may_be_forty_partners_and_no_more(draft, owner):
    assert len(saved(draft, owner, partners=[a_partner() for _one in range(MOST_PARTNERS)])["partners"]) == 41
    gaps = gaps_of(draft, owner, partners=[a_partner() for _one in range(MOST_PARTNERS + 1)])
    assert gaps == {"partners.partners": "At most 40 entries are possible."}


@pytest.mark.parametrize("field", ["name", "country", "kind"])
def test_a_partner_of_whom_not_everything_is_known_is_kept_and_is_a_gap(draft, owner, field):
    one = a_partner(**{field: ""})
    content = saved(draft, owner, partners=[one])
    assert content["partners"][1][field] == ""
    assert f"{one['id']}-{field}" in PARTS["partners"].gaps(content, draft.call)


def test_a_contact_address_is_one(draft, owner):
    one = a_partner(contact_email="nobody at home")
    assert list(gaps_of(draft, owner, partners=[one])) == [f"partners.{one['id']}.contact_email"]


def test_the_order_in_which_partners_are_said_is_kept(draft, owner):
    one, two = a_partner(name="One"), a_partner(name="Two")
    saved(draft, owner, partners=[one, two])
    turned = saved(draft, owner, partners=[two, one])["partners"]
    assert [partner["name"] for partner in turned[1:]] == ["Two", "One"]


def test_the_coordinator_is_found_without_its_id(draft, owner):
    said = saved(draft, owner, partners=[{"is_coordinator": True, "contact_name": "Eleni"}, a_partner()])
    lead, other = said["partners"]
    assert (lead["contact_name"], lead["is_coordinator"], other["is_coordinator"]) == ("Eleni", True, False)


def test_an_id_of_somebody_elses_partner_is_no_way_in(draft, owner):
    foreign = a_complete_draft().partners.get(is_coordinator=False)
    gaps = gaps_of(draft, owner, partners=[a_partner(id=str(foreign.pk))])
    assert list(gaps) == ["partners.id"]
    foreign.refresh_from_db()
    assert foreign.name == "Il-Korp tal-Pulizija ta' Malta"


# content


def test_a_code_that_the_call_has_not_is_named(draft, owner):
    gaps = gaps_of(draft, owner, content={"objectives": ["A", "Z", "Y"]})
    assert gaps == {"content.objectives": "The call has no Y, Z; choose from its list."}


def test_codes_are_kept_in_one_order_and_a_second_choice_takes_the_place_of_the_first(draft, owner):
    assert saved(draft, owner, content={"actions": ["f", "a"]})["content"]["actions"] == ["a", "f"]
    assert saved(draft, owner, content={"actions": ["c"]})["content"]["actions"] == ["c"]
    assert saved(draft, owner, content={"actions": []})["content"]["actions"] == []


def test_a_code_that_the_call_named_once_stays_readable(draft, owner):
    """A corrigendum cannot make a submitted code unreadable: the fund has it."""
    draft.call.objectives.remove(draft.call.objectives.get(code="B"))
    said = saved(draft, owner, content={"objectives": ["B"]})
    shown = PARTS["content"].shown(said, Application.objects.get(pk=draft.pk))
    assert (said["content"]["objectives"], shown["objectives"]) == (["B"], ["B"])


def test_a_text_too_long_is_kept_and_counted(draft, owner):
    said = saved(draft, owner, content={"summary": "x" * 2001, "description": "x" * 50_002})
    gaps = PARTS["content"].gaps(said, draft.call)
    assert str(gaps["summary"]) == "Shorten it by 1 character."
    assert str(gaps["description"]) == "Shorten it by 2 characters."


# timetable


@pytest.mark.parametrize(
    ("said", "kept"),
    [("2021-09-01", "2021-09-01"), (date(2021, 9, 1), "2021-09-01"), ("", None), (None, None)],
)
def test_a_start_is_a_day_or_not_known_yet(draft, owner, said, kept):
    assert saved(draft, owner, timetable={"starts_on": said})["timetable"]["starts_on"] == kept


def an_activity(title="Kick-off", first=1, last=2):
    return {"title": title, "first_month": first, "last_month": last}


def test_activities_are_read_by_month_whatever_order_they_were_said_in(draft, owner):
    rows = [an_activity("Later", 3, 4), an_activity("b", 1, 2), an_activity("a", 1, 2)]
    said = saved(draft, owner, timetable={"milestones": rows})["timetable"]["milestones"]
    assert [one["title"] for one in said] == ["a", "b", "Later"]


@pytest.mark.parametrize(
    ("row", "gap"),
    [
        (an_activity(title="x" * 201), "timetable.milestones.title"),
        (an_activity(first=0), "timetable.milestones.first_month"),
    ],
)
def test_an_activity_that_cannot_be_is_refused(draft, owner, row, gap):
    assert list(gaps_of(draft, owner, timetable={"milestones": [row]})) == [gap]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (an_activity(first=3, last=2), "“Kick-off” ends before it starts"),
        (an_activity(title=""), "name the activity"),
        (an_activity(last=None), "from which month to which month"),
    ],
)
def test_an_activity_that_is_not_finished_is_kept_and_is_a_gap(draft, owner, row, says):
    said = saved(draft, owner, timetable={"milestones": [row]})
    assert said["timetable"]["milestones"] == [row]
    assert says in str(PARTS["timetable"].gaps(said, draft.call)["milestones"])


def test_an_activity_that_is_said_again_stays_the_same_row(draft, owner):
    saved(draft, owner, timetable={"milestones": [an_activity("a"), an_activity("b")]})
    first = {one.title: one.pk for one in draft.milestones.all()}
    saved(draft, owner, timetable={"milestones": [an_activity("b"), {"id": first["a"], **an_activity("A")}]})
    assert {one.title: one.pk for one in draft.milestones.all()} == {"A": first["a"], "b": first["b"]}


def test_nobody_takes_an_activity_of_another_application(draft, owner):
    foreign = str(a_complete_draft().milestones.get().pk)
    gaps = gaps_of(draft, owner, timetable={"milestones": [{"id": foreign, **an_activity()}]})
    assert list(gaps) == ["timetable.milestones"]


def test_there_may_be_a_hundred_activities_and_no_more(draft, owner):
    rows = [an_activity(f"{place}") for place in range(MOST_MILESTONES)]
    assert len(saved(draft, owner, timetable={"milestones": rows})["timetable"]["milestones"]) == MOST_MILESTONES
    gaps = gaps_of(draft, owner, timetable={"milestones": [*rows, an_activity()]})
    assert gaps == {"timetable.milestones": "At most 100 entries are possible."}


def test_an_activity_after_the_end_is_kept_and_is_a_gap(draft, owner):
    said = saved(draft, owner, timetable={"months": 3, "milestones": [an_activity("Review", 4, 5)]})
    gaps = PARTS["timetable"].gaps(said, draft.call)
    assert "“Review” ends after month 3" in str(gaps["milestones"])


# budget


@pytest.mark.parametrize("name", ["requested", "own_resources", "other_resources"])
@pytest.mark.parametrize("said", ["-0.01", "1.001", "NaN", "Infinity", "a lot", "9" * 13])
def test_what_is_no_amount_in_euro_and_cent_is_refused_at_its_field(draft, owner, name, said):
    assert list(gaps_of(draft, owner, budget={name: said})) == [f"budget.{name}"]


@pytest.mark.parametrize(
    ("name", "nothing"), [("requested", None), ("own_resources", "0.00"), ("other_resources", "0.00")]
)
@pytest.mark.parametrize("said", [None, ""])
def test_nothing_typed_is_nothing_asked_or_nothing_paid(draft, owner, name, nothing, said):
    saved(draft, owner, budget={name: "5"})
    assert saved(draft, owner, budget={name: said})["budget"][name] == nothing


def a_line(partner, category="A", amount="10.00"):
    return {"partner": partner, "category": category, "amount": amount}


def test_the_lines_are_the_whole_table(draft, owner):
    lead = str(draft.partners.get().pk)
    saved(draft, owner, budget={"lines": [a_line(lead, "A"), a_line(lead, "B"), a_line(lead, "C", "0")]})
    said = saved(draft, owner, budget={"lines": [a_line(lead, "B", "11")]})["budget"]["lines"]
    assert said == [a_line(lead, "B", "11.00")]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"partner": str(uuid4())}, "not in the application any more"),
        ({"category": "Z"}, "categories A to E"),
        ({"amount": "1.005"}, "in euro and cent"),
        ({"amount": "-1"}, "in euro and cent"),
    ],
)
def test_a_line_that_belongs_nowhere_is_refused(draft, owner, line, says):
    lead = str(draft.partners.get().pk)
    gaps = gaps_of(draft, owner, budget={"lines": [{**a_line(lead), **line}]})
    assert says in gaps["budget.lines"]


# attachments


def test_a_file_that_is_not_there_cannot_be_taken_out_twice(owner):
    application = a_complete_draft(by=owner)
    file = application.attachments.get()
    application = remove_attachment(application, file.pk, by=owner, at=NOON)
    assert list(gaps_of(application, owner, attachments={"remove": [file.pk]})) == ["attachments.file"]


def test_there_may_be_eighty_files_and_a_removed_one_makes_room(owner):
    application = a_complete_draft(by=owner)
    first = application.attachments.get()
    stored = {"content_type": first.content_type, "size": 1, "sha256": "", "crc32": 0, "uploaded_by": owner}
    first.__class__.objects.bulk_create(
        first.__class__(application=application, kind="OTHER", name=f"{n}.pdf", path=f"{n}", uploaded_at=NOON, **stored)
        for n in range(MOST_FILES - 1)
    )
    with pytest.raises(Incomplete) as refusal:
        add_attachment(application, a_file(), kind="OTHER", by=owner, at=NOON)
    assert "At most 80 files" in str(refusal.value.gaps["attachments.file"])
    remove_attachment(application, first.pk, by=owner, at=NOON)
    add_attachment(application, a_file(), kind="OTHER", by=owner, at=NOON)
    assert application.attachments.present().count() == MOST_FILES


def test_restoring_brings_back_the_files_of_the_receipt_and_no_others(owner):
    application = a_complete_draft(by=owner)
    content = content_of(application)
    first = application.attachments.get()
    application = remove_attachment(application, first.pk, by=owner, at=NOON)
    application = add_attachment(application, a_file(name="later.pdf"), kind="OTHER", by=owner, at=NOON)
    changes = restore_content(application, content, by=owner, at=NOON)
    assert digest(content_of(application)) == digest(content)
    assert changes["attachments · later.pdf"][1] is None
    assert changes["attachments · description.pdf"][0] is None


# declarations


def test_a_declaration_that_nobody_asked_for_is_refused(draft, owner):
    gaps = gaps_of(draft, owner, declarations=["TRUE", "FALSE"])
    assert gaps == {"declarations.declarations": "Choose among the declarations of the form."}


def test_declared_twice_is_declared_once(draft, owner):
    assert saved(draft, owner, declarations=["TRUE", "HONOUR", "TRUE"])["declarations"] == ["HONOUR", "TRUE"]


# a part among the answers


@pytest.fixture
def with_risks(new_part, owner):
    call = a_call()
    for fields in ({"status": "DRAFT"}, {"parts": form_of([*PARTS])}, {"status": "PUBLISHED"}):
        Call.objects.filter(pk=call.pk).update(**fields)
    call.refresh_from_db()
    return a_draft(by=owner, call=call)


def test_a_part_without_a_table_says_nothing_until_it_is_filled_in(with_risks, new_part):
    assert content_of(with_risks)["risks"] == new_part.empty
    assert new_part.is_untouched(new_part.empty)


def test_it_keeps_what_is_given_and_leaves_the_rest(with_risks, owner):
    rows = [{"title": "Delay", "likely": "HIGH"}]
    saved(with_risks, owner, risks={"overview": "Some."})
    said = saved(with_risks, owner, risks={"rows": rows, "colour": "blue"})
    assert said["risks"] == {"overview": "Some.", "rows": rows}
    assert saved(with_risks, owner, identity={"title": "Other"})["risks"] == said["risks"]


@pytest.mark.parametrize(
    ("said", "gap"),
    [
        ({"overview": "x" * 501}, "risks.overview"),
        ({"rows": [{"title": "Delay", "likely": "PERHAPS"}]}, "risks.rows.0.likely"),
        ({"rows": [{"likely": "LOW"}]}, "risks.rows.0.title"),
        ({"rows": "many"}, "risks.rows.non_field_errors"),
        ("many", "risks.non_field_errors"),
    ],
)
def test_it_refuses_by_field_what_it_cannot_keep(with_risks, owner, said, gap):
    assert list(gaps_of(with_risks, owner, risks=said)) == [gap]


def test_its_change_stands_in_the_record(with_risks, owner):
    edit_application(with_risks, by=owner, at=NOON, risks={"overview": "Some."})
    version = Application.objects.get(pk=with_risks.pk)
    assert version.answers == {"risks": {"overview": "Some.", "rows": []}}
