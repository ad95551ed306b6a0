"""A call from publication to letters, by the acts of every app; and bare rows where the acts are not what is tested."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

from django.core.files.storage import default_storage
from pypdf import PdfReader

from applications.actions import (
    accept_application,
    exclude_application,
    open_application,
    override_check,
    withdraw_application,
)
from applications.models import Application, Clarification, Hearing
from awards.actions import (
    confirm_letter_read,
    decide,
    deviate,
    prepare_decision,
    propose_decision,
    send_letter,
)
from awards.documents import draw_letter, keep_pdf
from awards.models import Decision
from core import clock
from core.days import day_of
from evaluation.actions import draw_up_list, sign_record
from programmes.actions import open_applications, start_evaluation
from reports.about import About
from tests.applications.factories import a_submitted, heard
from tests.awards.factories import issue_letters
from tests.evaluation.factories import DAY, a_committee, an_evaluated
from tests.factories import (
    AFTER,
    NOON,
    a_call,
    an_applicant,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    an_organisation,
    the_clock,
)

ENTRIES = [
    # state, acronym, title, points, becomes
    ("EL", "GRIFON", "=cmd()|'/c calc'!A0", {"REL": "38", "QUA": "36", "IMP": "18"}, "MAIN"),
    ("DE", "CANARYDE", "CANARY-DE joint patrols", {"REL": "35", "QUA": "33", "IMP": "15"}, "MAIN"),
    ("FR", "CANARYFR", "CANARY-FR data exchange", {"REL": "33", "QUA": "30", "IMP": "14"}, "RESERVE"),
    ("EL", "HERMES", "@SUM(1+1)*cmd", {"REL": "20", "QUA": "30", "IMP": "12"}, "REJECTED"),
]
REASON = "One word too many in the name of the second partner."


def about(call):
    """What a report on this call is asked of; read anew, as every door reads it. None: the whole house."""
    return About.read({"call": str(call.pk)} if call else {})


def bytes_of(file):
    with default_storage.open(file.path) as kept:
        return kept.read()


def text_of(file):
    """What a PDF says."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(bytes_of(file))).pages)


def an_application(call, *, state="EL", status="CHECKING", **fields):
    """A bare row."""
    at = clock.now()
    number = Application.objects.filter(call=call).count() + 1
    values = {
        "applicant": fields.pop("applicant", None) or an_organisation(state),
        "reference": f"{call.reference}-{number:04}", "acronym": f"ACR{number}", "title": f"Proposal {number}",
        "requested": Decimal(300000), "edited_at": at, "submitted_at": at, "versions": 1,
    }  # fmt: skip
    return Application.objects.create(call=call, status=status, **{**values, **fields})


def a_closed_call(**fields):
    """Four applications, one withdrawn and one excluded besides; the checks are done."""
    call, officer = a_call(budget=Decimal(600_000), **fields), an_officer()
    entries = [handed_in(call, number, *entry[:3]) for number, entry in enumerate(ENTRIES)]
    withdrawn = handed_in(call, 7, "EL", "BACK", "Taken back")
    owner = withdrawn.applicant.users.get()
    withdraw_application(withdrawn, by=owner, at=NOON + timedelta(hours=2), reason="No money.")
    excluded = handed_in(call, 8, "DE", "CANARYX", "CANARY-DE excluded")
    open_applications(call, by=the_clock(), at=AFTER)
    for application in [*entries, excluded]:
        open_application(application, by=the_clock(), at=AFTER)
    for application in entries:
        accept_application(application, by=officer, at=AFTER)
    override_check(excluded.checks.filter(passed=True).first(), by=officer, at=AFTER, reason=REASON)
    heard(excluded, by=officer, at=AFTER)
    exclude_application(excluded, by=officer, at=AFTER, reason=REASON)
    call.refresh_from_db()
    return SimpleNamespace(call=call, officer=officer, entries=entries, withdrawn=withdrawn, excluded=excluded)


def handed_in(call, number, state, acronym, title):
    by = an_applicant(an_organisation(state, name=f"Authority {acronym} {call.reference}"))
    identity = {"acronym": acronym, "title": title}
    reference = f"{call.reference}-{number + 1:04}"
    return a_submitted(
        by=by, call=call, at=NOON + timedelta(minutes=number), identity=identity, reference=reference
    )  # fmt: skip


def a_ranked_call(**fields):
    """The committee has signed the list."""
    made = a_closed_call(**fields)
    start_evaluation(made.call, by=made.officer, at=AFTER + timedelta(days=1))
    made.evaluators = [an_evaluator(name="Evaluator Α"), an_evaluator(name="Evaluator Б")]
    for application, entry in zip(made.entries, ENTRIES, strict=True):
        an_evaluated(application, points=entry[3], evaluators=made.evaluators, officer=made.officer)
    a_committee(made.call, officer=made.officer)
    made.ranked_list = draw_up_list(made.call, by=made.officer, at=DAY)
    for seat in made.call.seats.sitting():
        sign_record(seat, by=seat.member, at=DAY)
    made.call.refresh_from_db()
    return made


def a_decided_call(**fields):
    """Decided with one departure from the list, letters drawn and sent, one of them read."""
    made = a_ranked_call(**fields)
    at = DAY + timedelta(days=5)
    decision = prepare_decision(Decision(call=made.call), by=made.officer, at=at)
    line = decision.lines.get(application=made.entries[1])
    less = line.contribution - 1000
    deviate(decision, by=made.officer, at=at, reason="Less travel.", line=line, outcome="AWARD", contribution=less)
    propose_decision(decision, by=made.officer, at=at)
    decision = decide(decision, by=an_authorising_officer(), at=at, reason="As the committee proposes, but for one.")
    made.decision = issue_letters(decision, by=made.officer, at=at)
    for letter in made.decision.letters.all():
        path, sha256 = keep_pdf(letter, draw_letter(letter.facts))
        send_letter(letter, by=the_clock(), at=at + timedelta(minutes=5), path=path, sha256=sha256)
    first = made.decision.letters.get(application=made.entries[0])
    confirm_letter_read(first, by=made.entries[0].applicant.users.get(), at=at + timedelta(days=2))
    made.call.refresh_from_db()
    return made


def clarified(application, *, by, text="What is a ferry?"):
    """The office had asked, its applicant has answered."""
    return Clarification.objects.create(
        application=application, status="ANSWERED", text=text, due_on=day_of(NOON), asked_by=by, asked_at=NOON,
        answer="A ship.", answered_by=application.applicant.users.first(), answered_at=NOON,
    )  # fmt: skip


def noticed(application, *, by):
    """The office has told its applicant what it intends; nobody has said anything yet."""
    return Hearing.objects.create(
        application=application, status="SENT", reference=f"{application.reference}/N9", measure="LESS",
        text=f"About {application.acronym}.", intended="Less.", due_on=day_of(NOON), asked_by=by, asked_at=NOON,
    )  # fmt: skip
