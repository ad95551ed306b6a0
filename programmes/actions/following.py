"""Following a call: its person is told by mail of answers and corrigenda."""

from programmes.models import Following
from programmes.states import FOLLOWING, FollowingPhase


def follow_call(call, *, by, at=None):
    """Follow it, again or for the first time; who follows already goes on doing so."""
    row = Following.objects.filter(call=call, person=by).first() or Following(call=call, person=by)
    if row.stands_in(FollowingPhase.FOLLOWS) and not row._state.adding:
        return row
    return FOLLOWING.run("follow", row, by=by, at=at, key=str(call.pk))


def unfollow_call(call, *, by, at=None):
    """Who does not follow it goes on not doing so."""
    row = Following.objects.in_force().filter(call=call, person=by).first()
    return row and FOLLOWING.run("unfollow", row, by=by, at=at)
