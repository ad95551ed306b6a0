"""A virtual environment that cannot be trusted is made again; one that is current costs nothing."""

import shutil
import subprocess
import sys

import pytest

from tools import environment

NAMES = ("requirements.txt", "requirements-dev.txt")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """Made once, for making takes seconds: a checkout in a folder with a space, whose lock is empty."""
    checkout = tmp_path_factory.mktemp("a checkout")
    for name in NAMES:
        (checkout / name).write_text("# nothing\n")
    with pytest.MonkeyPatch.context() as patch:
        place(patch, checkout)
        environment.provide()
    shutil.copytree(checkout, checkout.with_name("kept"), symlinks=True)
    return checkout


@pytest.fixture
def made(model, monkeypatch):
    """The model at its own place again, whatever the test before did to it."""
    shutil.rmtree(model, ignore_errors=True)
    shutil.copytree(model.with_name("kept"), model, symlinks=True)
    place(monkeypatch, model)
    return model


def place(patch, checkout):
    venv = checkout / ".venv"
    for name, value in {
        "CHECKOUT": checkout,
        "VENV": venv,
        "PYTHON": venv / "bin" / "python",
        "STAMP": venv / "installed.json",
        "UNFINISHED": venv / "unfinished",
    }.items():
        patch.setattr(environment, name, value)


def test_it_runs_and_is_current(made):
    assert subprocess.run([environment.PYTHON, "-c", "pass"], check=False).returncode == 0
    assert environment.is_current(development=False)


def test_a_current_one_is_left_alone(made, capsys):
    environment.provide()

    assert capsys.readouterr().err == ""


def test_a_changed_lock_is_installed_into_it(made):
    trace = made / ".venv" / "trace"
    trace.touch()
    (made / "requirements.txt").write_text("# changed\n")
    assert not environment.is_current(development=False)

    environment.provide()

    assert environment.is_current(development=False)
    assert trace.exists()


def test_the_development_lock_is_asked_for_only_by_tests(made):
    assert not environment.is_current(development=True)

    environment.provide(development=True)

    assert environment.is_current(development=True)
    assert environment.is_current(development=False)


def test_an_interrupted_installation_is_made_anew(made):
    trace = made / ".venv" / "trace"
    trace.touch()
    environment.UNFINISHED.touch()

    environment.provide()

    assert not trace.exists()
    assert environment.is_current(development=False)


def test_a_moved_checkout_is_not_trusted(made, monkeypatch):
    moved = made.with_name("moved")
    shutil.copytree(made, moved, symlinks=True)

    place(monkeypatch, moved)

    assert not environment.is_usable()


def test_one_whose_python_is_gone_is_not_trusted(made):
    environment.PYTHON.unlink()

    assert not environment.is_usable()


def test_a_failed_installation_is_said_and_not_taken_for_done(made, capfd):
    (made / "requirements.txt").write_text("./nowhere\n")

    with pytest.raises(SystemExit, match="could not be installed"):
        environment.provide()

    assert not environment.is_current(development=False)


def test_an_old_python_gets_a_sentence():
    old = "import sys; sys.version_info = (3, 9, 2); import tools"

    done = subprocess.run([sys.executable, "-c", old], check=False, capture_output=True, text=True)

    assert done.returncode == 1
    assert "Python 3.11 or newer is needed, and this is 3.9" in done.stderr
