"""A list page against a bare Django page with one raw query, both through the whole middleware, signed in."""

from unittest import mock

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from isf_police.urls import urlpatterns as ours


def bare(request):
    """The floor: session, user, one query, 25 lines of text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference, acronym, title FROM applications_application ORDER BY id LIMIT 25")
        rows = "".join(f"<tr><td>{a}<td>{b}<td>{c}" for a, b, c in cursor.fetchall())
    return HttpResponse(f"<table>{rows}</table> {request.user.name}")


urlpatterns = [path("bare/", bare), *ours]


def looks(officer, application):
    """(a page of a proposal whose looks are not kept, the same page) as functions without arguments."""
    client = Client(raise_request_exception=True)
    client.force_login(officer)

    def get():
        answer = client.get(f"/applications/{application.pk}/")
        assert answer.status_code == 200, answer.status_code

    def unseen():
        with mock.patch("audit.middleware.note_request"):
            get()

    return unseen, get


def pages(officer):
    """(floor, list page) as functions without arguments."""
    client = Client(raise_request_exception=True)
    client.force_login(officer)

    def get(address):
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code

    return lambda: get("/bare/"), lambda: get("/applications/")
