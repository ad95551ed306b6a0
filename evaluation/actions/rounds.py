"""A later round: some applications are judged anew, everybody else's evaluation stays as it is."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.actions import reopen_application
from core import clock
from core.errors import WrongState
from evaluation.models import RankedList
from programmes.actions import open_round


def evaluate_again(call, applications, *, by, cause, reason, at=None):
    """Open a round about these evaluated applications, all or none; gives the round.

    What was judged before stays on file, and stays in force until the new report of an application is approved.
    """
    at = at or clock.now()
    with transaction.atomic():
        call = open_round(call, by=by, at=at, reason=reason, cause=cause, applications=applications)  # holds the call
        require_no_list_waiting(call)
        for application in sorted(applications, key=lambda one: one.pk):
            reopen_application(application, by=User.objects.clock(), at=at, reason=reason)
        return call.rounds.last()


def require_no_list_waiting(call):
    if RankedList.objects.filter(call=call).drawn().exists():
        raise WrongState(
            _("The ranked list of %(call)s waits for its signatures. Discard it before you open another round.")
            % {"call": call}
        )
