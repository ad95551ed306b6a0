"""The life of a call."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_a_person, is_applicant, is_authorising, is_commission, is_officer, is_system
from core.holds import ROW
from core.phases import phases
from core.workflow import NEW, SAME, Workflow, step
from programmes.holds import CALL as ITS_CALL
from programmes.holds import CLOSING_ALONE
from programmes.permissions import (
    has_a_conflict_here,
    has_asked_it,
    has_opened,
    has_prepared_it,
    has_proposed_the_correction,
    is_its_follower,
    waits_for_correction,
)


class CallStatus(TextChoices):
    DRAFT = "DRAFT", _("in preparation")
    PUBLISHED = "PUBLISHED", _("published")
    CHECKING = "CHECKING", _("closed, checks under way")
    EVALUATION = "EVALUATION", _("under evaluation")
    RANKED = "RANKED", _("ranked list signed")
    DECIDED = "DECIDED", _("decided")
    CANCELLED = "CANCELLED", _("cancelled")


S = CallStatus


@phases(S, ends=[S.DECIDED, S.CANCELLED])
class CallPhase:
    """In the order of a call's life."""

    PREPARING = [S.DRAFT]
    PUBLISHED = [S.PUBLISHED]
    CHECKING = [S.CHECKING]
    EVALUATION = [S.EVALUATION]
    RANKED = [S.RANKED]
    DECIDED = [S.DECIDED]
    CANCELLED = [S.CANCELLED]  # by the authorising officer; whatever came in stands still, unopened stays unread


UNREAD = CallPhase.PREPARING + CallPhase.PUBLISHED  # nobody at the Commission sees a proposal (FR Art. 149(3)(c))
RANKED = CallPhase.RANKED + CallPhase.DECIDED
JUDGED = CallPhase.EVALUATION + RANKED
OPENED = CallPhase.CHECKING + JUDGED
PUBLISHED = CallPhase.PUBLISHED + OPENED + CallPhase.CANCELLED
UNDECIDED = CallPhase.PUBLISHED + CallPhase.CHECKING + CallPhase.EVALUATION + CallPhase.RANKED
CANCELLABLE = UNDECIDED
COMMITTEE_CHANGES = CallPhase.PUBLISHED + CallPhase.CHECKING + CallPhase.EVALUATION


# fmt: off
CALL = Workflow(
    "programmes.actions",
    #    what                 from            to            who
    step("prepare",           {NEW},          S.DRAFT,      is_officer, _("Prepare a call"), page="call_new"),
    step("edit",              {S.DRAFT},      SAME,         is_officer, _("Edit"), page="call_edit"),
    step("publish",           {S.DRAFT},      S.PUBLISHED,  is_officer, _("Publish"), binds=True, preview="call_step_preview"),
    step("correct",           {S.PUBLISHED},  SAME,         is_officer & ~waits_for_correction, _("Propose a corrigendum"), needs_reason=True, page="call_correct"),
    # four eyes (FR Art. 74(5)): who proposed it does not publish it, and the two below are not for who prepared the call
    step("publish_correction", {S.PUBLISHED}, SAME,         is_commission & waits_for_correction & ~has_proposed_the_correction, _("Publish the corrigendum"), binds=True),
    step("drop_correction",   {S.PUBLISHED},  SAME,         is_commission & waits_for_correction, _("Drop the corrigendum"), needs_reason=True),
    step("recall",            {S.PUBLISHED},  S.DRAFT,      is_commission & ~has_prepared_it, _("Take back for correction"), needs_reason=True, shut=has_opened),
    step("cancel",            CANCELLABLE,    S.CANCELLED,  is_authorising & ~has_prepared_it, _("Cancel the call"), binds=True, needs_reason=True, preview="call_step_preview", holds=[CLOSING_ALONE, ROW], bars=[has_a_conflict_here]),
    step("open_applications", {S.PUBLISHED},  S.CHECKING,   is_system,  _("Open the applications"), hidden=True, holds=[CLOSING_ALONE, ROW]),
    step("start_evaluation",  {S.CHECKING},   S.EVALUATION, is_officer, _("Start the evaluation"), bars=[has_a_conflict_here]),
    step("evaluate_again",    {S.EVALUATION, S.RANKED, S.DECIDED}, SAME, is_officer, _("Evaluate again"), needs_reason=True, page="evaluate_again", hidden=True, bars=[has_a_conflict_here]),
    step("conclude_ranking",  {S.EVALUATION}, S.RANKED,     is_system,  _("Conclude the ranking"), hidden=True, bare=True),
    step("expire_reserve",    {S.DECIDED},    SAME,         is_system,  _("End the reserve list"), hidden=True),
    step("conclude_decision", {S.RANKED},     S.DECIDED,    is_system,  _("Conclude with the decision"), hidden=True, bare=True),
    place=30,
)
# fmt: on


