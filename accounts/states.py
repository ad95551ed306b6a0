from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.holds import (
    ALL_IT_SPEAKS_FOR,
    ALL_ITS_PERSON_SPEAKS_FOR,
    MERGING,
    MERGING_ALONE,
    ORGANISATION_OF,
    PERSON_OF,
    REVIEW_OF,
)
from accounts.permissions import (
    agrees_as_second,
    is_colleague,
    is_invited,
    is_member,
    is_newcomer,
    is_nobody_yet,
    is_oneself,
    is_own,
    may_ask_for,
    may_close,
    may_end,
    may_grant,
    may_rename,
    may_review,
    may_stop,
    speaks_for_old_mailbox,
)
from accounts.roles import is_a_person, is_admin, is_system
from core.holds import ROW
from core.phases import phases
from core.workflow import NEW, SAME, Workflow, step

HOME = "accounts.actions"


class UserStatus(TextChoices):
    OPEN = "OPEN", _("open")
    CLOSED = "CLOSED", _("closed")


@phases(UserStatus)
class UserPhase:
    OPEN = [UserStatus.OPEN]
    CLOSED = [UserStatus.CLOSED]


class MembershipStatus(TextChoices):
    GRANTED = "GRANTED", _("granted")
    ENDED = "ENDED", _("ended")


@phases(MembershipStatus, ends=[MembershipStatus.ENDED])
class MembershipPhase:
    GRANTED = [MembershipStatus.GRANTED]
    OVER = [MembershipStatus.ENDED]


class OrganisationStatus(TextChoices):
    REGISTERED = "REGISTERED", _("registered")
    MERGED = "MERGED", _("merged into another")


@phases(OrganisationStatus, ends=[OrganisationStatus.MERGED])
class OrganisationPhase:
    REGISTERED = [OrganisationStatus.REGISTERED]
    GONE = [OrganisationStatus.MERGED]


class InvitationStatus(TextChoices):
    SENT = "SENT", _("sent")
    ACCEPTED = "ACCEPTED", _("accepted")
    TAKEN_BACK = "BACK", _("taken back")


@phases(InvitationStatus, ends=[InvitationStatus.ACCEPTED, InvitationStatus.TAKEN_BACK])
class InvitationPhase:
    OPEN = [InvitationStatus.SENT]
    CLOSED = [InvitationStatus.ACCEPTED, InvitationStatus.TAKEN_BACK]


class TokenStatus(TextChoices):
    IN_USE = "IN_USE", _("in use")
    DROPPED = "DROPPED", _("out of use")


@phases(TokenStatus, ends=[TokenStatus.DROPPED])
class TokenPhase:
    IN_USE = [TokenStatus.IN_USE]
    DROPPED = [TokenStatus.DROPPED]


class IdentityStatus(TextChoices):
    CONNECTED = "CONNECTED", _("connected")
    DISCONNECTED = "DISCONNECTED", _("disconnected")


@phases(IdentityStatus, ends=[IdentityStatus.DISCONNECTED])
class IdentityPhase:
    CONNECTED = [IdentityStatus.CONNECTED]
    DISCONNECTED = [IdentityStatus.DISCONNECTED]


class AddressChangeStatus(TextChoices):
    ASKED = "ASKED", _("asked for")
    DONE = "DONE", _("done")
    STOPPED = "STOPPED", _("stopped")
    EXPIRED = "EXPIRED", _("not confirmed in time")


class AccessReviewStatus(TextChoices):
    OPEN = "OPEN", _("open")
    CLOSED = "CLOSED", _("closed")
    BROKEN_OFF = "BROKEN", _("broken off")


@phases(AccessReviewStatus, ends=[AccessReviewStatus.CLOSED, AccessReviewStatus.BROKEN_OFF])
class AccessReviewPhase:
    OPEN = [AccessReviewStatus.OPEN]
    CLOSED = [AccessReviewStatus.CLOSED]
    BROKEN_OFF = [AccessReviewStatus.BROKEN_OFF]


class AccessLineStatus(TextChoices):
    WAITING = "WAITING", _("not decided")
    KEPT = "KEPT", _("kept")
    ENDED = "ENDED", _("ended")
    GONE = "GONE", _("had ended meanwhile")


@phases(AccessLineStatus, ends=[AccessLineStatus.ENDED, AccessLineStatus.GONE])
class AccessLinePhase:
    WAITING = [AccessLineStatus.WAITING]
    KEPT = [AccessLineStatus.KEPT]
    ENDED = [AccessLineStatus.ENDED]
    GONE = [AccessLineStatus.GONE]


