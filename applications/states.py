"""The life of an application, of an eligibility check, and of many checks confirmed together."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_officer, is_system
from applications import holds
from applications import permissions as may
from applications.permissions import (
    has_the_part,
    is_of_the_applicant,
    is_of_the_partner,
    is_shut_out,
    may_be_a_partner,
    may_remark,
    may_submit_it,
    takes_part,
    was_received,
)
from core.holds import ROW
from core.phases import phases
from core.workflow import NEW, SAME, Workflow, step
from programmes.holds import CALL, CLOSING


class ApplicationStatus(TextChoices):
    DRAFT = "DRAFT", _("draft")
    SUBMITTED = "SUBMITTED", _("submitted")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    UNSENT = "UNSENT", _("never submitted")
    CHECKING = "CHECKING", _("checks under way")
    ELIGIBLE = "ELIGIBLE", _("eligible")
    INELIGIBLE = "INELIGIBLE", _("not eligible")
    EVALUATED = "EVALUATED", _("evaluated")
    RETRACTED = "RETRACTED", _("withdrawn after closing")


S = ApplicationStatus


@phases(S, ends=[S.UNSENT, S.RETRACTED], elsewhere=[(S.CHECKING, S.EVALUATED)])  # accepted again after it was judged
class ApplicationPhase:
    """Before the opening the application is its owner's alone; after it, the Commission's and the evaluators' to judge."""

    PREPARING = [S.DRAFT]
    SENT = [S.SUBMITTED]
    ENDED = [S.WITHDRAWN, S.UNSENT]  # by its owner, or for want of a submission: nobody else reads it
    IN_CHECKS = [S.CHECKING]
    EVALUABLE = [S.ELIGIBLE]
    EXCLUDED = [S.INELIGIBLE]  # after the checks, before any evaluation
    EVALUATED = [S.EVALUATED]
    RETRACTED = [S.RETRACTED]  # by its owner, after the call closed: read, perhaps judged, out of the procedure


P = ApplicationPhase
EDITABLE = P.PREPARING + P.SENT  # while its call is open
OWNERS_OWN = P.PREPARING + P.ENDED  # nobody else reads it, and no receipt stands for it
JUDGED = P.EVALUABLE + P.EVALUATED
LISTED = P.IN_CHECKS + P.EVALUABLE + P.EXCLUDED + P.EVALUATED + P.RETRACTED  # opened: what the Commission reads
IN_PROCEDURE = P.IN_CHECKS + P.EVALUABLE + P.EXCLUDED + P.EVALUATED

