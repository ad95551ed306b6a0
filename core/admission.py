"""Who is let in when all come at once: what changes something always, pages while others have room, lists last.

A process counts the requests that are under way in it, by kind. Nobody waits in a line: whoever finds no place is told
at once, in plain words, when to come back. So the threads of the web server are never all held by readers.
"""

import re
import threading
from collections import Counter
from functools import partial

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.broken import come_back_later

PAGE, LIST = "page", "list"
SENTENCES = {
    LIST: _("Many people are at work just now. Lists, searches and downloads wait: saving and submitting go first."),
    PAGE: _("Many people are at work just now. Pages wait a little: saving and submitting go first."),
}
ALWAYS = re.compile(r"^/(live|ready|health|accounts)/|^/$")  # who watches the house, who signs in
LISTS = re.compile(r"^/(?!desk/|register/|accessibility/)(api/)?[a-z-]+/$|^/reports/|^/api/(docs|schema)/")


class AdmissionMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.under_way, self.lock = Counter(), threading.Lock()

    def __call__(self, request):
        kind = kind_of(request)
        if kind is None:
            return self.get_response(request)
        if not self.enter(kind):
            return come_back_later(request, SENTENCES[kind], after=5)
        try:
            answer = self.get_response(request)
        except BaseException:
            self.leave(kind)
            raise
        return self.leave_after(answer, kind)

    def leave_after(self, answer, kind):
        """What is sent while it is made is under way until its last line."""
        if answer.streaming:
            answer._resource_closers.append(partial(self.leave, kind))
        else:
            self.leave(kind)
        return answer

    def enter(self, kind):
        """A list counts as a page, too."""
        with self.lock:
            full = self.under_way.total() >= settings.ADMITTED[PAGE] or self.under_way[kind] >= settings.ADMITTED[kind]
            if not full:
                self.under_way[kind] += 1
            return not full

    def leave(self, kind):
        with self.lock:
            self.under_way[kind] -= 1


def kind_of(request):
    """None for what is always let in: it changes something, or somebody signs in, or watches."""
    if request.method not in ("GET", "HEAD") or ALWAYS.match(request.path):
        return None
    return LIST if "format" in request.GET or LISTS.match(request.path) else PAGE
