"""Without chromium a browser test is skipped by its name; where it must run it fails."""

import pytest

from tests.browser import chromium


@pytest.fixture(autouse=True)
def no_chromium(monkeypatch):
    monkeypatch.setenv("PATH", "")
    for name in ("CI", "REQUIRE_BROWSER"):
        monkeypatch.delenv(name, raising=False)


def test_skipped_by_name():
    with pytest.raises(pytest.skip.Exception, match="lacks chromium"):
        chromium()


@pytest.mark.parametrize("name", ["CI", "REQUIRE_BROWSER"])
def test_never_passed_where_it_must_run(monkeypatch, name):
    monkeypatch.setenv(name, "1")
    with pytest.raises(pytest.fail.Exception, match="lacks chromium"):
        chromium()
