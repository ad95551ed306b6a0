"""What was typed into a form whose sender was no longer signed in, or is to show who it is: nothing was done or lost.

It waits in the session of that browser, for the same person only: a browser remembers by a sealed cookie who signed in
last, so that the next person at the same desk is offered nothing of somebody else's.
"""

import json
import re
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme

from core import clock

COOKIE = "writer"
KEPT_FOR = timedelta(days=1)
MOST = 400_000  # characters of one form; beyond it is no form of ours
# The page's own, another with each page
NEVER = {"csrfmiddlewaretoken", "stamp", "key", "next", "drawn", "unheard", "row"}
SECRET = ("password", "secret", "token", "code")
# Written into forms by the pages; nobody typed them
OF_THE_PAGE = {"before", "changes", "looked_at", "mark", "saving", "seen", "sha256", "thread", "invitation"}
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def remember_writer(request, response):
    """The browser remembers for a day who was signed in; HttpOnly, and no name can be read from it."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and request.COOKIES.get(COOKIE) != seal_of(user):
        response.set_cookie(
            COOKIE, seal_of(user), httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
            max_age=KEPT_FOR,
        )  # fmt: skip


def keep(request, *, is_signed_in=False):
    """Put the texts of this POST aside, if it was sent by a form of ours and the browser knows whose it is.

    `is_signed_in`: its sender still was, but has to show who it is.
    """
    texts = texts_of(request)
    if texts and request.COOKIES.get(COOKIE) and sum(len(value) for _name, value in texts) <= MOST:
        request.unsent = True  # not arrived, whatever the answer's status
        request.session["unsent"] = {
            "at": clock.now().isoformat(), "writer": request.COOKIES[COOKIE], "action": request.path,
            "page": page_of(request), "texts": texts, "files": sorted(request.FILES), "is_signed_in": is_signed_in,
        }  # fmt: skip


def texts_of(request):
    drawn = drawn_with(request)
    return [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if is_text(name, value) and drawn.get(name) not in (value, values)
    ]


def typed(request):
    """What a refused POST had brought: the answer shows it whole, as the page before may open no form any more.

    None unless the form was surely one of ours: nobody else puts words on our pages.
    """
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return None
    texts = [[name.replace("_", " "), value] for name, value in texts_of(request) if is_typed(name, value)]
    files = [one.name for name in request.FILES for one in request.FILES.getlist(name)]
    return {"texts": texts, "files": files} if texts or files else None


def is_typed(name, value):
    return name not in OF_THE_PAGE and value != "on" and not KEY.fullmatch(value)


def drawn_with(request):
    """What stood on a page that says so: whatever its sender did not touch is not put back over a colleague's word."""
    try:
        found = json.loads(request.POST.get("drawn", "{}"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def is_text(name, value):
    return bool(value.strip()) and name not in NEVER and not any(word in name for word in SECRET)


def page_of(request):
    """The page to come back to: the one the form stood on, never an address that only takes a POST."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(referer)
        if parts.path and leads_somewhere(parts.path):
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/"


def leads_somewhere(path):
    try:
        return bool(resolve(path))
    except Resolver404:
        return False


def waiting(request):
    """What waits for the person who is signed in, or None."""
    kept = getattr(request, "session", {}).get("unsent")  # none on a request that came no further than the first doors
    if kept is None:
        return None
    at = parse_datetime(kept["at"])
    late = clock.now() - at > KEPT_FOR
    return None if late or kept["writer"] != seal_of(request.user) else {**kept, "at": at}


def forget_what_arrived(request, response):
    """The form was sent again and was not refused."""
    if request.method == "POST" and response.status_code < HTTPStatus.BAD_REQUEST and not hasattr(request, "unsent"):
        kept = waiting(request)
        if kept and kept["action"] == request.path:
            forget(request)


def forget(request):
    request.session.pop("unsent", None)


def seal_of(user):
    return salted_hmac("core.unsent", str(user.pk)).hexdigest()
