"""What a file says of itself: about what it was asked, as of when, from which rows."""

import hashlib
import re
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.documents.letterhead import DEFAULT
from core.lists import Column
from programmes.models import Call, Fund
from reports import documents
from reports.about import CALL, FUND, HOUSE, KINDS, MEMBER_STATE, About
from reports.catalogue import REPORTS
from reports.documents import as_of_words, digest_of, letterhead_for, note_on
from reports.report import Report
from reports.source import Counted, Source, state_of

THEN = datetime(2021, 3, 1, 11, 30, 5, tzinfo=UTC)
SHA = "0123456789abcdef" * 4
HOUSE_OF_ITS_OWN = Fund(code="x", short_name="X-Fund", name="The X Fund", sheet={"letterhead": {"unit": "Unit X"}})
SILENT = Fund(code="y", short_name="Y-Fund", name="The Y Fund", sheet={})
OPEN_CALL = Call(reference="ISFP-1", title="Police", fund=HOUSE_OF_ITS_OWN, status="PUBLISHED")
CLOSED_CALL = Call(reference="ISFP-2", title="Borders", fund=SILENT, status="EVALUATION")
EVERY_WAY = [
    (About(), [HOUSE], ""),
    (About(call=OPEN_CALL), [CALL], "ISFP-1"),
    (About(fund=SILENT), [FUND], "Y-Fund"),
    (About(member_state="EL"), [MEMBER_STATE], "Greece"),
    (About(member_state="ZZ"), [MEMBER_STATE], "ZZ"),
    (About(fund=SILENT, member_state="EL"), [FUND, MEMBER_STATE], "Y-Fund · Greece"),
]


def a_report(**said):
    words = {
        "slug": "r", "number": "R1", "title": "Rows", "description": "", "basis": ("call", "redress"),
        "allowed": lambda user: True, "columns": (Column("a", "A", str), Column("b", "B", str)),
        "rows": lambda about, user: ["x", "y"],
    }  # fmt: skip
    return Report(**{**words, **said})


def a_source(about=EVERY_WAY[0][0], **said):
    words = {"report": a_report(), "at": None, "reader": "all", "record": None, "row_count": 2, "sha256": SHA}
    return Source(about=about, **{**words, **said})


def a_record(at=THEN):
    return SimpleNamespace(at=at, sequence=7, chain="call:1", hash="abc")


# about what


@pytest.mark.parametrize(("about", "kinds", "words"), EVERY_WAY, ids=lambda one: str(one) or "house")
def test_what_it_is_about_is_said_in_kinds_in_words_and_as_data(about, kinds, words):
    assert about.kinds == kinds
    assert str(about) == words
    assert list(about.as_data()) == [kind for kind in kinds if kind != HOUSE]
    assert all(isinstance(value, str) for value in about.as_data().values())


def test_whose_matter_a_request_is():
    """Of a Member State alone it is the house's: its own auditors must not learn who asks about it."""
    assert About(call=OPEN_CALL).audit_scope() == OPEN_CALL.audit_scope()
    assert About(fund=SILENT).audit_scope() == {FUND: SILENT.pk}
    assert About(fund=SILENT, member_state="EL").audit_scope() == {FUND: SILENT.pk}
    assert About(member_state="EL").audit_scope() == {} == About().audit_scope()


@pytest.mark.parametrize(("asked_of", "knows"), [
    ((CALL,), [CALL]), ((CALL, HOUSE), [HOUSE, CALL]), ((FUND, MEMBER_STATE), []), ((), []),
    ((HOUSE, FUND, MEMBER_STATE), [HOUSE, FUND, MEMBER_STATE]),
])  # fmt: skip
def test_a_report_knows_what_it_can_be_asked_of_and_nothing_beside_it(asked_of, knows):
    """A fund or a Member State narrows what is asked of the whole house, or of a call."""
    report = a_report(kinds=asked_of)
    known = {kinds[0] for about, kinds, _words in EVERY_WAY if len(kinds) == 1 and report.knows(about)}
    assert known == set(knows)
    assert report.house_wide is (HOUSE in asked_of)
    assert report.knows(EVERY_WAY[-1][0]) is ({HOUSE, FUND, MEMBER_STATE} <= set(asked_of))


@pytest.mark.parametrize(("since", "call", "is_ready"), [
    (("EVALUATION", "RANKED"), CLOSED_CALL, True), (("RANKED",), CLOSED_CALL, False),
    (("EVALUATION",), OPEN_CALL, False), (("PUBLISHED",), OPEN_CALL, True),
])  # fmt: skip
def test_a_report_on_a_call_waits_until_the_call_is_far_enough(since, call, is_ready):
    assert a_report(since=since).is_ready(About(call=call)) is is_ready
    assert a_report(since=since).first_status == since[0]


def test_without_a_call_there_is_nothing_to_wait_for():
    assert a_report(kinds=(HOUSE,)).is_ready(About())
    assert not a_report(kinds=(CALL,)).is_ready(About())


def test_the_legal_basis_is_named_once_and_only_where_there_is_one():
    call = Call(reference="ISFP-3", fund=SILENT, legal={"call": "Article 194", "redress": "Article 194"})
    assert a_report().legal_basis(About(call=call)).count("Article 194") == 1
    assert a_report(basis=("no_such_subject",)).legal_basis(About(call=call)) == ""
    assert a_report().legal_basis(About(fund=SILENT)) == ""