# Where the applications of a call may stand when it moves on: whoever stands elsewhere would be forgotten by that move.
BEFORE_EVALUATION = P.ENDED + P.RETRACTED + P.EXCLUDED + P.EVALUABLE
AFTER_EVALUATION = P.ENDED + P.RETRACTED + P.EXCLUDED + P.EVALUATED
NAMED_BY = {
    "start_evaluation": BEFORE_EVALUATION,
    **dict.fromkeys(("draw_up", "prepare", "propose", "decide"), AFTER_EVALUATION),
    "issue": AFTER_EVALUATION + P.EVALUABLE,  # one that was decided on may be judged again already
}
# fmt: off
APPLICATION = Workflow(
    "applications.actions",
    #    what             from                     to            who
    step("start",         {NEW},                   S.DRAFT,      is_of_the_applicant, _("Start an application"), page="application_start"),
    step("edit",          {S.DRAFT, S.SUBMITTED},  SAME,         is_of_the_applicant, _("Edit"), page="application_edit", shut=may.is_over, beside=["edit", "submit", "copy", "contribute"]),
    step("contribute",    {S.DRAFT, S.SUBMITTED},  SAME,         may_be_a_partner,    _("Edit as a partner"), hidden=True, page="participation_edit", beside=["edit", "submit", "copy", "contribute"], bars=[takes_part]),
    step("copy",          {S.DRAFT, S.SUBMITTED},  SAME,         is_of_the_applicant, _("Copy from an earlier application"), hidden=True, page="application_copy", beside=["edit", "submit", "copy", "contribute"]),
    step("submit",        {S.DRAFT, S.SUBMITTED},  S.SUBMITTED,  is_of_the_applicant, _("Submit"), page="application_submit", shut=may.is_over, holds=[CLOSING, ROW], beside=["submit"]),
    step("withdraw",      {S.DRAFT, S.SUBMITTED},  S.WITHDRAWN,  is_of_the_applicant, _("Withdraw"), needs_reason=True, shut=may.is_over, holds=[CLOSING, ROW]),
    step("reinstate",     {S.WITHDRAWN},           S.SUBMITTED,  is_of_the_applicant & was_received, _("Undo the withdrawal"), shut=may.is_over, holds=[CLOSING, ROW]),
    step("restore",       {S.WITHDRAWN},           S.DRAFT,      is_of_the_applicant, _("Restore as a draft"), shut=may.is_over, holds=[CLOSING, ROW]),
    step("set_aside",     {S.DRAFT},               S.UNSENT,     is_system,           _("Set aside at closing time"), hidden=True),
    step("open",          {S.SUBMITTED},           S.CHECKING,   is_system,           _("Open at closing time"), hidden=True),
    step("accept",        {S.CHECKING},            S.ELIGIBLE,   is_officer,          _("Confirm as eligible"), bars=[is_shut_out]),
    step("exclude",       {S.CHECKING},            S.INELIGIBLE, is_officer,          _("Exclude"), needs_reason=True, bars=[is_shut_out]),
    step("put_back",      {S.ELIGIBLE, S.INELIGIBLE, S.EVALUATED}, S.CHECKING, is_officer, _("Back to the checks"), needs_reason=True, shut=may.is_decided, holds=[CALL, ROW], bars=[is_shut_out]),
    step("retract",       {S.CHECKING, S.ELIGIBLE, S.INELIGIBLE, S.EVALUATED}, S.RETRACTED,  is_of_the_applicant, _("Withdraw from the procedure"), needs_reason=True, holds=[CALL, ROW]),
    step("conclude",      {S.ELIGIBLE},            S.EVALUATED,  is_system,           _("Conclude the evaluation"), hidden=True, bare=True),
    step("reopen",        {S.EVALUATED},           S.ELIGIBLE,   is_system,           _("Evaluate again"), hidden=True, bare=True),
    place=40, reads=("call__fund", "applicant"),
)

class CheckStatus(TextChoices):
    PROPOSED = "PROPOSED", _("found by the system")
    CONFIRMED = "CONFIRMED", _("confirmed")
    OVERRIDDEN = "OVERRIDDEN", _("overridden")
C = CheckStatus
BELOW = [holds.APPLICATION, ROW]  # two officers cannot accept the application and override its check at once
@phases(C)
class CheckPhase:
    WAITING = [C.PROPOSED]
    CONFIRMED = [C.CONFIRMED]
    OVERRIDDEN = [C.OVERRIDDEN]
CHECK = Workflow(
    "applications.actions",
    #    what        from                        to            who
    step("propose",  {NEW},                      C.PROPOSED,   is_system,  _("Check"), hidden=True, bare=True),
    step("add",      {NEW},                      C.CONFIRMED,  is_officer, _("Add a condition that is not met"), hidden=True, page="condition", holds=BELOW, bars=[is_shut_out]),
    step("confirm",  {C.PROPOSED, C.OVERRIDDEN}, C.CONFIRMED,  is_officer, _("Confirm"), shut=lambda check, _at: not check.application.stands_in(P.IN_CHECKS), holds=BELOW, bars=[is_shut_out]),
    step("override", {C.PROPOSED, C.CONFIRMED},  C.OVERRIDDEN, is_officer, _("Override"), needs_reason=True, shut=lambda check, _at: not check.application.stands_in(P.IN_CHECKS), holds=BELOW, bars=[is_shut_out]),
    # many at once, and back: what a colleague has overridden with a reason is neither
    step("agree",     {C.PROPOSED},  C.CONFIRMED, is_officer, _("Confirm with the others"), hidden=True, holds=BELOW, bars=[is_shut_out]),
    step("take_back", {C.CONFIRMED}, C.PROPOSED,  is_officer, _("Take the confirmation back"), needs_reason=True, hidden=True, holds=BELOW, bars=[is_shut_out]),
    place=50,
)

