"""The first and last to see a request: gives it an id, which the answer says, then notes and counts how it went.

The id stands on each line of the log that is written meanwhile, in the trail, and on what the request leaves owed
(`promises`), so that the worker's lines have it too.
"""

import logging
import time

from django.conf import settings

from audit.door import door
from core.logs import told_path
from core.measured import measure

log = logging.getLogger("access")
WATCHES = ("/live/", "/ready/", "/health/")


class ObservedMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        with door("API" if request.path.startswith("/api/") else "WEB") as (_, request_id):
            request.request_id = request_id
            response = self.get_response(request)
            response["X-Request-Id"] = request_id
            note(request, response, seconds=time.perf_counter() - began)
        return response


def note(request, response, *, seconds):
    route, method, status = route_of(request), request.method, response.status_code
    measure(route=route, method=method, status=status, seconds=seconds)
    told = {
        "method": method, "path": told_path(request), "route": route, "status": status, "seconds": round(seconds, 4),
        "bytes": int(response.get("Content-Length") or 0), "address": request.META.get("REMOTE_ADDR", ""),
    }  # fmt: skip
    words = "%(method)s %(path)s %(route)s %(status)s %(seconds)s s %(bytes)s bytes %(address)s"
    log.log(logging.DEBUG if is_quiet(request) else logging.INFO, words, told, extra=told)


def route_of(request):
    """`other` for what no address of ours answered: a refusal before it was looked for, an unknown one, a file."""
    match = request.resolver_match
    return (match.view_name or match.route) if match else "other"


def is_quiet(request):
    """A house at rest writes nothing: not of who asks whether it is well, not of its style sheets."""
    return request.path in WATCHES or request.path.startswith(settings.STATIC_URL)
