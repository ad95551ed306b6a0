"""Who finds the pages of the evaluation at all; to everybody else they do not exist."""

from django.http import Http404

from accounts.roles import finds_the_evaluation, is_officer, sees_whole_calls
from core.found import row_or_404, watched
from programmes.models import Call


def require_inside(user):
    if not finds_the_evaluation(user):
        raise Http404


def require_commission(user):
    if not sees_whole_calls(user):
        raise Http404


def require_officer(user):
    if not is_officer(user):
        raise Http404


def call_for(user, pk):
    """A call whose applications are opened, for the Commission's people."""
    require_commission(user)
    return watched(row_or_404(Call.objects.visible_to(user).opened(), pk=pk))
