from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.permissions import is_colleague, is_nobody_yet
from core.phases import phases
from core.workflow import NEW, Workflow, step


class InvitationStatus(TextChoices):
    SENT = "SENT", _("sent")
    ACCEPTED = "ACCEPTED", _("accepted")
    TAKEN_BACK = "BACK", _("taken back")


S = InvitationStatus


@phases(S, ends=[S.ACCEPTED, S.TAKEN_BACK])
class InvitationPhase:
    OPEN = [S.SENT]
    CLOSED = [S.ACCEPTED, S.TAKEN_BACK]


# fmt: off
INVITATION = Workflow(
    "accounts.actions",
    #    what         from      to            who
    step("invite",    {NEW},    S.SENT,       is_colleague,  _("Invite"), page="invite"),
    step("accept",    {S.SENT}, S.ACCEPTED,   is_nobody_yet, _("Accept"), page="accept_invitation"),
    step("take_back", {S.SENT}, S.TAKEN_BACK, is_colleague,  _("Take back"), bare=True),
)
# fmt: on
