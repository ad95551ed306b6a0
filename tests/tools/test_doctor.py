"""The doctor names what is missing in one sentence with its command, or installs it when it may."""

import pytest

from tools import doctor

ABSENT = doctor.library("libnowhere.so.0", "libnowhere0")


@pytest.fixture
def plain_user(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)


def test_a_library_is_tried_by_loading_it():
    assert doctor.can_load("libc.so.6")
    assert not doctor.can_load("libnowhere.so.0")


def test_what_the_letters_need_is_here():
    assert doctor.cure(doctor.LETTERS) == []


def test_a_plain_user_is_told_everything_at_once_with_the_command(plain_user, monkeypatch):
    other = doctor.program("nothing-of-that-name", "nothing")
    monkeypatch.setattr(doctor, "LETTERS", (ABSENT, other))

    with pytest.raises(SystemExit) as refusal:
        doctor.examine(development=False)

    assert "This system lacks libnowhere.so.0, nothing-of-that-name" in str(refusal.value)
    assert "'sudo apt-get install -y --no-install-recommends libnowhere0 nothing'" in str(refusal.value)


@pytest.fixture
def no_browser(monkeypatch, plain_user):
    monkeypatch.setattr(doctor, "BROWSER", (doctor.program("no-such-browser", "chromium"),))
    monkeypatch.delenv("REQUIRE_BROWSER", raising=False)


def test_without_a_browser_the_tests_go_on_and_that_is_said(no_browser, capsys):
    doctor.examine(development=True)

    assert "Until then the tests in a browser are skipped" in capsys.readouterr().err


def test_where_the_browser_is_required_its_absence_is_a_failure(no_browser, monkeypatch):
    monkeypatch.setenv("REQUIRE_BROWSER", "1")

    with pytest.raises(SystemExit, match="lacks no-such-browser"):
        doctor.examine(development=True)


def test_tests_in_a_browser_are_skipped_with_the_command(no_browser):
    assert "apt-get install -y --no-install-recommends chromium" in doctor.missing_for_browser()


@pytest.mark.parametrize("machine", ["1", ""], ids=["build server", "a person's"])
def test_the_proxy_is_installed_for_the_build_server_alone_and_never_required(machine, monkeypatch):
    asked = []
    monkeypatch.setattr(doctor, "PROXY", ABSENT)
    monkeypatch.setattr(doctor, "may_install", lambda: True)
    monkeypatch.setattr(doctor, "install", asked.extend)
    monkeypatch.setattr(doctor, "needs_of", lambda **_words: [])
    monkeypatch.setenv("CI", machine)

    doctor.examine(development=True)
    doctor.examine(development=False)

    assert asked == (["libnowhere0"] if machine else [])


def test_the_demo_needs_no_browser(no_browser, capsys):
    doctor.examine(development=False)

    assert capsys.readouterr().err == ""
