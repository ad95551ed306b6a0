"""When the database cannot serve: no fault page, but a pause that is said as such, with the time to come back.

Nothing is repeated here on anybody's behalf. Whoever sends the same again loses nothing: acts are done once.
"""

import logging
import sys

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.defaults import page_not_found

from core.logs import told_path
from core.problems import is_for_a_program, problem_response

log = logging.getLogger(__name__)
COME_BACK = 10  # seconds
NO_WRITING = _("The site can be read at the moment, but nothing can be changed.")
PAUSES = {  # by SQLSTATE
    "25006": NO_WRITING,  # a standby, or switched so by its keeper
    "53100": NO_WRITING,  # the disk is full
    "55P03": _("Somebody else is changing the same thing, and that takes longer than you should wait."),
    "57014": _("This takes longer than one request may take; ask for less at a time."),
}
NOT_YOURS = _("A fault of ours; it is written down. What you sent is right as far as we know: try again later.")
NO_ADDRESS = _("There is no “%(path)s” here. The addresses are listed at /api/docs/; most end with a stroke.")
PAUSE = _("The site pauses for a moment: its database does not answer.")


def is_pause(error):
    """The database is gone, starts, is full, was asked too much, or takes no writing at the moment."""
    gone = isinstance(error, OperationalError | InterfaceError)
    return gone or (isinstance(error, InternalError) and code_of(error) in PAUSES)


def code_of(error):
    """The SQLSTATE of what the driver raised beneath Django's error, or an empty text."""
    return getattr(error.__cause__, "pgcode", None) or ""


def server_error(request):
    """Django calls it while it handles what no page caught."""
    error = sys.exc_info()[1]
    if is_pause(error):
        log.warning("paused: %s %s: %s", request.method, told_path(request), error)
        return come_back_later(request, PAUSES.get(code_of(error), PAUSE))
    if is_for_a_program(request):
        return problem_response("fault", NOT_YOURS)
    return HttpResponse(render_to_string("500.html"), status=500)


def not_found(request, exception):
    """Where no address leads to."""
    if is_for_a_program(request):
        return problem_response("not-found", NO_ADDRESS % {"path": request.path[:100]})
    return page_not_found(request, exception)


def come_back_later(request, sentence, *, after=COME_BACK):
    """503 with the sentence, as a page that needs nothing, or as a problem (RFC 9457) for programs."""
    if is_for_a_program(request):
        answer = problem_response("pause", sentence)
    else:
        sent = request.method not in ("GET", "HEAD")
        answer = HttpResponse(render_to_string("503.html", {"sentence": sentence, "sent": sent}), status=503)
    answer["Retry-After"] = str(after)
    return answer
