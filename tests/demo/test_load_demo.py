"""A short demo, told end to end: from the published call to the letters."""

from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError
from pypdf import PdfReader

from accounts.models import Organisation, User
from accounts.roles import is_applicant, is_officer
from applications.models import Application, Attachment, Check, Receipt
from audit.models import AuditRecord
from awards.models import Decision, DecisionLine, Letter
from core.formats import euro
from demo import PASSWORD
from demo.people import bring_in_people
from evaluation.models import Assessment, RankedEntry
from programmes.models import Call
from promises.models import Promise

SHORT = [
    "RADNET-CE", "CITYWATCH", "CROWDWISE", "DRONEGATE", "ARTGUARD", "KRITIS-SK", "AMMOCHOST", "LIDO",  # protect
    "SAFE-ROAD", "FOLLOW", "LILA", "NAILBAR", "OPENEYES", "DARKPAGE", "KIDSNET", "TINYGRANT",  # thb
    "ARGENT", "AMBER", "SÍOCHÁN",  # organised crime
    "TYREFIRE", "ECOTAX", "WHISTLE",  # environment, corruption
]  # fmt: skip


@pytest.fixture
def loaded(db, said):
    said("load_funds")
    return said("load_demo", only=SHORT, patience=0)


def statuses(model, path):
    return dict(model.objects.values_list(path, "status"))


@pytest.mark.slow
def test_the_story_ends_where_it_should_and_a_second_telling_changes_nothing(loaded, said):
    assert "The demo is loaded" in loaded
    calls_stand()
    applications_stand()
    decided_call_has_everything()
    files_are_real()
    every_desk_has_work()
    before = AuditRecord.objects.count()
    said("load_demo", only=SHORT, patience=0)
    assert AuditRecord.objects.count() == before
    assert "all chains whole" in said("verify_trail")
    said("adopt_rows")  # the clock, whom a migration made
    assert "Everything was proved." in said("prove")
    shown = said("demo_logins")
    assert "officer@home.example.eu" in shown
    assert PASSWORD in shown


@pytest.mark.slow
def test_the_password_shown_opens_the_door_with_the_real_hasher(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    bring_in_people(only=["LUMEN"], say=str)
    assert all(user.check_password(PASSWORD) for user in User.objects.of(is_officer, is_applicant))


def calls_stand():
    assert statuses(Call, "reference") == {
        "ISFP-2017-AG-PROTECT": "DECIDED",
        "ISFP-2020-AG-THB": "EVALUATION",
        "ISFP-2020-AG-ENV": "RANKED",
        "ISF-2022-TF1-AG-CORRUPT": "CHECKING",
        "ISF-2023-TF2-AG-OC": "PUBLISHED",
        "ISF-2024-TF2-AG-PROTECT-jewish-places-worship": "DRAFT",
    }
    protect = Call.objects.get(reference="ISFP-2017-AG-PROTECT")
    assert protect.closes_at == datetime(2018, 2, 1, 16, tzinfo=UTC)
    assert protect.decisions.get().decided_at.date() <= protect.inform_by


def applications_stand():
    found = statuses(Application, "acronym")
    assert found["KRITIS-SK"] == found["TINYGRANT"] == "INELIGIBLE"
    assert found["AMMOCHOST"] == "UNSENT"
    assert found["LIDO"] == found["AMBER"] == "WITHDRAWN"
    assert found["ARGENT"] == "SUBMITTED"
    assert found["SÍOCHÁN"] == "DRAFT"
    assert Check.objects.get(application__acronym="CITYWATCH", code="RATE").status == "OVERRIDDEN"
    edited = Application.objects.get(acronym="ARGENT")
    assert edited.summary != edited.receipts.first().content["content"]["summary"]
    assert Organisation.objects.get(member_state="CY").name == "Υπουργείο Εσωτερικών της Κυπριακής Δημοκρατίας"


def decided_call_has_everything():
    protect = Call.objects.get(reference="ISFP-2017-AG-PROTECT")
    assert Decision.objects.get(call__reference="ISFP-2020-AG-ENV").status == "PROPOSED"
    places = dict(RankedEntry.objects.values_list("application__acronym", "place"))
    assert places["RADNET-CE"] == "MAIN"
    assert places["ARTGUARD"] == "REJECTED"
    assert DecisionLine.objects.get(deviates=True).application.acronym == "DRONEGATE"
    letters = Letter.objects.all()
    assert letters.count() == protect.decisions.get().lines.count() == 6
    assert {letter.status for letter in letters} <= {"SENT", "READ"}
    assert not Promise.objects.filter(kind__in=["letter", "receipt", "mail"]).exclude(status="KEPT").exists()
    assert Assessment.objects.get(application__acronym="CROWDWISE", status="CONFLICT").ended_reason


def files_are_real():
    paths = [file.path for file in Attachment.objects.all()]
    paths += [row.pdf_path for row in (*Receipt.objects.all(), *Letter.objects.all())]
    for path in paths:
        with default_storage.open(path) as kept:
            assert len(PdfReader(kept).pages[0].extract_text()) > 100
    estimate = Attachment.objects.get(kind="BUDGET", application__acronym="RADNET-CE")
    with default_storage.open(estimate.path) as kept:
        text = " ".join(page.extract_text() for page in PdfReader(kept).pages)
    assert euro(estimate.application.requested) in text


def every_desk_has_work():
    found = {(row.application.acronym, row.status) for row in Assessment.objects.select_related("application")}
    assert {
        ("LILA", "SIGNED"), ("NAILBAR", "CONFLICT"), ("OPENEYES", "OPEN"), ("DARKPAGE", "OPEN"), ("KIDSNET", "ASSIGNED")
    } <= found  # fmt: skip
    assert Application.objects.get(acronym="FOLLOW").consensus_reports.get().status == "PROPOSED"
    assert Application.objects.get(acronym="LILA").consensus_reports.get().status == "DRAFT"
    assert Application.objects.get(acronym="SAFE-ROAD").status == "EVALUATED"


def test_without_funds_the_command_says_what_to_run(db, said):
    with pytest.raises(CommandError, match="load_funds"):
        said("load_demo")


def test_before_the_demo_there_are_no_logins(db, said):
    assert "load_demo" in said("demo_logins")
