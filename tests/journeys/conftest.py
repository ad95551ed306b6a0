"""Walks through the whole house: an empty database, real people at real browsers, files in a folder of their own."""

import pytest
import weasyprint
from django.core.cache import cache
from django.core.management import call_command

from accounts.actions import appoint_user
from accounts.models import User
from accounts.roles import Role
from tests.browser import WIDE, Visitor
from tests.factories import PASSWORD, the_clock

PATIENCE = 20_000  # milliseconds a page may take while the machine does other things too


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": settings.FILES_ROOT},
        },
    }


@pytest.fixture(autouse=True)
def nobody_called_before():
    """Earlier runs from this machine count towards what one address may register or try in an hour."""
    cache.delete_many(["registrations:127.0.0.1", "throttle_token_127.0.0.1"])


@pytest.fixture
def empty_house():
    """What a deployment has on its first day: the funds and one account administrator."""
    call_command("load_funds", verbosity=0)
    admin = User(email="admin@ec.example.eu", name="Vera Administrator")
    return appoint_user(admin, by=the_clock(), password=PASSWORD, role=Role.ADMIN)


@pytest.fixture
def visitor(new_context, live_server):
    """Open browsers: each visitor has one, with cookies of its own. In the end no page may have had a fault."""
    complaints = []

    def open_browser(**options):
        context = new_context(base_url=live_server.url, viewport=WIDE, **options)
        context.set_default_timeout(PATIENCE)
        return Visitor(context, complaints, has_script=options.get("java_script_enabled", True))

    yield open_browser
    assert complaints == [], "\n".join(complaints)


@pytest.fixture
def at_desk(visitor):
    """Somebody with an account, signed in."""

    def sign_in(email, password=PASSWORD, **options):
        person = visitor(**options)
        person.who = email.partition("@")[0]
        person.goes_to("/accounts/login/")
        person.writes({"login": email, "password": password})
        person.presses("Sign in")
        person.page.wait_for_url("**/desk/")
        return person

    return sign_in


@pytest.fixture(scope="session")
def paper(tmp_path_factory):
    """A real PDF on the disk, as somebody would attach it."""
    path = tmp_path_factory.mktemp("papers") / "description of the action.pdf"
    text = "<html lang=en><title>Annex</title><h1>Description of the action</h1><p>Joint analysis of online fraud.</p>"
    weasyprint.HTML(string=text).write_pdf(path)
    return path
