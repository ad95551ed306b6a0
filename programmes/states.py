"""The life of a call."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_officer, is_system
from core.workflow import NEW, SAME, Workflow, step


class CallStatus(TextChoices):
    DRAFT = "DRAFT", _("in preparation")
    PUBLISHED = "PUBLISHED", _("published")
    CHECKING = "CHECKING", _("closed, checks under way")
    EVALUATION = "EVALUATION", _("under evaluation")
    RANKED = "RANKED", _("ranked list signed")
    DECIDED = "DECIDED", _("decided")


S = CallStatus

# fmt: off
CALL = Workflow(
    "programmes.actions",
    #    what                 from            to            who
    step("prepare",           {NEW},          S.DRAFT,      is_officer, _("Prepare a call"), page="call_new"),
    step("edit",              {S.DRAFT},      SAME,         is_officer, _("Edit"), page="call_edit"),
    step("publish",           {S.DRAFT},      S.PUBLISHED,  is_officer, _("Publish")),
    step("correct",           {S.PUBLISHED},  SAME,         is_officer, _("Publish a corrigendum"), needs_reason=True, page="call_correct"),
    step("open_applications", {S.PUBLISHED},  S.CHECKING,   is_system,  _("Open the applications"), hidden=True),
    step("start_evaluation",  {S.CHECKING},   S.EVALUATION, is_officer, _("Start the evaluation")),
    step("conclude_ranking",  {S.EVALUATION}, S.RANKED,     is_system,  _("Conclude the ranking"), hidden=True),
    step("conclude_decision", {S.RANKED},     S.DECIDED,    is_system,  _("Conclude with the decision"), hidden=True),
)
# fmt: on