# columns


def test_paper_has_the_columns_there_is_room_for_in_the_order_of_the_file():
    whole, narrow = a_report(), a_report(paper=("b",))
    assert [one.name for one in whole.paper_columns(About())] == ["a", "b"]
    assert [one.name for one in narrow.paper_columns(About())] == ["b"]
    assert narrow.labels(About()) == ["A", "B"]
    assert list(narrow.texts(About(), None)) == [["x"], ["y"]]
    assert list(narrow.values(About(), None)) == [["x", "x"], ["y", "y"]]


def test_columns_may_depend_on_what_it_is_about():
    report = a_report(columns=lambda about: (Column("c", str(about) or "All", str),))
    assert report.labels(About(call=OPEN_CALL)) == ["ISFP-1"]
    assert report.labels(About()) == ["All"]


@pytest.mark.parametrize("slug", REPORTS)
def test_every_report_of_the_catalogue_stands_where_it_is_found(slug):
    assert REPORTS[slug].slug == slug
    assert set(REPORTS[slug].kinds) <= set(KINDS)


# the name of a file


def test_a_file_is_named_by_report_matter_moment_and_rows():
    source = a_source(About(call=OPEN_CALL), record=a_record(), at=THEN + timedelta(days=1))
    assert source.file_name("csv") == f"r_ISFP-1_20210301T113005Z_as-of-20210302T113005Z_{SHA[:12]}.csv"
    assert a_source().file_name("pdf") == f"r_all_empty_{SHA[:12]}.pdf"


def test_the_moment_in_a_name_is_that_of_utc_wherever_it_was_read():
    tokyo = THEN.astimezone(timezone(timedelta(hours=9)))
    assert a_source(record=a_record(tokyo)).file_name("csv") == a_source(record=a_record(THEN)).file_name("csv")


@given(st.text(max_size=40))
def test_no_name_of_a_call_leads_a_file_elsewhere(reference):
    name = a_source(About(call=Call(reference=reference, fund=SILENT))).file_name("csv")
    assert re.fullmatch(r"r_[A-Za-z0-9._-]+_empty_[0-9a-f]{12}\.csv", name)


# the facts on it


def facts_of(source):
    return [str(label) for label, _text in source.facts()]


def test_only_what_was_asked_stands_among_the_facts():
    always = ["Report", "Call", "Legal basis", "Filter", "State of the data", "Rows", "SHA-256 of the rows as CSV"]
    assert facts_of(a_source()) == always
    assert facts_of(a_source(at=THEN)) == [*always[:2], "As of", *always[2:]]
    asked = About(fund=SILENT, member_state="EL")
    assert facts_of(a_source(asked)) == [*always[:2], "Fund", "Member State", *always[2:]]


def test_the_facts_say_it_in_words():
    told = dict(a_source(About(call=OPEN_CALL), record=a_record(), at=THEN).facts())
    assert told["Report"] == "R1 Rows"
    assert told["Call"] == "ISFP-1 – Police"
    assert told["State of the data"].endswith("record 7 of call:1, hash abc")
    assert told["As of"].startswith("2021-03-01 12:30:05.000+01:00")
    assert (told["Rows"], told["SHA-256 of the rows as CSV"]) == ("2", SHA)
    assert dict(a_source(About(member_state="EL")).facts())["Call"] == "all calls"


def test_a_house_in_which_nothing_happened_yet_says_so():
    assert str(state_of(None)) == "no act was recorded yet"
    assert a_source().data_at is None


def test_what_a_file_was_made_from_is_not_changed_afterwards():
    with pytest.raises(FrozenInstanceError):
        a_source().row_count = 3
    with pytest.raises(FrozenInstanceError):
        About().member_state = "EL"


@given(st.lists(st.integers(), max_size=30))
def test_rows_are_counted_while_they_pass_and_all_pass(rows):
    counted = Counted(iter(rows))
    assert counted.count == 0
    assert (list(counted), counted.count) == (rows, len(rows))


# on paper


def test_the_letterhead_is_the_fund_s_where_there_is_one():
    for about in (About(call=OPEN_CALL), About(fund=HOUSE_OF_ITS_OWN)):
        assert letterhead_for(about) == {**DEFAULT, "unit": "Unit X"}
    assert letterhead_for(About(call=CLOSED_CALL)) == DEFAULT == letterhead_for(About())


@pytest.mark.parametrize(("rows", "is_cut"), [(0, False), (1_499, False), (1_500, False), (1_501, True)])
def test_paper_that_does_not_hold_all_rows_says_how_many_there_are(rows, is_cut):
    note = str(note_on(a_source(row_count=rows)))
    assert documents.MOST_ROWS_ON_PAPER == 1_500
    assert (f"The first 1500 of {rows} rows" in note, SHA in note) == (is_cut, is_cut)


def test_paper_says_as_of_when_only_where_it_was_asked():
    assert as_of_words(None) == ""
    assert str(as_of_words(THEN)).startswith("as of 2021-03-01 12:30:05.000+01:00")


@given(st.binary(max_size=500))
def test_the_hash_is_of_all_bytes_wherever_the_file_was_left(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("kept") / "file"
    path.write_bytes(content)
    with path.open("rb") as kept:
        kept.read(7)
        assert digest_of(kept) == (hashlib.sha256(content).hexdigest(), len(content))
