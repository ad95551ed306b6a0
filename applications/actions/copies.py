"""Taking a proposal away as a paper, and taking what fits of an earlier one into a draft."""

from uuid import uuid4, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from applications import documents
from applications.actions.changes import Sent, merge_sent
from applications.actions.drafts import start_application
from applications.actions.fitting import fitting
from applications.actions.guards import require_before_closing
from applications.actions.participations import end_with_their_partners
from applications.completeness import typed_gaps
from applications.content import content_of, digest
from applications.models import Copy, DraftPaper
from applications.states import APPLICATION, DRAFT_PAPER
from core import clock
from core.errors import NotAllowed, WrongState
from core.workflow import UNCHANGED
from promises.actions import promise


def begin_with(application, *, source, by, key=None):
    """Begin a draft with what fits of an earlier application: both, or neither."""
    with transaction.atomic():
        return copy_application(start_application(application, by=by, key=key), source=source, by=by, sending=key)


@APPLICATION.action("copy")
def copy_application(application, *, by, at, source, sending=None):
    """Take in what fits of an earlier application of the same organisation.

    Nothing that stands is written over: what differs waits beside it, as a colleague's change would. `sending`: the
    sender's own key of this request; the same one does nothing the second time.
    """
    require_before_closing(application.call, clock.arrived(at))
    require_another_of_its_own(application, source)
    pk = uuid5(by.pk, f"copy:{application.pk}:{sending}") if sending else uuid4()
    if application.copies.filter(pk=pk).exists():
        return UNCHANGED
    found = fitting(application, source)
    told, parts = merge_sent(application, Sent(tuple(found.changes)), by=by, at=at)
    Copy.objects.create(
        pk=pk, application=application, source=source, by=by, at=at, parts=sorted(parts), left=found.left
    )  # fmt: skip
    application.edited_at = at
    end_with_their_partners(application, by=by, at=at)
    copied = {"copied from": [None, str(source.pk)], "left": [None, found.left]}
    return {"sections": [None, sorted(parts)], **copied, **told}


def require_another_of_its_own(application, source):
    if source.applicant_id != application.applicant_id:
        raise NotAllowed(_("Only an application of your own organisation can be copied."))
    if source.pk == application.pk:
        raise WrongState(_("This is the application itself: choose another one to copy from."))


def ask_for_paper(application, *, by):
    """The draft on paper, as it is saved now. What is drawn of just that, or is being drawn, is not drawn again."""
    new = DraftPaper(application=application)
    DRAFT_PAPER.may_open("ask", new, by=by)
    return paper_at_hand(application) or ask_for_new_paper(new, by=by)


def paper_at_hand(application):
    """A draft's answers that are not valid yet are no part of its hash, so such a draft is always drawn anew."""
    as_it_is = application.draft_papers.drawn().filter(sha256=digest(content_of(application)), typed=0)
    same = None if application.as_typed else as_it_is.first()
    return same or application.draft_papers.being_drawn().first()


@DRAFT_PAPER.action("ask")
def ask_for_new_paper(paper, *, by, at):
    """Owe it: the worker draws it, for a long text takes seconds that a page does not have."""
    if paper.application.draft_papers.being_drawn().exists():
        raise WrongState(_("The PDF is being drawn already; it appears on this page in a moment."))
    paper.asked_by, paper.asked_at = by, at
    promise("draft_paper", paper)


@DRAFT_PAPER.action("draw")
def draw_draft_paper(paper, *, by, at):
    """From what is saved at this moment, which the paper says."""
    content, typed = content_of(paper.application), typed_gaps(paper.application)
    paper.sha256, paper.typed, paper.drawn_at = digest(content), len(typed), at
    paper.pdf_path, paper.pdf_sha256 = documents.draw_draft(paper, content, typed.values())
