"""Who finds the pages of the evaluation at all; to everybody else they do not exist."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.roles import Role
from evaluation.querysets import COMMISSION
from programmes.models import Call
from programmes.states import CallStatus

INSIDE = {Role.EVALUATOR, Role.NATIONAL_AUDITOR, *COMMISSION}
READABLE = {CallStatus.CHECKING, CallStatus.EVALUATION, CallStatus.RANKED, CallStatus.DECIDED}


def require_inside(user):
    if user.role not in INSIDE:
        raise Http404


def require_commission(user):
    if user.role not in COMMISSION:
        raise Http404


def require_officer(user):
    if user.role != Role.OFFICER:
        raise Http404


def call_for(user, pk):
    """A call whose applications are opened, for the Commission's people."""
    require_commission(user)
    return get_object_or_404(Call.objects.visible_to(user).filter(status__in=READABLE), pk=pk)
