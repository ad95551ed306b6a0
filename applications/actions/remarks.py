"""Comments beside the parts of a proposal: said, answered, resolved, taken up again."""

from uuid import UUID

from django.utils.translation import gettext as _

from applications.actions.guards import require_before_closing
from applications.models.remarks import LONGEST_REMARK
from applications.parts import PARTS, asked_by, form_of, own_answers
from applications.states import EDITABLE, REMARK
from core import clock
from core.changes import split
from core.errors import Incomplete, NotAllowed, WrongState
from promises.actions import tell_whose_turn

MOST_REMARKS = 500  # of an application


@REMARK.action("say")
def say_remark(remark, *, by, at):
    """`remark` is new: its application, part, answer (or none) and text, or the thread that it answers."""
    require_written(remark.application, at)
    if remark.thread_id:
        join(remark, remark.thread)
    require_sound(remark)
    if remark.participation_id is None:
        remark.participation = whose(remark)
    require_taking_part(remark, by)
    remark.by, remark.at = by, at
    tell_whose_turn(remark)


@REMARK.action("resolve")
def resolve_remark(remark, *, by, at):
    require_thread(remark)
    require_taking_part(remark, by)
    remark.resolved_by, remark.resolved_at = by, at


@REMARK.action("reopen")
def reopen_remark(remark, *, by, at):
    require_thread(remark)
    require_written(remark.application, at)
    require_taking_part(remark, by)
    remark.resolved_by = remark.resolved_at = None


def join(remark, thread):
    """An answer is about what its thread is about, and read by whoever reads that."""
    require_thread(thread)
    remark.part, remark.name, remark.participation = thread.part, thread.name, thread.participation


def require_thread(remark):
    if remark.thread_id:
        raise WrongState(_("This is an answer: what it answers is resolved."))


def require_written(application, at):
    require_before_closing(application.call, clock.arrived(at))
    if not application.stands_in(EDITABLE):
        raise WrongState(_("%(row)s is withdrawn: restore it first.") % {"row": application})


def require_sound(remark):
    text = remark.text.strip()
    if not text or len(text) > LONGEST_REMARK:
        raise Incomplete({"text": _("Write a comment of at most %(most)d characters.") % {"most": LONGEST_REMARK}})
    part = PARTS.get(remark.part)
    if part not in asked_by(remark.application.call):
        raise Incomplete({"part": _("The call does not ask for this part; leave it out.")})
    if remark.name and (part.form is None or remark.name not in form_of(remark.application, part).fields):
        raise Incomplete({"name": _("The application has no such answer; load the page again.")})
    if remark.application.remarks.count() >= MOST_REMARKS:
        raise Incomplete({"text": _("There are %(most)d comments already.") % {"most": MOST_REMARKS}})


def whose(remark):
    """The partner whose own answer this is about, if its people take part."""
    row = split(remark.name)[0]
    if not row or (remark.part, remark.name) not in own_answers(row):
        return None
    return remark.application.participations.taking_part().filter(row=UUID(row)).first()


def require_taking_part(remark, by):
    """A partner's people speak of their own part alone, and while they take part."""
    if remark.application.applicant_id in by.organisation_ids:
        return
    taking_part = remark.application.participations.taking_part().of_partner(by).filter(pk=remark.participation_id)
    row = taking_part.values_list("row", flat=True).first()
    if row is None:
        raise NotAllowed(_("Your organisation takes no part in this proposal, or not any more. Nothing was saved."))
    if remark.name and (remark.part, remark.name) not in own_answers(str(row)):
        raise NotAllowed(_("A partner comments on its own part; the rest is between the coordinator’s people."))