class CheckBatchStatus(TextChoices):
    PROPOSED = "PROPOSED", _("proposed, nothing is confirmed yet")
    CONFIRMED = "CONFIRMED", _("under way")
    DONE = "DONE", _("confirmed")
    RETURNING = "RETURNING", _("being taken back")
    RETURNED = "RETURNED", _("taken back")
    DISCARDED = "DISCARDED", _("discarded")
B = CheckBatchStatus
@phases(B, ends=[B.RETURNED, B.DISCARDED])
class CheckBatchPhase:
    PROPOSED = [B.PROPOSED]
    UNDER_WAY = [B.CONFIRMED, B.RETURNING]  # the worker has it
    DONE = [B.DONE]
    RETURNED = [B.RETURNED]
    DISCARDED = [B.DISCARDED]
CHECK_BATCH = Workflow(
    "applications.actions",
    #    what         from                       to           who
    step("propose",   {NEW},                     B.PROPOSED,  is_officer, _("Propose to confirm"), page="call_checks", hidden=True),
    step("confirm",   {B.PROPOSED},              B.CONFIRMED, is_officer, _("Confirm them"), looked_at="detail"),
    step("discard",   {B.PROPOSED, B.CONFIRMED}, B.DISCARDED, is_officer, _("Discard"), bare=True),
    step("carry_out", {B.CONFIRMED},             B.DONE,      is_system,  _("Confirm the checks"), hidden=True),
    step("take_back", {B.DONE},                  B.RETURNING, is_officer, _("Take back what nothing rests on"), needs_reason=True, looked_at="detail"),
    step("give_back", {B.RETURNING},             B.RETURNED,  is_system,  _("End the confirmations"), hidden=True),
    place=35,
)

class OrderStatus(TextChoices):
    STANDING = "STANDING", _("given")
    TAKEN_BACK = "TAKEN_BACK", _("taken back")
    DONE = "DONE", _("carried out")
    FAILED = "FAILED", _("could not be carried out")
O = OrderStatus  # noqa: E741 - as the other enums here
@phases(O, ends=[O.TAKEN_BACK, O.DONE, O.FAILED])
class OrderPhase:
    STANDING = [O.STANDING]
    TAKEN_BACK = [O.TAKEN_BACK]
    CARRIED_OUT = [O.DONE]
    FAILED = [O.FAILED]
ORDER = Workflow(
    "applications.actions",
    #    what         from                  to            who
    step("give",      {NEW},                O.STANDING,   may_submit_it, _("Submit at the closing time"), hidden=True, page="standing_order", holds=BELOW),
    step("take_back", {O.STANDING},         O.TAKEN_BACK, may_submit_it, _("Take the standing order back"), hidden=True, page="standing_order", holds=BELOW, bare=True),
    step("carry_out", {O.STANDING},         O.DONE,       is_system,     _("Carry out"), hidden=True, holds=BELOW),
    step("repeat",    {O.DONE},             SAME,         is_system,     _("Carry out again"), hidden=True, holds=BELOW),
    step("miss",      {O.STANDING, O.DONE}, SAME,         is_system,     _("Note why not"), hidden=True, holds=BELOW),
    step("fail",      {O.STANDING},         O.FAILED,     is_system,     _("Give up"), hidden=True, holds=BELOW),
    place=45,
)

class DraftPaperStatus(TextChoices):
    ASKED = "ASKED", _("being drawn")
    DRAWN = "DRAWN", _("drawn")
D = DraftPaperStatus
@phases(D, ends=[D.DRAWN])
class DraftPaperPhase:
    ASKED = [D.ASKED]
    DRAWN = [D.DRAWN]
DRAFT_PAPER = Workflow(
    "applications.actions",
    #    what    from       to       who
    step("ask",  {NEW},     D.ASKED, may_submit_it, _("Take the draft away as a PDF"), hidden=True, page="take_away", holds=BELOW),
    step("draw", {D.ASKED}, D.DRAWN, is_system,     _("Draw"), hidden=True),
    place=45,
)

