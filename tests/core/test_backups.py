"""A backup holds one moment while people go on working; what is restored from it is proved, or refused."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from awards.models import Letter
from core import backups, clock
from core.backups import DATABASE, FILES, SAID, NoBackup, back_up
from programmes.models import Call
from tests.factories import a_call
from tests.reports.factories import a_decided_call
from tests.worker import environment

pytestmark = pytest.mark.slow
RESTORED = "restored"


@pytest.fixture
def own_files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": settings.FILES_ROOT}},
    }
    return settings.FILES_ROOT


@pytest.fixture
def empty_system(transactional_db, tmp_path):
    """The surroundings of an installation that holds nothing yet."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {RESTORED}")
        cursor.execute(f"CREATE DATABASE {RESTORED}")
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{RESTORED}"
    owner = os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"]).rpartition("/")[0] + f"/{RESTORED}"
    yield {
        **environment(), "DATABASE_URL": url, "DATABASE_OWNER_URL": owner, "DATABASE_AS_OWNER": "1",
        "FILES_ROOT": str(tmp_path / "new files"),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {RESTORED} WITH (FORCE)")


def manage(surroundings, *words):
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, env=surroundings, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


@pytest.fixture
def people_of_before(transactional_db):
    """The people of these tests are rows that no act made: as if they were older than the acts on people."""
    applied = MigrationRecorder.Migration.objects.filter(app="accounts")
    before = {one.pk: one.applied for one in applied}
    applied.update(applied=clock.now() + timedelta(days=1))
    yield
    for pk, at in before.items():
        applied.filter(pk=pk).update(applied=at)


@pytest.mark.usefixtures("people_of_before")
def test_a_decided_call_comes_back_and_is_proved(own_files, empty_system, tmp_path):
    made, written = a_decided_call(), Event()
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(goes_on_working, written)
        folder = back_up(tmp_path / "backups")
        written.set()
        working.result()
    assert {path.name for path in folder.iterdir()} == {DATABASE, FILES, SAID}

    ended, said = manage(empty_system, "restore", str(folder))
    assert (ended, "Everything was proved." in said) == (0, True), said
    assert files_in(empty_system["FILES_ROOT"]) == files_in(own_files)
    ask = "from programmes.models import Call; from awards.models import Letter; "
    ask += "print(*Call.objects.values_list('reference', flat=True), Letter.objects.count())"
    _ended, answer = manage(empty_system, "shell", "-v", "0", "-c", ask)
    *calls, letters = answer.split()
    assert letters == str(Letter.objects.count())
    assert made.call.reference in calls
    assert set(calls) < set(Call.objects.values_list("reference", flat=True))  # those of afterwards are not in it

    ended, said = manage(empty_system, "restore", str(folder))
    assert (ended, "Restore into a new, empty one." in said) == (1, True)


def goes_on_working(written):
    """Somebody prepares a call before, one while, and one after the backup is written."""
    try:
        a_call()
        a_call()
        written.wait(timeout=120)
        a_call()
    finally:
        connection.close()


# what is refused


@pytest.fixture
def folder(own_files, transactional_db, tmp_path):
    (own_files / "deep").mkdir(parents=True)
    (own_files / "deep" / "letter.pdf").write_bytes(b"%PDF-1.7")
    a_call()
    return back_up(tmp_path / "backups")


def unfinished(folder):
    (folder / SAID).unlink()


def of_another_format(folder):
    (folder / SAID).write_text(json.dumps({**json.loads((folder / SAID).read_text()), "format": 99}))


def of_a_newer_version(folder):
    said = json.loads((folder / SAID).read_text())
    (folder / SAID).write_text(json.dumps({**said, "migrations": {**said["migrations"], "awards": "9999_later"}}))


def cut(folder):
    (folder / FILES).write_bytes((folder / FILES).read_bytes()[:-1])


def changed(folder):
    content = bytearray((folder / DATABASE).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / DATABASE).write_bytes(content)


def incomplete(folder):
    (folder / FILES).unlink()


@pytest.mark.parametrize(("harm", "sentence"), [
    (unfinished, "is no finished backup"), (of_another_format, "has format 99; this version reads 1"),
    (of_a_newer_version, "of a newer version of this software (awards 9999_later)"),
    (cut, "files.tar is not what the backup wrote"), (changed, "database.dump is not what the backup wrote"),
    (incomplete, "files.tar is not what the backup wrote"), (lambda folder: None, "Restore into a new, empty one."),
])  # fmt: skip
def test_what_is_no_whole_backup_or_no_empty_system_is_refused_by_name(folder, harm, sentence):
    harm(folder)
    with pytest.raises(CommandError) as refused:
        call_command("restore", str(folder))
    assert sentence in str(refused.value)
    assert Call.objects.count() == 1


def test_files_that_are_there_already_are_not_written_over(folder, empty_system):
    there = Path(empty_system["FILES_ROOT"])
    there.mkdir()
    (there / "mine.pdf").write_bytes(b"%PDF-1.4")
    ended, said = manage(empty_system, "restore", str(folder))
    assert (ended, "Restore into a new, empty folder." in said) == (1, True)
    assert files_in(there) == {"mine.pdf": b"%PDF-1.4"}


def test_a_place_that_cannot_be_written_leaves_no_backup(own_files, transactional_db, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CommandError, match="file"):
        call_command("backup", str(tmp_path / "file"))


def test_a_dump_that_failed_is_no_backup(own_files, transactional_db, tmp_path, monkeypatch):
    monkeypatch.setenv("PGOPTIONS", "-c no_such_parameter=1")
    with pytest.raises(CommandError, match="pg_dump did not do it"):
        call_command("backup", str(tmp_path / "backups"))
    assert not list((tmp_path / "backups").rglob(SAID))


def test_without_the_programs_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(backups, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoBackup, match="Install PostgreSQL's client programs"):
        backups.where_is("pg_dump")