DECIDED = AccessLinePhase.KEPT + AccessLinePhase.ENDED


A = AddressChangeStatus


@phases(AddressChangeStatus, ends=[A.DONE, A.STOPPED, A.EXPIRED])
class AddressChangePhase:
    OPEN = [A.ASKED]
    CLOSED = [A.DONE, A.STOPPED, A.EXPIRED]


U, M, S, N, T = UserStatus, MembershipStatus, OrganisationStatus, InvitationStatus, TokenStatus

# fmt: off
USER = Workflow(
    HOME,
    #    what       from        to        who
    step("join",    {NEW},      U.OPEN,   is_newcomer,  _("Join"), hidden=True),
    step("appoint", {NEW},      U.OPEN,   is_system,    _("Make an account"), hidden=True),
    step("take_office", {NEW},  U.OPEN,   is_newcomer,  _("Take the role"), hidden=True),
    step("rename",  {U.OPEN},   SAME,     may_rename,   _("Correct the name"), page="person_rename"),
    step("choose_language", {U.OPEN}, SAME,  is_oneself,   _("Choose my language"), page="language", hidden=True),
    step("choose_mails", {U.OPEN}, SAME,     is_oneself,   _("Choose my mails"), page="mails", hidden=True),
    step("end_sessions", {U.OPEN}, SAME,  is_oneself,   _("End sessions"), page="sessions", hidden=True),
    step("change_factors", {U.OPEN}, SAME, is_oneself,  _("Change my second factors"), page="mfa_index", hidden=True),
    step("readdress", {U.OPEN}, SAME,     is_oneself | may_close, _("Change the e-mail address"), page="address", hidden=True),
    step("sign_out", {U.OPEN}, SAME,      may_close,    _("Sign out everywhere"), binds=True, needs_reason=True),
    step("close",   {U.OPEN},   U.CLOSED, may_close,    _("Close the account"), binds=True, needs_reason=True, page="close_account", holds=[MERGING, ALL_IT_SPEAKS_FOR, ROW]),
    step("reopen",  {U.CLOSED}, U.OPEN,   may_close,    _("Open the account again"), binds=True, needs_reason=True, bare=True),
    place=45,
)

MEMBERSHIP = Workflow(
    HOME,
    #    what        from         to         who
    step("grant",     {NEW},       M.GRANTED, may_grant, _("Give a role"), binds=True, page="grant", holds=[MERGING, ORGANISATION_OF, PERSON_OF]),
    step("end",       {M.GRANTED}, M.ENDED,   may_end,   _("End the role"), binds=True, needs_reason=True, holds=[MERGING, ORGANISATION_OF, PERSON_OF, ROW]),
    step("hand_over", {M.GRANTED}, M.ENDED,   may_end,   _("Hand over to somebody else"), binds=True, needs_reason=True, page="hand_over", holds=[MERGING, ORGANISATION_OF, PERSON_OF, ROW]),
    place=50,
)

ORGANISATION = Workflow(
    HOME,
    #    what       from            to        who
    step("register", {NEW},          S.REGISTERED, is_nobody_yet,        _("Register"), page="register"),
    step("correct",  {S.REGISTERED}, SAME,         is_member | is_admin, _("Correct its data"), needs_reason=True, page="organisation_correct"),
    step("rename",   {S.REGISTERED}, SAME,         is_member | is_admin, _("Rename"), needs_reason=True, page="organisation_rename"),
    step("move",     {S.REGISTERED}, SAME,         is_admin,             _("Correct its Member State"), needs_reason=True, page="organisation_move", holds=[MERGING_ALONE, ROW]),
    step("merge",    {S.REGISTERED}, S.MERGED,     is_admin,             _("Merge into another"), needs_reason=True, page="organisation_merge", holds=[MERGING_ALONE, ROW]),
    place=42,
)

INVITATION = Workflow(
    HOME,
    #    what         from      to            who
    step("invite",    {NEW},    N.SENT,       is_colleague | is_admin, _("Invite"), page="invite"),
    step("appoint",   {NEW},    N.SENT,       is_admin,                _("Invite to a role"), binds=True, page="appoint"),
    step("accept",    {N.SENT}, N.ACCEPTED,   is_invited,              _("Accept"), page="accept_invitation"),
    step("take_back", {N.SENT}, N.TAKEN_BACK, is_colleague | is_admin, _("Take back"), bare=True),
)

