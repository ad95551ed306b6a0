"""The life of an application, and of an eligibility check."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_officer, is_system
from applications.permissions import is_of_the_applicant
from core.workflow import NEW, SAME, Workflow, step


class ApplicationStatus(TextChoices):
    DRAFT = "DRAFT", _("draft")
    SUBMITTED = "SUBMITTED", _("submitted")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    UNSENT = "UNSENT", _("never submitted")
    CHECKING = "CHECKING", _("checks under way")
    ELIGIBLE = "ELIGIBLE", _("eligible")
    INELIGIBLE = "INELIGIBLE", _("not eligible")
    EVALUATED = "EVALUATED", _("evaluated")


S = ApplicationStatus

# fmt: off
APPLICATION = Workflow(
    "applications.actions",
    #    what             from                     to            who
    step("start",         {NEW},                   S.DRAFT,      is_of_the_applicant, _("Start an application"), page="application_start"),
    step("edit",          {S.DRAFT, S.SUBMITTED},  SAME,         is_of_the_applicant, _("Edit"), page="application_edit"),
    step("submit",        {S.DRAFT, S.SUBMITTED},  S.SUBMITTED,  is_of_the_applicant, _("Submit"), page="application_submit"),
    step("withdraw",      {S.DRAFT, S.SUBMITTED},  S.WITHDRAWN,  is_of_the_applicant, _("Withdraw"), needs_reason=True),
    step("restore",       {S.WITHDRAWN},           S.DRAFT,      is_of_the_applicant, _("Restore as a draft")),
    step("set_aside",     {S.DRAFT},               S.UNSENT,     is_system,           _("Set aside at closing time"), hidden=True),
    step("open",          {S.SUBMITTED},           S.CHECKING,   is_system,           _("Open at closing time"), hidden=True),
    step("accept",        {S.CHECKING},            S.ELIGIBLE,   is_officer,          _("Confirm as eligible")),
    step("exclude",       {S.CHECKING},            S.INELIGIBLE, is_officer,          _("Exclude"), needs_reason=True),
    step("conclude",      {S.ELIGIBLE},            S.EVALUATED,  is_system,           _("Conclude the evaluation"), hidden=True),
)
# fmt: on


class CheckStatus(TextChoices):
    PROPOSED = "PROPOSED", _("found by the system")
    CONFIRMED = "CONFIRMED", _("confirmed")
    OVERRIDDEN = "OVERRIDDEN", _("overridden")


C = CheckStatus

# fmt: off
CHECK = Workflow(
    "applications.actions",
    #    what        from                        to            who
    step("propose",  {NEW},                      C.PROPOSED,   is_system | is_officer, _("Check"), hidden=True),
    step("confirm",  {C.PROPOSED, C.OVERRIDDEN}, C.CONFIRMED,  is_officer, _("Confirm")),
    step("override", {C.PROPOSED, C.CONFIRMED},  C.OVERRIDDEN, is_officer, _("Override"), needs_reason=True),
)
# fmt: on
