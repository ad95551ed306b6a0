"""Issuing the letters of a decision: the officer's act promises one for each line, the worker writes them one by one.

What a letter says – its day, who issued it – is what stood when the officer acted, however late a worker comes to it.
Each line is judged again when its letter is written: what is barred then is named, and holds up nobody else.
"""

from django.db import transaction

from accounts.models import User
from accounts.roles import is_officer
from audit.models import AuditRecord
from awards.actions.letters import write_letter
from awards.actions.lines import require_a_line_for_everybody
from awards.actions.reserve import offer_on, promise_its_end
from awards.documents import Papers
from awards.models import Letter
from awards.states import DECISION
from promises.actions import promise, promise_each


@DECISION.action("issue")
def issue_letters(decision, *, by, at):
    """Owe a letter to everybody the decision is about, the successful ones first; who withdrew gets none."""
    require_a_line_for_everybody(decision, "issue")
    decision.issued_at = at
    lines = list(decision.lines.to_be_told().successful_first().for_reading())
    promise_each("write_letter", lines)
    if decision.ordinal == 1:
        promise_its_end(decision.call)
    return {"letters": [0, len(lines)]}


def write_owed_letters(decision, *, at=None):
    """All that are not written yet, in their order."""
    for line in decision.lines.to_be_told().without_letter().successful_first():
        write_owed_letter(line, at=at)


def write_owed_letter(line, *, at=None):
    """The letter of one line of an issued decision, its promise to be drawn, and the offer that it makes."""
    decision = line.decision
    issuer = issuer_of(decision)
    by = issuer if is_officer(issuer) else User.objects.clock()  # who left meanwhile had the right to order it
    papers = Papers(decision, officer=issuer, at=decision.issued_at, about=[line.application_id])
    with transaction.atomic():
        new = Letter(application=line.application, decision=decision)
        letter = write_letter(new, by=by, at=at, line=line, papers=papers)
        promise("letter", letter)
        if papers.is_offer(line):
            offer_on(line, by=by, at=at, told_at=decision.issued_at)
    return letter


def issuer_of(decision):
    """The trail remembers, so the row need not."""
    records = AuditRecord.objects.of_chain(decision.chain).filter(subject_id=str(decision.pk), act="decision.issue")
    return User.objects.get(pk=records.get().actor_id)