class QuestionStatus(TextChoices):
    ASKED = "ASKED", _("waits for an answer")
    ANSWERED = "ANSWERED", _("answered")
    WITHDRAWN = "WITHDRAWN", _("answer withdrawn")
    DECLINED = "DECLINED", _("not answered in public")
    TAKEN_BACK = "TAKEN_BACK", _("taken back")


Q = QuestionStatus


@phases(Q, ends=[Q.TAKEN_BACK])
class QuestionPhase:
    WAITING = [Q.ASKED]
    ANSWERED = [Q.ANSWERED]  # everybody reads the last reply, and the ones before
    WITHDRAWN = [Q.WITHDRAWN]  # everybody reads that no reply stands, and what it said
    DECLINED = [Q.DECLINED]  # only its asker knows of it
    TAKEN_BACK = [Q.TAKEN_BACK]


PUBLIC_QUESTIONS = QuestionPhase.ANSWERED + QuestionPhase.WITHDRAWN
NUMBERED = [ITS_CALL, ROW]  # a call's questions are numbered one after the other

# fmt: off
QUESTION = Workflow(
    "programmes.actions",
    #    what        from                        to            who
    step("ask",      {NEW},                      Q.ASKED,      is_applicant, _("Ask a question"), page="question_ask"),
    step("take_back", {Q.ASKED},                 Q.TAKEN_BACK, has_asked_it, _("Take the question back"), bare=True),
    step("answer",   {Q.ASKED, Q.DECLINED},      Q.ANSWERED,   is_officer,   _("Answer in public"), page="question_answer", holds=NUMBERED),
    step("correct",  {Q.ANSWERED, Q.WITHDRAWN},  Q.ANSWERED,   is_officer,   _("Correct the answer"), needs_reason=True, page="question_correct", holds=NUMBERED),
    step("withdraw", {Q.ANSWERED},               Q.WITHDRAWN,  is_officer,   _("Withdraw the answer"), needs_reason=True, reader=_("Everybody who reads the call")),
    step("decline",  {Q.ASKED},                  Q.DECLINED,   is_officer,   _("Do not answer in public"), needs_reason=True, reader=_("Whoever asked")),
    place=35,
)
# fmt: on


class FollowingStatus(TextChoices):
    FOLLOWS = "FOLLOWS", _("follows")
    STOPPED = "STOPPED", _("does not follow any more")


F = FollowingStatus


@phases(F)
class FollowingPhase:
    FOLLOWS = [F.FOLLOWS]
    STOPPED = [F.STOPPED]


# fmt: off
FOLLOWING = Workflow(
    "programmes.actions",
    step("follow",   {NEW, F.STOPPED}, F.FOLLOWS, is_a_person & is_its_follower, _("Follow the call"), hidden=True, bare=True),
    step("unfollow", {F.FOLLOWS},      F.STOPPED, is_its_follower,               _("Stop following"), hidden=True, bare=True),
    place=35,
)
# fmt: on
