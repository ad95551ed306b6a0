"""The canonical content: the same facts give the same hash in any order, and a restored content has its hash again."""

import json
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.actions import edit_application, open_application, submit_application
from applications.actions.opening import restore_content
from applications.content import canonical, content_of, digest
from applications.models import Application, BudgetLine, Milestone
from audit.models import AuditRecord
from tests.applications.factories import a_complete_draft, a_draft, a_submitted, an_owner
from tests.factories import NOON, the_clock

WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, blacklist_categories=("Cc", "Cs")), max_size=40)
AMOUNTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
MONTHS = st.tuples(st.integers(1, 36), st.integers(1, 36)).map(sorted)


@pytest.mark.django_db
def test_the_hash_is_the_same_for_rows_in_any_order():
    owner = an_owner()
    application = a_complete_draft(by=owner)
    before = digest(content_of(application))
    lines = list(application.lines.values("partner_id", "category", "amount"))
    milestones = list(application.milestones.values("title", "first_month", "last_month", "order"))
    application.lines.all().delete()
    application.milestones.all().delete()
    for rows, model in ((lines, BudgetLine), (milestones, Milestone)):
        Random(7).shuffle(rows)
        for row in rows:
            model.objects.create(application=application, **row)
    assert digest(content_of(application)) == before


@pytest.mark.django_db
def test_the_canonical_form_is_what_anybody_can_make_of_the_receipt():
    owner = an_owner()
    receipt = a_submitted(by=owner).receipts.get()
    anew = json.loads(json.dumps(receipt.content))
    shuffled = dict(sorted(anew.items(), key=lambda pair: pair[0], reverse=True))
    assert digest(shuffled) == receipt.sha256
    assert canonical(receipt.content).decode().startswith('{"applicant":"')
    assert "Ελένη" in canonical(receipt.content).decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("identity", {"acronym": "OTHER"}),
        ("content", {"summary": "Another summary."}),
        ("content", {"objectives": ["B"]}),
        ("timetable", {"months": 23}),
        ("timetable", {"milestones": []}),
        ("budget", {"requested": "288899.99"}),
        ("budget", {"lines": []}),
        ("partners", []),
        ("declarations", ["TRUE"]),
        ("attachments", {"remove": "all"}),
    ],
)
def test_every_change_changes_the_hash(section, said):
    owner = an_owner()
    application = a_complete_draft(by=owner)
    before = digest(content_of(application))
    if section == "attachments":
        said = {"remove": [application.attachments.get().pk]}
    application = edit_application(application, by=owner, at=NOON, **{section: said})
    assert digest(content_of(application)) != before


class RestoringTest(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        title=WORDS,
        summary=WORDS,
        amounts=st.lists(AMOUNTS, min_size=5, max_size=5),
        spans=st.lists(MONTHS, max_size=4),
        names=st.lists(st.text("abcdef αβγ", min_size=1, max_size=20).filter(str.strip), max_size=3),
    )
    def test_a_restored_content_has_its_hash_again(self, title, summary, amounts, spans, names):
        owner = an_owner()
        application = a_draft(by=owner)
        lead = str(application.partners.get().pk)
        said = {
            "identity": {"title": title},
            "content": {"summary": summary, "actions": ["a"]},
            "partners": [
                {"id": lead},
                *({"id": str(uuid4()), "name": one, "country": "MT", "kind": "LAW"} for one in names),
            ],
            "budget": {
                "lines": [
                    {"partner": lead, "category": category, "amount": amount}
                    for category, amount in zip("ABCDE", amounts, strict=True)
                ]
            },
            "timetable": {
                "milestones": [
                    {"title": f"Activity {place}", "first_month": first, "last_month": last}
                    for place, (first, last) in enumerate(spans)
                ]
            },
        }
        application = edit_application(application, by=owner, at=NOON, **said)
        content = content_of(application)
        edit_application(
            application, by=owner, at=NOON, identity={"title": "Something else"}, partners=[], declarations=["TRUE"],
            budget={"lines": []}, timetable={"milestones": [], "months": 3}, content={"actions": ["b"], "summary": ""},
        )  # fmt: skip
        again = Application.objects.get(pk=application.pk)
        restore_content(again, content, by=owner, at=NOON)
        again.save()
        assert digest(content_of(Application.objects.get(pk=again.pk))) == digest(content)


@pytest.mark.django_db
def test_what_is_judged_is_what_was_submitted():
    """Edits after the last submission are set aside at opening, files too, and the record says so."""
    owner = an_owner()
    application = a_submitted(by=owner)
    sent = application.receipts.get()
    file = application.attachments.get()
    edit_application(
        application, by=owner, at=NOON, identity={"acronym": "LATER"}, partners=[], attachments={"remove": [file.pk]},
        budget={"requested": "1.00"},
    )  # fmt: skip
    opened = open_application(application, by=the_clock(), at=NOON)
    assert digest(content_of(opened)) == sent.sha256 == opened.sent_hash
    assert [one.pk for one in opened.attachments.present()] == [file.pk]
    assert opened.partners.count() == 2
    record = audit_of(opened).last()
    assert record.act == "application.open"
    assert record.changes["unsent edits set aside"][1] == sent.sha256


@pytest.mark.django_db
def test_without_later_edits_nothing_is_restored():
    owner = an_owner()
    opened = open_application(a_submitted(by=owner), by=the_clock(), at=NOON)
    assert "unsent edits set aside" not in audit_of(opened).last().changes


@pytest.mark.django_db
def test_the_last_version_counts():
    owner = an_owner()
    application = a_submitted(by=owner)
    edit_application(application, by=owner, at=NOON, identity={"acronym": "SECOND"})
    application = submit_application(application, by=owner, at=NOON)
    assert application.versions == 2
    opened = open_application(application, by=the_clock(), at=NOON)
    assert opened.acronym == "SECOND"
    assert opened.sent_hash == opened.receipts.get(version=2).sha256


def audit_of(application):
    return AuditRecord.objects.of_chain(application.chain)
