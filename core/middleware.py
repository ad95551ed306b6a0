"""What every answer has in common."""

from django.shortcuts import render

from core.errors import Refused


class RefusalMiddleware:
    """A refusal that no page caught becomes a page with its sentence and its status."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"refusal": exception}, status=exception.status)
        return None


class NoStoreMiddleware:
    """Pages may hold confidential facts: no cache keeps them, except static files."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
