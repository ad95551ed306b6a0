"""The lives of an award decision and of a letter."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_authorising, is_officer, is_system
from applications.holds import APPLICATION
from awards.permissions import is_addressee, judged_it, may_decide
from core.holds import ROW
from core.phases import phases
from core.workflow import NEW, SAME, Workflow, step
from evaluation.holds import CALL_OF_APPLICATION
from evaluation.permissions import is_in_conflict
from programmes.holds import CALL

OF_CALL = [CALL, ROW]
BELOW = [APPLICATION, ROW]


class DecisionStatus(TextChoices):
    PREPARED = "PREPARED", _("in preparation")
    PROPOSED = "PROPOSED", _("waits for the authorising officer")
    DECIDED = "DECIDED", _("decided")
    ISSUED = "ISSUED", _("decided, letters issued")
    DISCARDED = "DISCARDED", _("discarded")


D = DecisionStatus


@phases(D, ends=[D.ISSUED, D.DISCARDED])
class DecisionPhase:
    PREPARED = [D.PREPARED]
    PROPOSED = [D.PROPOSED]
    DECIDED = [D.DECIDED]
    ISSUED = [D.ISSUED]
    DISCARDED = [D.DISCARDED]


TAKEN = DecisionPhase.DECIDED + DecisionPhase.ISSUED
BEFORE = DecisionPhase.PREPARED + DecisionPhase.PROPOSED  # of a call at most one
OFFICERS_TURN = DecisionPhase.PREPARED + DecisionPhase.DECIDED


# fmt: off
DECISION = Workflow(
    "awards.actions",
    #    what       from          to          who
    step("prepare", {NEW},        D.PREPARED, is_officer,     _("Prepare the award decision"), page="prepare_decision", holds=OF_CALL, bars=[is_in_conflict]),
    step("deviate", {D.PREPARED}, SAME,       is_officer,     _("Deviate from the ranked list"), needs_reason=True, page="deviate", hidden=True, beside=["deviate"], bars=[is_in_conflict]),
    step("propose", {D.PREPARED}, D.PROPOSED, is_officer,     _("Send to the authorising officer"), bars=[is_in_conflict]),
    step("decide",  {D.PROPOSED}, D.DECIDED,  may_decide,     _("Take the award decision"), binds=True, needs_reason=True, holds=OF_CALL, bars=[is_in_conflict]),
    step("refuse",  {D.PROPOSED}, D.PREPARED, is_authorising, _("Send back"), needs_reason=True, bare=True, bars=[is_in_conflict]),
    step("discard", BEFORE,       D.DISCARDED, is_officer,    _("Discard"), needs_reason=True, bare=True, bars=[is_in_conflict]),
    step("issue",   {D.DECIDED},  D.ISSUED,   is_officer,     _("Issue the letters"), binds=True, preview="decision_step_preview", looked_at="letters", bars=[is_in_conflict]),
    place=80,
)
# fmt: on


class LetterStatus(TextChoices):
    WAITING = "WAITING", _("waits to be drawn")
    SENT = "SENT", _("sent")
    READ = "READ", _("read")


L = LetterStatus


@phases(L, ends=[L.READ])
class LetterPhase:
    WAITING = [L.WAITING]
    UNREAD = [L.SENT]
    READ = [L.READ]


ARRIVED = LetterPhase.UNREAD + LetterPhase.READ


# fmt: off
LETTER = Workflow(
    "awards.actions",
    #    what            from              to         who
    step("write",        {NEW},            L.WAITING, is_officer | is_system, _("Write"), hidden=True, holds=[APPLICATION, ROW]),
    step("send",         {L.WAITING},      L.SENT,    is_system,    _("Draw and send"), hidden=True),
    step("open",         {L.SENT, L.READ}, SAME,      is_addressee, _("Open"), hidden=True, bare=True),
    step("remind",       {L.SENT},         SAME,      is_officer,   _("Send the notice by e-mail again")),
    step("replace",      {L.SENT, L.READ}, SAME,      is_officer,   _("Replace by a corrected letter"), binds=True, needs_reason=True, reader=_("The applicant"), preview="letter_step_preview", holds=[APPLICATION, ROW], bars=[is_in_conflict]),
    step("confirm_read", {L.SENT},         L.READ,    is_addressee, _("Confirm that I have read this letter")),
    step("deem_read",    {L.SENT},         L.READ,    is_system,    _("Count as read"), hidden=True),
    place=90,
)
# fmt: on


class OfferStatus(TextChoices):
    OPEN = "OPEN", _("waits for an answer")
    ACCEPTED = "ACCEPTED", _("accepted")
    DECLINED = "DECLINED", _("declined")
    LAPSED = "LAPSED", _("lapsed without an answer")


O = OfferStatus  # noqa: E741


@phases(O, ends=[O.ACCEPTED, O.DECLINED, O.LAPSED])
class OfferPhase:
    OPEN = [O.OPEN]
    ACCEPTED = [O.ACCEPTED]
    DECLINED = [O.DECLINED]
    LAPSED = [O.LAPSED]


TURNED_DOWN = OfferPhase.DECLINED + OfferPhase.LAPSED  # the money is free again, for the next on the list


# fmt: off
OFFER = Workflow(
    "awards.actions",
    #    what      from      to          who
    step("make",    {NEW},    O.OPEN,     is_officer | is_system, _("Offer"), hidden=True, bare=True),
    step("accept",  {O.OPEN}, O.ACCEPTED, is_addressee, _("Accept the offer")),
    step("decline", {O.OPEN}, O.DECLINED, is_addressee, _("Decline the offer"), needs_reason=True),
    step("lapse",   {O.OPEN}, O.LAPSED,   is_system,    _("Let the offer lapse"), hidden=True),
    place=93,
)
# fmt: on


class RedressStatus(TextChoices):
    FILED = "FILED", _("waits for an answer")
    UPHELD = "UPHELD", _("upheld")
    CONFIRMED = "CONFIRMED", _("decision confirmed")
    TAKEN_BACK = "TAKEN_BACK", _("taken back")


X = RedressStatus


@phases(X, ends=[X.UPHELD, X.CONFIRMED, X.TAKEN_BACK])
class RedressPhase:
    FILED = [X.FILED]
    UPHELD = [X.UPHELD]
    CONFIRMED = [X.CONFIRMED]
    TAKEN_BACK = [X.TAKEN_BACK]


# fmt: off
REDRESS = Workflow(
    "awards.actions",
    #    what         from       to            who
    step("file",      {NEW},     X.FILED,      is_addressee, _("Ask for a review"), page="file_redress", hidden=True, holds=BELOW),
    step("take_back", {X.FILED}, X.TAKEN_BACK, is_addressee, _("Take the request back"), bare=True),
    step("uphold",    {X.FILED}, X.UPHELD,     is_officer,   _("Uphold: evaluate again by others"), binds=True, needs_reason=True, reader=_("The applicant"), holds=[CALL_OF_APPLICATION, *BELOW], bars=[is_in_conflict, judged_it]),
    step("confirm",   {X.FILED}, X.CONFIRMED,  is_officer,   _("Confirm the decision"), binds=True, needs_reason=True, reader=_("The applicant"), holds=BELOW, bars=[is_in_conflict, judged_it]),
    place=94,
)
# fmt: on
