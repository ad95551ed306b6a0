from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from isf_police.context import site

urlpatterns = [path(f"{name}/", lambda request: HttpResponse(), name=name) for name in ("desk", "calls", "promises")]
pytestmark = pytest.mark.urls(__name__)


def frame_for(user, address="/"):
    request = RequestFactory().get(address)
    request.user = user
    return site(request)["frame"]


def person(role):
    return SimpleNamespace(is_authenticated=True, roles={role})


def labels(user, address="/"):
    return [str(label) for label, _url, _current in frame_for(user, address).menu]


def test_the_menu_shows_what_is_there_for_the_role():
    assert labels(AnonymousUser()) == ["Calls"]
    assert labels(person("APPLICANT")) == ["Desk", "Calls"]
    assert labels(person("OFFICER")) == ["Desk", "Calls", "Deliveries"]


def test_the_page_one_is_in_is_marked():
    menu = frame_for(person("AUDITOR"), "/calls/7/").menu
    assert [str(label) for label, _url, current in menu if current] == ["Calls"]


def test_a_visitor_is_nobody():
    assert frame_for(AnonymousUser()).person is None