class RemarkStatus(TextChoices):
    OPEN = "OPEN", _("open")
    RESOLVED = "RESOLVED", _("resolved")
K = RemarkStatus
@phases(K)
class RemarkPhase:
    OPEN = [K.OPEN]
    RESOLVED = [K.RESOLVED]
REMARK = Workflow(
    "applications.actions",
    step("say",     {NEW},        K.OPEN,     may_remark, _("Comment"), hidden=True, page="remark", holds=BELOW),
    step("resolve", {K.OPEN},     K.RESOLVED, may_remark, _("Resolve"), holds=BELOW),
    step("reopen",  {K.RESOLVED}, K.OPEN,     may_remark, _("Take up again"), holds=BELOW),
    place=46,
)
class DutyStatus(TextChoices):
    GIVEN = "GIVEN", _("given")
    DONE = "DONE", _("done")
    FREE = "FREE", _("given to nobody")
W = DutyStatus
@phases(W)
class DutyPhase:
    HELD = [W.GIVEN]
    DONE = [W.DONE]
    FREE = [W.FREE]
DUTY = Workflow(
    "applications.actions",
    #    what         from                       to       who
    step("give",      {NEW},                     W.GIVEN, may_submit_it, _("Give to somebody"), hidden=True, page="duties", holds=BELOW),
    step("hand_on",   {W.GIVEN, W.DONE, W.FREE}, W.GIVEN, may_submit_it, _("Give to somebody else"), hidden=True, page="duties", holds=BELOW),
    step("finish",    {W.GIVEN},                 W.DONE,  has_the_part,  _("My part is done"), holds=BELOW),
    step("reopen",    {W.DONE},                  W.GIVEN, has_the_part | may_submit_it, _("Not done yet"), holds=BELOW),
    step("take_back", {W.GIVEN, W.DONE},         W.FREE,  may_submit_it, _("Take back"), holds=BELOW),
    place=46,
)

class ClarificationStatus(TextChoices):
    ASKED = "ASKED", _("waits for an answer")
    ANSWERED = "ANSWERED", _("answered")
    EXPIRED = "EXPIRED", _("not answered in time")
    WITHDRAWN = "WITHDRAWN", _("question withdrawn")
Y = ClarificationStatus
@phases(Y, ends=[Y.ANSWERED, Y.WITHDRAWN])
class ClarificationPhase:
    WAITING = [Y.ASKED]
    ANSWERED = [Y.ANSWERED]
    EXPIRED = [Y.EXPIRED]
    WITHDRAWN = [Y.WITHDRAWN]
CLARIFICATION = Workflow(
    "applications.actions",
    #    what      from                     to            who
    step("ask",      {NEW},                 Y.ASKED,      is_officer,    _("Ask for a clarification"), hidden=True, page="clarification_ask", holds=BELOW, bars=[is_shut_out]),
    step("reply",    {Y.ASKED},             Y.ANSWERED,   may_submit_it, _("Answer"), hidden=True, page="clarification"),
    step("extend",   {Y.ASKED, Y.EXPIRED},  Y.ASKED,      is_officer,    _("Give more time"), hidden=True, needs_reason=True, reader=_("The applicant"), page="clarification_extend", bars=[is_shut_out]),
    step("withdraw", {Y.ASKED, Y.EXPIRED},  Y.WITHDRAWN,  is_officer,    _("Withdraw the question"), needs_reason=True, reader=_("The applicant"), bars=[is_shut_out]),
    step("expire",   {Y.ASKED},             Y.EXPIRED,    is_system,     _("End the time to answer"), hidden=True),
    step("fall",     {Y.ASKED, Y.EXPIRED},  Y.WITHDRAWN,  is_system,     _("Fall with the application"), hidden=True, needs_reason=True),
    place=45,
)

class ParticipationStatus(TextChoices):
    INVITED = "INVITED", _("invited, no answer yet")
    ACCEPTED = "ACCEPTED", _("takes part")
    DECLINED = "DECLINED", _("declined")
    TAKEN_BACK = "TAKEN_BACK", _("taken back")
    ENDED = "ENDED", _("ended")
