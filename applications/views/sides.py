"""What stands beside the pages of a proposal while it is written."""

from applications.shown.side import side_of
from applications.shown.standing import standing_of
from applications.states import EDITABLE
from core import clock


def side_for(request, application, *, standing=None, here=""):
    """The list of its parts; none once nobody can write in it any more."""
    at = clock.now()
    if not application.stands_in(EDITABLE) or not application.call.is_open(at):
        return None
    return side_of(application, standing or standing_of(application, at=at), user=request.user, here=here)