TOKEN = Workflow(
    HOME,
    #    what   from        to         who
    step("make", {NEW},      T.IN_USE,  is_a_person & is_own, _("Make a token"), binds=True, page="new_token"),
    step("drop", {T.IN_USE}, T.DROPPED, is_own,               _("Take out of use"), page="drop_token"),
    step("shut_out", {T.IN_USE}, T.DROPPED, is_own | may_end, _("Shut out"), hidden=True),
)

I = IdentityStatus  # noqa: E741
IDENTITY = Workflow(
    HOME,
    #    what         from           to              who
    step("connect",    {NEW},         I.CONNECTED,    is_a_person & is_own, _("Connect"), binds=True, page="identity", holds=[PERSON_OF]),
    step("disconnect", {I.CONNECTED}, I.DISCONNECTED, is_own,               _("Disconnect"), binds=True, page="identity", holds=[PERSON_OF, ROW]),
    step("cut",        {I.CONNECTED}, I.DISCONNECTED, may_end,              _("Disconnect this person’s identity"), binds=True, needs_reason=True, holds=[PERSON_OF, ROW]),
)

BOTH = ["agree", "confirm", "second"]  # one yes does not outdate the page of the other
ADDRESS_CHANGE = Workflow(
    HOME,
    #    what       from       to         who
    step("ask",     {NEW},     A.ASKED,   is_a_person & is_own,   _("Change my e-mail address"), binds=True, page="address", holds=[PERSON_OF]),
    step("ask_for", {NEW},     A.ASKED,   may_ask_for,            _("Change somebody's e-mail address"), binds=True, needs_reason=True, page="person_address", holds=[PERSON_OF]),
    step("agree",   {A.ASKED}, SAME,      speaks_for_old_mailbox, _("Agree, from the old mailbox"), page="address_word", hidden=True, holds=[PERSON_OF, ROW], beside=BOTH),
    step("second",  {A.ASKED}, SAME,      agrees_as_second,       _("Agree, as the second administrator"), binds=True, holds=[PERSON_OF, ROW], beside=BOTH),
    step("confirm", {A.ASKED}, SAME,      is_own,                 _("Confirm, from the new mailbox"), page="address_word", hidden=True, holds=[PERSON_OF, ROW], beside=BOTH),
    step("change",  {A.ASKED}, A.DONE,    is_own | agrees_as_second, _("Change the address"), page="address_word", hidden=True, holds=[PERSON_OF, ROW]),
    step("stop",    {A.ASKED}, A.STOPPED, may_stop,               _("Stop the change"), holds=[PERSON_OF, ROW], beside=BOTH),
    step("expire",  {A.ASKED}, A.EXPIRED, is_system,              _("Let it end"), hidden=True, holds=[PERSON_OF, ROW]),
)

R, L = AccessReviewStatus, AccessLineStatus
REVIEW_PLACE, LINE_PLACE = 39, 40  # what is decided about a line takes organisations, people and roles after it
ACCESS_REVIEW = Workflow(
    HOME,
    #    what        from      to            who
    step("open",      {NEW},    R.OPEN,       is_admin,  _("Open a review of access"), page="new_access_review"),
    step("close",     {R.OPEN}, R.CLOSED,     is_admin,  _("Close the review")),
    step("break_off", {R.OPEN}, R.BROKEN_OFF, is_admin,  _("Break the review off"), needs_reason=True),
    step("tell",      {R.OPEN}, SAME,         is_system, _("Tell what was not decided in time"), hidden=True),
    place=REVIEW_PLACE,
)

ACCESS_LINE = Workflow(
    HOME,
    #    what         from         to         who
    step("list",       {NEW},       L.WAITING, is_admin,   _("List"), hidden=True),
    step("keep",       {L.WAITING}, L.KEPT,    may_review, _("Keep"), page="keep_access", hidden=True, holds=[REVIEW_OF, ROW, PERSON_OF]),
    step("end",        {L.WAITING}, L.ENDED,   may_review, _("End"), binds=True, needs_reason=True, page="end_access", hidden=True, holds=[REVIEW_OF, ROW, MERGING, ALL_ITS_PERSON_SPEAKS_FOR, PERSON_OF]),
    step("settle",     {L.WAITING}, L.GONE,    is_admin,   _("It has ended meanwhile"), hidden=True, holds=[REVIEW_OF, ROW, PERSON_OF]),
    step("reconsider", {L.KEPT},    L.WAITING, may_review, _("Decide anew"), needs_reason=True, holds=[REVIEW_OF, ROW]),
    place=LINE_PLACE,
)
# fmt: on