T = ParticipationStatus
@phases(T, ends=[T.DECLINED, T.TAKEN_BACK, T.ENDED])
class ParticipationPhase:
    WAITING = [T.INVITED]
    TAKING_PART = [T.ACCEPTED]
    DECLINED = [T.DECLINED]
    TAKEN_BACK = [T.TAKEN_BACK]
    ENDED = [T.ENDED]
STANDING = ParticipationPhase.WAITING + ParticipationPhase.TAKING_PART  # one of them at most for a partner
PARTICIPATION = Workflow(
    "applications.actions",
    #    what         from                     to            who
    step("invite",    {NEW},                   T.INVITED,    may_submit_it,             _("Invite"), hidden=True, page="partners_desk", holds=BELOW),
    step("accept",    {T.INVITED},             T.ACCEPTED,   is_of_the_partner,         _("Accept"), hidden=True, page="participation", holds=BELOW),
    step("decline",   {T.INVITED},             T.DECLINED,   is_of_the_partner,         _("Decline"), holds=BELOW),
    step("leave",     {T.ACCEPTED},            T.ENDED,      is_of_the_partner,         _("Leave the proposal"), needs_reason=True, reader=_("The coordinator"), holds=BELOW),
    step("take_back", {T.INVITED, T.ACCEPTED}, T.TAKEN_BACK, may_submit_it,             _("Take the invitation back"), holds=BELOW),
    step("end",       {T.INVITED, T.ACCEPTED}, T.ENDED,      may_submit_it | is_system, _("End with its partner"), hidden=True, holds=BELOW),
    place=45,
)

class HearingStatus(TextChoices):
    SENT = "SENT", _("waits for observations")
    OBSERVED = "OBSERVED", _("observations received")
    SILENT = "SILENT", _("no observations in time")
    CONSIDERED = "CONSIDERED", _("observations taken into account")
    CLOSED = "CLOSED", _("closed without observations")
    WITHDRAWN = "WITHDRAWN", _("notice withdrawn")
H = HearingStatus
@phases(H, ends=[H.CONSIDERED, H.CLOSED, H.WITHDRAWN])
class HearingPhase:
    WAITING = [H.SENT]
    OBSERVED = [H.OBSERVED]
    SILENT = [H.SILENT]
    HELD = [H.CONSIDERED, H.CLOSED]
    WITHDRAWN = [H.WITHDRAWN]
OFFICES_TURN = HearingPhase.OBSERVED + HearingPhase.SILENT
UNDER_WAY = HearingPhase.WAITING + OFFICES_TURN  # nothing adverse is decided meanwhile
HEARING = Workflow(
    "applications.actions",
    #    what      from                  to            who
    step("send",     {NEW},              H.SENT,       is_officer,    _("Send a notice of what is intended"), hidden=True, page="hearing_send", holds=BELOW, bars=[is_shut_out]),
    step("reply",    {H.SENT},           H.OBSERVED,   may_submit_it, _("Submit observations"), hidden=True, page="hearing"),
    step("extend",   {H.SENT, H.SILENT}, H.SENT,       is_officer,    _("Give more time for observations"), hidden=True, needs_reason=True, reader=_("The applicant"), page="hearing_extend", bars=[is_shut_out]),
    step("consider", {H.OBSERVED},       H.CONSIDERED, is_officer,    _("Say how they were taken into account"), needs_reason=True, reader=_("The applicant"), holds=BELOW, bars=[is_shut_out]),
    step("close",    {H.SILENT},         H.CLOSED,     is_officer,    _("Close without observations"), holds=BELOW, bars=[is_shut_out]),
    step("withdraw", {H.SENT, H.SILENT}, H.WITHDRAWN,  is_officer,    _("Withdraw the notice"), needs_reason=True, reader=_("The applicant"), bars=[is_shut_out]),
    step("expire",   {H.SENT},           H.SILENT,     is_system,     _("End the time for observations"), hidden=True),
    step("fall",     UNDER_WAY,          H.WITHDRAWN,  is_system,     _("Fall with the application"), hidden=True, needs_reason=True),
    place=45,
)
