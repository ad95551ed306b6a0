"""The life of a call."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_authorising, is_commission, is_officer, is_system
from core.holds import ROW
from core.phases import phases
from core.workflow import NEW, SAME, Workflow, step
from programmes.holds import CLOSING_ALONE
from programmes.permissions import (
    has_a_conflict_here,
    has_prepared_it,
    has_proposed_the_correction,
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
CANCELLABLE = CallPhase.PUBLISHED + CallPhase.CHECKING + CallPhase.EVALUATION + CallPhase.RANKED
COMMITTEE_CHANGES = CallPhase.PUBLISHED + CallPhase.CHECKING + CallPhase.EVALUATION


# fmt: off
CALL = Workflow(
    "programmes.actions",
    #    what                 from            to            who
    step("prepare",           {NEW},          S.DRAFT,      is_officer, _("Prepare a call"), page="call_new"),
    step("edit",              {S.DRAFT},      SAME,         is_officer, _("Edit"), page="call_edit"),
    step("publish",           {S.DRAFT},      S.PUBLISHED,  is_officer, _("Publish")),
    step("correct",           {S.PUBLISHED},  SAME,         is_officer & ~waits_for_correction, _("Propose a corrigendum"), needs_reason=True, page="call_correct"),
    # four eyes (FR Art. 74(5)): who proposed it does not publish it, and the two below are not for who prepared the call
    step("publish_correction", {S.PUBLISHED}, SAME,         is_commission & waits_for_correction & ~has_proposed_the_correction, _("Publish the corrigendum")),
    step("drop_correction",   {S.PUBLISHED},  SAME,         is_commission & waits_for_correction, _("Drop the corrigendum"), needs_reason=True),
    step("recall",            {S.PUBLISHED},  S.DRAFT,      is_commission & ~has_prepared_it, _("Take back for correction"), needs_reason=True),
    step("cancel",            CANCELLABLE,    S.CANCELLED,  is_authorising & ~has_prepared_it, _("Cancel the call"), needs_reason=True, preview="call_step_preview", holds=[CLOSING_ALONE, ROW], bars=[has_a_conflict_here]),
    step("open_applications", {S.PUBLISHED},  S.CHECKING,   is_system,  _("Open the applications"), hidden=True, holds=[CLOSING_ALONE, ROW]),
    step("start_evaluation",  {S.CHECKING},   S.EVALUATION, is_officer, _("Start the evaluation")),
    step("evaluate_again",    {S.EVALUATION, S.RANKED, S.DECIDED}, SAME, is_officer, _("Evaluate again"), needs_reason=True, page="evaluate_again", hidden=True, bars=[has_a_conflict_here]),
    step("conclude_ranking",  {S.EVALUATION}, S.RANKED,     is_system,  _("Conclude the ranking"), hidden=True, bare=True),
    step("expire_reserve",    {S.DECIDED},    SAME,         is_system,  _("End the reserve list"), hidden=True),
    step("conclude_decision", {S.RANKED},     S.DECIDED,    is_system,  _("Conclude with the decision"), hidden=True, bare=True),
    place=30,
)
# fmt: on
