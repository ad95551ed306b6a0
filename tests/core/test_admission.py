"""When all come at once: what changes something is let in, lists are asked to come back first, then pages."""

import threading

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from core.admission import LIST, PAGE, AdmissionMiddleware, kind_of


@pytest.mark.parametrize(("method", "address", "kind"), [
    ("get", "/applications/", LIST), ("get", "/applications/?page=3", LIST), ("get", "/awards/x/?format=xlsx", LIST),
    ("get", "/reports/audit-trail/", LIST), ("get", "/api/applications/", LIST), ("get", "/api/schema/", LIST),
    ("get", "/applications/7/", PAGE), ("head", "/applications/7/edit/", PAGE), ("get", "/api/applications/7/", PAGE),
    ("get", "/desk/", PAGE), ("get", "/", None), ("get", "/live/", None), ("get", "/accounts/login/", None),
    ("post", "/applications/7/submit/", None), ("post", "/reports/statistics/", None),
    ("patch", "/api/applications/7/", None),
])  # fmt: skip
def test_what_kind_a_request_is_of(rf, method, address, kind):
    assert kind_of(getattr(rf, method)(address)) == kind


@pytest.fixture
def house(settings):
    """A middleware around a page that takes until it is told to end; `begin` asks and gives the answer later."""
    settings.ADMITTED = {PAGE: 3, LIST: 2}
    go_on, inside = threading.Event(), threading.Semaphore(0)

    def slow(request):
        inside.release()
        go_on.wait(20)
        return HttpResponse("done")

    middleware, asked = AdmissionMiddleware(slow), []

    def begin(request):
        asker = threading.Thread(target=lambda: asked.append(middleware(request).status_code))
        asker.start()
        assert inside.acquire(timeout=20)
        return asker

    begun = []
    yield middleware, lambda request: begun.append(begin(request))
    go_on.set()
    for asker in begun:
        asker.join()
    assert asked == [200] * len(begun)
    assert middleware.under_way.total() == 0


def test_lists_are_shed_first_then_pages_and_a_submit_never(rf, house):
    middleware, begin = house
    begin(rf.get("/applications/"))
    begin(rf.get("/letters/"))
    shed = middleware(rf.get("/awards/"))
    assert (shed.status_code, shed["Retry-After"]) == (503, "5")
    assert "saving and submitting go first" in shed.content.decode()
    begin(rf.get("/applications/7/"))
    assert middleware(rf.get("/applications/8/")).status_code == 503
    assert middleware(rf.get("/api/applications/8/")).headers["Content-Type"] == "application/problem+json"
    begin(rf.post("/applications/7/submit/"))
    begin(rf.post("/applications/8/submit/"))
    begin(rf.get("/ready/"))


@pytest.mark.django_db  # closing an answer looks after the connection of this thread
def test_a_file_that_is_sent_while_it_is_made_keeps_its_place_to_the_last_line(rf, settings):
    settings.ADMITTED = {PAGE: 2, LIST: 1}
    middleware = AdmissionMiddleware(lambda request: StreamingHttpResponse(["a", "b"]))
    file = middleware(rf.get("/applications/?format=csv"))
    assert middleware(rf.get("/applications/?format=csv")).status_code == 503
    assert b"".join(file) == b"ab"
    file.close()
    file.close()
    assert middleware(rf.get("/applications/?format=csv")).status_code == 200


def test_a_page_that_fails_gives_its_place_back(rf, settings):
    settings.ADMITTED = {PAGE: 1, LIST: 1}

    def fails(request):
        raise ValueError("a fault")

    middleware = AdmissionMiddleware(fails)
    for _again in range(3):
        with pytest.raises(ValueError, match="a fault"):
            middleware(rf.get("/applications/7/"))
