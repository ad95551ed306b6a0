"""Many assignments, or rapporteurs, at once: proposed as rows to be looked at, confirmed as a promise, made and taken
back together.

The officer who confirms answers for each of them: every one is judged again when it is made, with that officer's rights
as they are then. What cannot be made is named on its line, and holds up nobody else.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.holds import LONG
from audit.at_once import insert_all, update_all
from core.errors import Incomplete
from core.language import later
from core.many import take_each
from evaluation.actions.assessments import DAYS_TO_ASSESS, assign_each, sentence_of
from evaluation.actions.consensus import appoint_each
from evaluation.actions.telling import tell
from evaluation.models import Assessment, BatchLine, Consensus
from evaluation.states import ASSESSMENT, BATCH, CONSENSUS
from promises.actions import promise, tell_whose_turn


@BATCH.action("propose")
def propose_batch(batch, *, by, at, lines):
    """Keep a proposal: `lines` are (application, evaluator, facts). Nothing is assigned yet."""
    if not lines:
        raise Incomplete({"": nobody_left(batch)})
    batch.made_by, batch.made_at, batch.size = by, at, len(lines)
    batch.save(force_insert=True)
    insert_all(
        [
            BatchLine(
                batch_id=batch.pk, application_id=application.pk, evaluator_id=person.pk, facts=facts, place=place
            )
            for place, (application, person, facts) in enumerate(lines, 1)
        ]
    )


def nobody_left(batch):
    if batch.is_of_rapporteurs:
        return _("There is nobody to appoint: no application waits for a rapporteur, or nobody who signed is free.")
    return _("There is nobody to assign: every application has its evaluators, or nobody is free.")


@BATCH.action("confirm")
def confirm_batch(batch, *, by, at, due_at=None):
    """From here on it is the house's promise: whoever confirmed may sign out."""
    batch.due_at = None if batch.is_of_rapporteurs else due_at or at + DAYS_TO_ASSESS
    if batch.due_at and batch.due_at <= at:
        raise Incomplete({"due_at": _("Choose a day and time that is still to come.")})
    batch.confirmed_by, batch.confirmed_at = by, at
    promise("assignments", batch)


@BATCH.action("carry_out")
def carry_out_batch(batch, *, by, at):
    """Make all of the batch in one transaction, in the name of who confirmed it."""
    lines = list(batch.lines.prefetch_related("evaluator").order_by("place"))
    applications = applications_of(lines)
    pairs = [(applications[line.application_id], line.evaluator) for line in lines]
    taken = appointed(batch, pairs, at) if batch.is_of_rapporteurs else assigned(batch, pairs, at)
    note_refused(lines, taken.refused)
    batch.made, batch.refused = len(taken.rows), len(taken.refused)
    tell_whose_turn(batch)


def assigned(batch, pairs, at):
    return assign_each(pairs, by=batch.confirmed_by, at=at, due_at=batch.due_at, batch=batch)


def appointed(batch, pairs, at):
    return appoint_each(pairs, by=batch.confirmed_by, at=at, batch=batch)


def applications_of(lines):
    """Without their long texts."""
    model = BatchLine._meta.get_field("application").related_model
    rows = model.objects.prefetch_related("call", "applicant").defer(*LONG)
    return rows.in_bulk({line.application_id for line in lines})


def person_of(row):
    """Of an assessment or of a report."""
    return row.rapporteur_id if isinstance(row, Consensus) else row.evaluator_id


def note_refused(lines, refused):
    why = {(row.application_id, person_of(row)): sentence_of(refusal) for row, refusal in refused}
    changed = [line for line in lines if (line.application_id, line.evaluator_id) in why]
    for line in changed:
        line.refusal = why[line.application_id, line.evaluator_id]
    if changed:
        update_all(changed, [BatchLine._meta.get_field("refusal")])


@BATCH.action("take_back")
def take_back_batch(batch, *, by, at, reason):
    """What nobody has begun; an assessment that was declared for, written or signed stays."""
    batch.ended_by, batch.ended_reason = by, reason
    promise("assignments", batch)


@BATCH.action("give_back")
def give_back_batch(batch, *, by, at):
    said = {"by": batch.ended_by, "at": at, "reason": batch.ended_reason}
    if batch.is_of_rapporteurs:
        standing = list(Consensus.objects.standing().filter(batch=batch).order_by("pk"))
        taken = take_each(CONSENSUS, "take_back", standing, **said)
        note_refused(list(batch.lines.all()), taken.refused)
        sentence = gettext_lazy(
            "Applications of %(call)s for which you were to write the report were taken back from you."
        )
    else:
        untouched = list(Assessment.objects.undeclared().filter(batch=batch).order_by("pk"))
        taken = take_each(ASSESSMENT, "release", untouched, **said)
        sentence = gettext_lazy("Applications of %(call)s that you had not begun to assess were taken back from you.")
    batch.returned = len(taken.rows)
    words = {"call": batch.call}
    subject = later(lambda: _("Applications of %(call)s were taken back") % words)
    tell(
        {person_of(row) for row in taken.rows},
        subject,
        later(lambda: sentence % words),
        about=batch,
        page=reverse("evaluation"),
    )
