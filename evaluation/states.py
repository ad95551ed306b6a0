"""The lives of a register entry, a place in a pool, an assessment, a batch, a report, a seat, a list, a scenario."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_commission, is_officer, is_system
from applications.holds import APPLICATION
from core.holds import ROW
from core.phases import phases
from core.workflow import NEW, SAME, Workflow, step
from evaluation import holds
from evaluation import permissions as may
from programmes.holds import CALL

BELOW = [APPLICATION, ROW]  # parents are held before children are counted
ASSIGNING = [APPLICATION, holds.ENTRY_OF_EVALUATOR, holds.PLACE_IN_THE_POOL, ROW]  # nobody fills a last place twice
DEEP = [holds.CALL_OF_APPLICATION, APPLICATION, ROW]  # what falls with a judgement goes up to the list of its call
MENDING = [may.evaluates_it, may.is_in_conflict]  # whoever mends has no part in what is mended, nor in what it moves


class EntryStatus(TextChoices):
    KEPT = "KEPT", _("in the register")


@phases(EntryStatus, ends=[EntryStatus.KEPT])
class EntryPhase:
    KEPT = [EntryStatus.KEPT]


# fmt: off
ENTRY = Workflow(
    "evaluation.actions",
    #    what       from                 to                who
    step("enter",   {NEW},               EntryStatus.KEPT, may.is_own_entry, _("Enter the register of evaluators"), page="my_entry", hidden=True, holds=[holds.PLACE_IN_THE_REGISTER]),
    step("correct", {EntryStatus.KEPT},  SAME,             may.is_own_entry, _("Correct my entry"), page="my_entry", hidden=True),
    place=45,
)


class PoolMemberStatus(TextChoices):
    INVITED = "INVITED", _("invited, no answer yet")
    ACCEPTED = "ACCEPTED", _("accepted")
    DECLINED = "DECLINED", _("declined")
    TAKEN_BACK = "TAKEN_BACK", _("invitation taken back")
    LEFT = "LEFT", _("left the pool")
    RELEASED = "RELEASED", _("released from the pool")


I = PoolMemberStatus  # noqa: E741

@phases(I, ends=[])
class PoolMemberPhase:
    INVITED = [I.INVITED]
    ACCEPTED = [I.ACCEPTED]
    DECLINED = [I.DECLINED]
    TAKEN_BACK = [I.TAKEN_BACK]
    GONE = [I.LEFT, I.RELEASED]


INVITABLE = [one for one in I if one is not I.ACCEPTED]  # each of them may be invited once more
ASKED = [one for one in I if one is not I.TAKEN_BACK]  # a call with one of these has a pool

POOL_MEMBER = Workflow(
    "evaluation.actions",
    #    what         from                 to            who
    step("invite",    {NEW, *INVITABLE},   I.INVITED,    is_officer,                 _("Invite"), page="pool_invite", hidden=True, holds=[holds.POOL_OF_CALL, ROW], bars=[may.is_in_conflict]),
    step("accept",    {I.INVITED},         I.ACCEPTED,   may.is_own_entry,               _("Accept the invitation")),
    step("decline",   {I.INVITED},         I.DECLINED,   may.is_own_entry,               _("Decline"), page="pool_decline"),
    step("take_back", {I.INVITED},         I.TAKEN_BACK, is_officer,                 _("Take the invitation back"), needs_reason=True, bars=[may.is_in_conflict]),
    step("leave",     {I.ACCEPTED},        I.LEFT,       may.is_own_entry,               _("Leave the pool"), needs_reason=True),
    step("release",   {I.ACCEPTED},        I.RELEASED,   is_officer & ~may.is_own_entry, _("Release from the pool"), needs_reason=True, bars=[may.is_in_conflict]),
    place=46, reads=["call", "person"],
)


class AssessmentStatus(TextChoices):
    ASSIGNED = "ASSIGNED", _("declaration awaited")
    OPEN = "OPEN", _("being written")
    SIGNED = "SIGNED", _("signed")
    CONFLICT = "CONFLICT", _("conflict of interest")
    RELEASED = "RELEASED", _("taken back")


A = AssessmentStatus

@phases(A, ends=[A.CONFLICT])
class AssessmentPhase:
    UNDECLARED = [A.ASSIGNED]
    OPEN = [A.OPEN]
    SIGNED = [A.SIGNED]
    CONFLICT = [A.CONFLICT]
    RELEASED = [A.RELEASED]


UNFINISHED = AssessmentPhase.UNDECLARED + AssessmentPhase.OPEN
COUNTING = UNFINISHED + AssessmentPhase.SIGNED  # still takes part
READING = AssessmentPhase.OPEN + AssessmentPhase.SIGNED  # has declared, and may read the application
SHUT_OUT = AssessmentPhase.UNDECLARED + AssessmentPhase.CONFLICT  # may not read it, whatever the role (FR Art. 61)
BLIND = UNFINISHED + AssessmentPhase.CONFLICT  # nothing of others before the own signature, nothing ever in a conflict
TOOK_PART = COUNTING + AssessmentPhase.CONFLICT
KNOWN = COUNTING + AssessmentPhase.RELEASED  # who may still turn out to be in conflict

ASSESSMENT = Workflow(
    "evaluation.actions",
    #    what           from                    to          who
    step("assign",      {NEW, A.RELEASED},      A.ASSIGNED, is_officer,            _("Assign"), page="assign", hidden=True, holds=ASSIGNING, bars=[may.evaluates_it]),
    step("stand_aside", {NEW},                  A.CONFLICT, is_officer & may.is_own,   _("Stand aside"), needs_reason=True, page="stand_aside", hidden=True, holds=DEEP),
    step("bar",         {NEW},                  A.CONFLICT, is_officer & ~may.is_own,  _("Record a conflict of interest"), needs_reason=True, page="bar_person", hidden=True, holds=DEEP, bars=MENDING),
    step("declare",     {A.ASSIGNED},           A.OPEN,     may.is_own_evaluator,      _("Declare that I have no conflict of interest")),
    step("recuse",      COUNTING,               A.CONFLICT, may.is_own_evaluator,      _("Declare a conflict of interest"), needs_reason=True, holds=DEEP),
    step("strike",      KNOWN,                  A.CONFLICT, is_officer & ~may.is_own,  _("Strike for a conflict of interest"), needs_reason=True, preview="assessment_preview", holds=DEEP, bars=MENDING),
    step("score",       {A.OPEN},               SAME,       may.is_own_evaluator,      _("Score"), page="assessment", hidden=True),
    step("sign",        {A.OPEN},               A.SIGNED,   may.is_own_evaluator,      _("Sign")),
    step("release",     {A.ASSIGNED, A.OPEN},   A.RELEASED, is_officer & ~may.is_own,  _("Take the assignment back"), needs_reason=True, bars=[may.evaluates_it]),
    step("fall",        {A.ASSIGNED},           A.RELEASED, is_system,             _("Fall with the place in the pool"), hidden=True, needs_reason=True),
    step("reopen",      {A.SIGNED},             A.OPEN,     is_officer & ~may.is_own,  _("Reopen the assessment"), needs_reason=True, shut=may.is_signed, preview="assessment_preview", holds=DEEP, bars=MENDING),
    step("replace",     {A.SIGNED},             A.RELEASED, is_officer & ~may.is_own,  _("Replace the evaluator"), needs_reason=True, shut=may.is_signed, preview="assessment_preview", holds=DEEP, bars=MENDING),
    place=50,
)


class RulingStatus(TextChoices):
    LIFTED = "LIFTED", _("found, and lifted")
    PINNED = "PINNED", _("stays, whatever is found")


@phases(RulingStatus, ends=[])
class RulingPhase:
    LIFTED = [RulingStatus.LIFTED]
    PINNED = [RulingStatus.PINNED]

RULING = Workflow(
    "evaluation.actions",
    #    what    from                        to                   who
    step("lift", {NEW, RulingStatus.PINNED}, RulingStatus.LIFTED, is_officer & ~may.is_the_person, _("Lift the conflict"), needs_reason=True, page="rule_on_conflict", hidden=True, holds=BELOW, bars=MENDING),
    step("pin",  {NEW, RulingStatus.LIFTED}, RulingStatus.PINNED, is_officer & ~may.is_the_person, _("Let the conflict stay"), needs_reason=True, page="rule_on_conflict", hidden=True, holds=BELOW, bars=MENDING),
    place=50,
)


class BatchStatus(TextChoices):
    PROPOSED = "PROPOSED", _("proposed, nothing is done yet")
    CONFIRMED = "CONFIRMED", _("confirmed, under way")
    DONE = "DONE", _("done")
    RETURNING = "RETURNING", _("being taken back")
    RETURNED = "RETURNED", _("taken back")
    DISCARDED = "DISCARDED", _("discarded")


B = BatchStatus

@phases(B, ends=[B.RETURNED, B.DISCARDED])
class BatchPhase:
    PROPOSED = [B.PROPOSED]
    UNDER_WAY = [B.CONFIRMED, B.RETURNING]  # the worker has it
    DONE = [B.DONE]
    RETURNED = [B.RETURNED]
    DISCARDED = [B.DISCARDED]

BATCH = Workflow(
    "evaluation.actions",
    #    what           from                       to           who
    step("propose",     {NEW},                     B.PROPOSED,  is_officer, _("Propose assignments"), page="assign", hidden=True),
    step("discard",     {B.PROPOSED, B.CONFIRMED}, B.DISCARDED, is_officer, _("Discard"), bare=True),
    step("confirm",     {B.PROPOSED},              B.CONFIRMED, is_officer, _("Assign them"), page="batch", hidden=True),
    step("carry_out",   {B.CONFIRMED},             B.DONE,      is_system,  _("Make the assignments"), hidden=True),
    step("take_back",   {B.DONE},                  B.RETURNING, is_officer, _("Take back what nobody has begun"), needs_reason=True),
    step("give_back",   {B.RETURNING},             B.RETURNED,  is_system,  _("End the assignments"), hidden=True),
    place=35,
)


class ConsensusStatus(TextChoices):
    DRAFT = "DRAFT", _("being written")
    PROPOSED = "PROPOSED", _("waits for the evaluators")
    APPROVED = "APPROVED", _("approved")
    SET_ASIDE = "SET_ASIDE", _("set aside")


C = ConsensusStatus

@phases(C, ends=[C.SET_ASIDE], elsewhere=[(C.PROPOSED, C.APPROVED)])  # by the last approval, inside it
class ConsensusPhase:
    WRITING = [C.DRAFT]
    PROPOSED = [C.PROPOSED]
    APPROVED = [C.APPROVED]
    SET_ASIDE = [C.SET_ASIDE]  # kept and shown; another report takes its place


AGREEING = ConsensusPhase.WRITING + ConsensusPhase.PROPOSED
STANDING = AGREEING + ConsensusPhase.APPROVED

CONSENSUS = Workflow(
    "evaluation.actions",
    #    what       from                   to          who
    step("appoint", {NEW},                 C.DRAFT,    is_officer,            _("Appoint the rapporteur"), page="appoint_rapporteur", hidden=True, holds=BELOW, bars=[may.evaluates_it]),
    step("agree",   {C.DRAFT},             SAME,       may.is_own_rapporteur,     _("Write the agreed scores"), page="consensus", hidden=True),
    step("propose", {C.DRAFT},             C.PROPOSED, may.is_own_rapporteur,     _("Propose to the evaluators")),
    step("approve", {C.PROPOSED},          SAME,       may.is_agreeing_evaluator, _("Approve"), holds=BELOW, beside=["approve"]),  # the last approval concludes
    step("object",  {C.PROPOSED},          C.DRAFT,    may.is_agreeing_evaluator, _("Send back"), needs_reason=True, reader=_("Each evaluator of the report"), beside=["approve"]),
    step("hand_on", AGREEING,              SAME,       is_officer,            _("Replace the rapporteur"), needs_reason=True, page="hand_on", holds=BELOW, bars=MENDING),
    step("pass_over", {C.PROPOSED},        SAME,       is_officer,            _("Go on without an evaluator"), needs_reason=True, page="pass_over", holds=BELOW, bars=MENDING, beside=["approve"]),
    step("reopen",  {C.APPROVED},          C.SET_ASIDE, is_officer,           _("Reopen the report"), needs_reason=True, shut=may.is_signed, preview="consensus_preview", holds=DEEP, bars=MENDING),
    step("begin_again", {NEW},             C.DRAFT,    is_officer,            _("Begin the report again"), hidden=True, holds=BELOW, bars=MENDING),
    step("take_back", {C.DRAFT},           C.SET_ASIDE, is_officer,           _("Take the appointment back"), needs_reason=True, shut=may.is_begun, hidden=True, holds=BELOW, bars=[may.evaluates_it]),
    step("fall",    STANDING,              C.SET_ASIDE, is_system,            _("Fall with what it rests on"), hidden=True, needs_reason=True),
    place=50,
)


class SeatStatus(TextChoices):
    APPOINTED = "APPOINTED", _("appointed")
    SIGNED = "SIGNED", _("signed the evaluation record")
    LEFT = "LEFT", _("left the committee")
    CONFLICT = "CONFLICT", _("left: conflict of interest")


M = SeatStatus

@phases(M, ends=[M.CONFLICT])
class SeatPhase:
    APPOINTED = [M.APPOINTED]
    SIGNED = [M.SIGNED]
    LEFT = [M.LEFT]
    CONFLICT = [M.CONFLICT]


SITTING = SeatPhase.APPOINTED + SeatPhase.SIGNED
SAT = SITTING + SeatPhase.LEFT

SEAT = Workflow(
    "evaluation.actions",
    #    what         from                     to           who
    step("appoint",     {NEW, M.LEFT},           M.APPOINTED, is_commission, _("Appoint to the committee"), page="committee", hidden=True, holds=[CALL, ROW], bars=[may.is_in_conflict]),
    step("declare",     {M.APPOINTED},           SAME,        may.is_the_member,               _("Declare that I have no conflict of interest")),
    step("sign_record", {M.APPOINTED},           M.SIGNED,    may.is_the_member,               _("Sign the evaluation record"), binds=True, shut=may.has_no_list, holds=[CALL, ROW, holds.WAITING_LIST]),
    step("recuse",      {M.APPOINTED, M.SIGNED}, M.CONFLICT,  may.is_the_member,               _("Declare a conflict of interest"), needs_reason=True, holds=[CALL, ROW]),
    step("strike",      SAT,                     M.CONFLICT,  is_commission & ~may.is_the_member, _("End the seat for a conflict of interest"), needs_reason=True, preview="seat_preview", holds=[CALL, ROW], bars=[may.is_in_conflict]),
    step("leave",       {M.APPOINTED, M.SIGNED}, M.LEFT,      is_commission, _("Release from the committee"), needs_reason=True, shut=may.is_settled, bars=[may.is_in_conflict]),
    step("ask_again",   {M.SIGNED},              M.APPOINTED, is_system,                   _("Ask for a new signature"), hidden=True),
    place=60,
)


class RankedListStatus(TextChoices):
    DRAWN = "DRAWN", _("drawn up, waits for the committee")
    SIGNED = "SIGNED", _("signed by the committee")
    QUESTIONED = "QUESTIONED", _("signed, to be set aside")
    SET_ASIDE = "SET_ASIDE", _("set aside")
    DISCARDED = "DISCARDED", _("discarded")


R = RankedListStatus

@phases(R, ends=[R.SET_ASIDE, R.DISCARDED])
class RankedListPhase:
    DRAWN = [R.DRAWN]
    SIGNED = [R.SIGNED]
    QUESTIONED = [R.QUESTIONED]  # still in force, until a second person agrees
    SET_ASIDE = [R.SET_ASIDE]
    DISCARDED = [R.DISCARDED]


SEALED = RankedListPhase.SIGNED + RankedListPhase.QUESTIONED  # the committee's signatures are under it and count
OF_A_ROUND = RankedListPhase.DRAWN + SEALED  # each round has one of these

RANKED_LIST = Workflow(
    "evaluation.actions",
    #    what       from       to            who
    step("draw_up", {NEW},     R.DRAWN,      is_officer, _("Draw up the ranked list"), page="draw_up", hidden=True, holds=[CALL, holds.SEATS, ROW], bars=[may.is_in_conflict]),
    step("discard", {R.DRAWN}, R.DISCARDED,  is_officer, _("Discard"), needs_reason=True, bars=[may.is_in_conflict]),
    step("settle",  {R.DRAWN}, R.DISCARDED,  is_officer, _("Order of a tie"), needs_reason=True, page="settle_tie", hidden=True, holds=[CALL, holds.SEATS, ROW], bars=[may.is_in_conflict]),
    step("freeze",  {R.DRAWN}, R.SIGNED,     is_system,  _("Freeze with the last signature"), hidden=True, holds=[CALL, ROW]),
    # four eyes (FR Art. 74(5)): rank and money move
    step("question",  {R.SIGNED},     R.QUESTIONED, is_officer,                       _("Ask to set it aside"), needs_reason=True, preview="ranked_list_preview", holds=[CALL, ROW], bars=[may.is_in_conflict]),
    step("set_aside", {R.QUESTIONED}, R.SET_ASIDE,  is_commission & ~may.has_questioned_it, _("Set it aside"), preview="ranked_list_preview", holds=[CALL, ROW], bars=[may.is_in_conflict]),
    step("uphold",    {R.QUESTIONED}, R.SIGNED,     is_commission,                    _("Let it stand"), needs_reason=True, holds=[CALL, ROW], bars=[may.is_in_conflict]),
    step("fall",      OF_A_ROUND,     R.SET_ASIDE,  is_system,                        _("Fall with what it rests on"), hidden=True, needs_reason=True, holds=[CALL, ROW]),
    place=70,
)


class ScenarioStatus(TextChoices):
    KEPT = "KEPT", _("kept")
    WITHDRAWN = "WITHDRAWN", _("withdrawn by its author")


@phases(ScenarioStatus, ends=[ScenarioStatus.WITHDRAWN])
class ScenarioPhase:
    KEPT = [ScenarioStatus.KEPT]
    WITHDRAWN = [ScenarioStatus.WITHDRAWN]

SCENARIO = Workflow(
    "evaluation.actions",
    #    what        from                   to                        who
    step("save",     {NEW},                 ScenarioStatus.KEPT,      is_officer,                     _("Save the scenario"), page="suppose", hidden=True, holds=[CALL, ROW], bars=[may.is_blind_in_call]),
    step("withdraw", {ScenarioStatus.KEPT}, ScenarioStatus.WITHDRAWN, is_officer & may.has_saved_it, _("Withdraw the scenario"), bare=True),
    place=75,
)
# fmt: on
