"""Whatever an applicant says: what is read back is what was written, and a receipt of it gives its hash again."""

import json
from datetime import date
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.actions import edit_application
from applications.actions.sections import restore_content
from applications.content import canonical, content_of, digest, says_the_same
from applications.declarations import Declaration
from applications.formats import read
from applications.models import Application
from core.fields import TURNING
from programmes.form_parts import USUAL
from tests.applications.factories import a_draft, an_owner
from tests.factories import NOON

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters=TURNING), max_size=30)
NAMES = WORDS.filter(lambda name: name and name == name.strip())
AMOUNTS = st.integers(1, 10**11).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
SPANS = st.tuples(st.integers(1, 120), st.integers(1, 120)).map(sorted)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat())
CODES = {"objectives": "AB", "actions": "abcdefg"}


def a_choice(codes):
    return st.lists(st.sampled_from(codes), unique=True).map(sorted)


PARTNERS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.builds(lambda: str(uuid4())),
            "name": NAMES,
            "country": st.sampled_from(["MT", "ES", "DE"]),
            "kind": st.sampled_from(["LAW", "STATE"]),
            "registration_number": st.sampled_from(["", "MT 1", "77-1"]),
            "vat_number": st.sampled_from(["", "ES B12345678"]),
            "registered_as": st.just(""),
            "contact_name": WORDS,
            "contact_email": st.sampled_from(["", "a@example.eu"]),
            "is_coordinator": st.just(False),
        }
    ),
    max_size=4,
)
SAID = st.fixed_dictionaries(
    {
        "identity": st.fixed_dictionaries({"acronym": st.text("ABCδ", max_size=10), "title": WORDS}),
        "content": st.fixed_dictionaries(
            {"summary": WORDS, "description": WORDS, **{name: a_choice(codes) for name, codes in CODES.items()}}
        ),
        "timetable": st.fixed_dictionaries(
            {
                "starts_on": st.none() | DAYS,
                "months": st.none() | st.integers(0, 120),
                "milestones": st.lists(
                    st.builds(lambda title, span: {"title": title, "first_month": span[0], "last_month": span[1]},
                              NAMES, SPANS), max_size=4,
                ),
            }
        ),
        "declarations": a_choice(Declaration.values),
        "partners": PARTNERS,
        "money": st.fixed_dictionaries(
            {"requested": st.none() | AMOUNTS, "own_resources": AMOUNTS, "other_resources": AMOUNTS}
        ),
        "amounts": st.lists(AMOUNTS, max_size=5),
    }
)  # fmt: skip


def as_said(drawn, application):
    """A content in its settled order: the coordinator first, lines by partner, activities by month."""
    (lead,) = content_of(application)["partners"]
    partners = [lead, *drawn["partners"]]
    keys = [partner["id"] for partner in partners]
    lines = [
        {"partner": keys[place % len(keys)], "category": category, "amount": amount}
        for place, (category, amount) in enumerate(zip("ABCDE", drawn["amounts"], strict=False))
    ]
    timetable = drawn["timetable"]
    milestones = sorted(timetable["milestones"], key=lambda one: (one["first_month"], one["last_month"], one["title"]))
    lines.sort(key=lambda line: (line["partner"], line["category"]))
    return {
        **{name: drawn[name] for name in ("identity", "content", "declarations")},
        "partners": partners,
        "timetable": {**timetable, "milestones": milestones},
        "budget": {**drawn["money"], "lines": lines},
    }  # fmt: skip


class WrittenAndReadTest(TestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(drawn=SAID)
    def test_what_is_read_back_is_what_was_written(self, drawn):
        owner = an_owner()
        draft = a_draft(by=owner)
        said = as_said(drawn, draft)
        edit_application(draft, by=owner, at=NOON, **said)
        content = content_of(Application.objects.get(pk=draft.pk))
        assert {name: content[name] for name in said} == said
        assert json.loads(canonical(content)) == content
        assert read(content) == content

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(first=SAID, second=SAID)
    def test_a_receipt_of_any_content_gives_its_hash_again_after_any_other(self, first, second):
        owner = an_owner()
        draft = a_draft(by=owner)
        edited = edit_application(draft, by=owner, at=NOON, **as_said(first, draft))
        receipt = json.loads(canonical(content_of(edited)))
        lead = [one for one in content_of(edited)["partners"] if one["is_coordinator"]]
        partners = [*lead, *second["partners"]]
        edit_application(
            edited, by=owner, at=NOON, partners=partners, **{name: second[name] for name in ("identity", "content")}
        )
        again = Application.objects.get(pk=draft.pk)
        restore_content(again, receipt, by=owner, at=NOON)
        again.save()
        content = content_of(Application.objects.get(pk=draft.pk))
        assert digest(content) == digest(receipt)
        assert says_the_same(content, receipt)
        assert set(content) == {"format", "call", "applicant", *USUAL}
