"""What every answer has in common."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseNotAllowed
from django.shortcuts import render

from core import clock, unsent
from core.broken import NO_WRITING, come_back_later
from core.errors import NotRecognised, Refused
from core.problems import is_for_a_program
from core.switches import is_read_only

ARRIVED = "X-Arrived"  # of a front server of ours, see core.clock
READING = ("GET", "HEAD", "OPTIONS")


class ArrivalMiddleware:
    """Stands first: what is taken later is taken late."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with clock.arriving(request.headers.get(ARRIVED, "")):
            return self.get_response(request)


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Whoever is not signed in is asked to; what a form had brought waits until then."""

    def handle_no_permission(self, request, view_func):
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        if "text/html" in request.headers.get("Accept", ""):
            unsent.keep(request)
        return redirect_to_login(unsent.page_of(request), self.get_login_url(view_func))

    def process_response(self, request, response):
        unsent.remember_writer(request, response)
        unsent.forget_what_arrived(request, response)
        return response


class RefusalMiddleware:
    """A refusal that no page caught becomes a page with its sentence and its status; so does a method not taken."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        return wrong_method(request, answer) if is_bare_405(request, answer) else answer

    def process_exception(self, request, exception):
        if isinstance(exception, Refused) and not isinstance(exception, NotRecognised):
            return render(request, "refused.html", {"refusal": exception}, status=exception.status)
        return None


def is_bare_405(request, answer):
    return isinstance(answer, HttpResponseNotAllowed) and not answer.content and not is_for_a_program(request)


def wrong_method(request, answer):
    """Such an address stays in the browser after a refusal; the page leads to what stands above it, if a page does."""
    above = f"{request.path.rstrip('/').rpartition('/')[0]}/"
    back = above if above != "/" and unsent.leads_somewhere(above) else ""
    page = render(request, "405.html", {"back": back}, status=answer.status_code)
    page["Allow"] = answer["Allow"]
    return page


class ReadOnlyMiddleware:
    """While the house is switched to reading, whatever would change something is told to come back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in READING and is_read_only():
            return come_back_later(request, NO_WRITING, after=300)
        return self.get_response(request)


class NoStoreMiddleware:
    """Pages may hold confidential facts: no cache keeps them, except static files."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
