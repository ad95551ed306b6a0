"""Somebody with every right on the database writes the tree anew, or the trail below it: it is found and named.

Each way is tried against `manage.py prove` and against the script, which has the downloads and one checkpoint that
somebody kept before.
"""

import ast
import csv
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection

from audit.checkpoints import place_records, places_of
from audit.hashing import hash_of
from audit.merkle import root_of
from audit.models import AuditRecord, Checkpoint
from audit.record import record
from core import clock
from core.export import COMMA, SEMICOLON
from reports.about import About
from reports.catalogue import REPORTS
from reports.proofs import PROOFS
from tests.audit.factories import START, a_trail
from tests.downloads import csv_bytes
from tests.factories import an_auditor, an_officer

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parents[2] / "tools" / "verify_tree.py"
WAYS = {}


def way(in_the_house, outside):
    """A way to tamper, what `prove` says of it, and what the script says ("" where it cannot know)."""

    def register(function):
        WAYS[function.__name__] = (function, in_the_house, outside)
        return function

    return register


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def act(application, **said):
    return record("application.note", application, by=an_officer(), at=clock.now(), **said)


@pytest.fixture
def trail():
    """Three checkpoints of one application's records, and the rows they took up."""
    application = a_trail(records=2)
    place_records()
    for _more in range(2):
        act(application)
        place_records()
    return application


def faults():
    return list(PROOFS["every record has its place in the tree"]())


def download(slug, way=COMMA):
    reader, about = an_auditor(), About()
    return csv_bytes(REPORTS[slug].labels(about), REPORTS[slug].values(about, reader), way)


def judged(folder, kept, way=COMMA):
    """What the script says, with everything that can be taken away and the checkpoint that was kept."""
    files = {"trail.csv": "audit-trail", "checkpoints.csv": "checkpoints", "places.csv": "places-of-records"}
    for name, slug in files.items():
        (folder / name).write_bytes(download(slug, way))
    (folder / "kept.txt").write_text(kept)
    command = [sys.executable, "-I", SCRIPT, *files, "kept.txt"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def rewritten():
    """The whole tree made anew over the records as they now are, as somebody would who has the database alone."""
    taken = [(one.size, one.records) for one in Checkpoint.objects.order_by("size")]
    sql("DELETE FROM audit_checkpoint")
    sql("DELETE FROM audit_treenode")
    for _size, records in taken:
        present = [one for one in records if AuditRecord.objects.filter(pk=one).exists()]
        sql("INSERT INTO audit_unplaced SELECT unnest(%s::bigint[])", present)
        place_records()


def rehashed(changed, **values):
    """A record and all behind it in its chain written anew, each with a hash that fits."""
    previous = changed.previous_hash
    behind = AuditRecord.objects.of_chain(changed.chain).filter(sequence__gte=changed.sequence)
    for one in list(behind):
        for name, value in values.items() if one.pk == changed.pk else ():
            setattr(one, name, value)
        one.previous_hash = previous
        previous = one.hash = hash_of(one)
        sql("UPDATE audit_auditrecord SET reason = %s, previous_hash = %s, hash = %s WHERE id = %s",
            one.reason, one.previous_hash, one.hash, one.pk)  # fmt: skip


def first(application):
    return AuditRecord.objects.of_chain(application.chain).first()


@way("which is not what it was", "")
def a_record_and_all_behind_it_are_written_anew(application):
    rehashed(first(application), reason="all is well")


@way("", "is another one than you kept")
def and_the_tree_is_written_anew_with_them(application):
    rehashed(first(application), reason="all is well")
    rewritten()


@way("which is gone", "")
def an_application_is_erased_with_all_its_records(application):
    sql("DELETE FROM audit_auditrecord WHERE chain = %s", application.chain)


@way("", "you kept it, and the tree has only 1")
def and_the_tree_forgets_it(application):
    sql("DELETE FROM audit_auditrecord WHERE chain = %s", application.chain)
    rewritten()


@way("stands in no checkpoint", "you kept it, and the tree has only 2")
def the_last_checkpoint_is_cut_off(application):
    last = Checkpoint.objects.newest()
    sql("UPDATE audit_auditrecord SET written_at = written_at - interval '1 day' WHERE id = ANY(%s)", last.records)
    sql("DELETE FROM audit_treenode WHERE level = 0 AND place = %s", last.size - 1)
    sql("DELETE FROM audit_checkpoint WHERE size = %s", last.size)


@way("does not follow the one before it", "checkpoint 2 was expected where 3 stands")
def one_in_the_middle_is_taken_out(application):
    sql("DELETE FROM audit_checkpoint WHERE size = 2")


@way("has another leaf than the tree", "has another root than the tree")
def a_checkpoint_is_dated_back(application):
    sql("UPDATE audit_checkpoint SET at = at - interval '1 day' WHERE size = 1")


@way("is dated before the one before it", "has another root than the tree")
def the_newest_is_dated_back(application):
    sql("UPDATE audit_checkpoint SET at = at - interval '1 day' WHERE size = 3")


@way("does not hold the records that it held when it was signed", "does not stand in checkpoint 1")
def a_record_is_slipped_into_an_older_checkpoint(application):
    """A late one that is to look as if it had come in time."""
    late = act(application)
    sql("DELETE FROM audit_unplaced WHERE record = %s", late.pk)
    sql("UPDATE audit_checkpoint SET records = records || %s::bigint, hashes = hashes || %s::varchar WHERE size = 1",
        late.pk, late.hash)  # fmt: skip


@way("has another leaf than the tree", "has another root than the tree")
def and_the_leaf_is_made_to_fit(application):
    a_record_is_slipped_into_an_older_checkpoint(application)
    one = Checkpoint.objects.get(size=1)
    sql("UPDATE audit_checkpoint SET sha256 = %s WHERE size = 1", root_of(places_of(one.hashes, one.salt))[0].hex())


@way("has another root than the tree", "has another root than the tree")
def a_root_is_changed(application):
    sql("UPDATE audit_checkpoint SET root = %s WHERE size = 3", "0" * 64)


@way("is not signed by this house", "")
def a_signature_is_another_ones(application, settings):
    key, settings.CHECKPOINT_KEY = settings.CHECKPOINT_KEY, "somebody else's"
    rewritten()
    settings.CHECKPOINT_KEY = key


@way("has another leaf than the tree", "")
def a_node_is_changed(application):
    sql("UPDATE audit_treenode SET sha256 = %s WHERE level = 0 AND place = 2", "0" * 64)


@way("stands in no checkpoint", "stands in no checkpoint")
def a_record_is_kept_out_of_the_tree(application):
    """Taken from those that wait, before the minute was over; by an act of long ago."""
    hidden = act(application)
    sql("DELETE FROM audit_unplaced WHERE record = %s", hidden.pk)
    hidden.written_at = START
    hidden.hash = hash_of(hidden)
    sql("UPDATE audit_auditrecord SET written_at = %s, hash = %s WHERE id = %s", START, hidden.hash, hidden.pk)


def test_a_whole_tree_is_whole(trail, tmp_path):
    kept = Checkpoint.objects.newest().note
    act(trail)
    place_records()
    assert faults() == []
    records = AuditRecord.objects.count()
    assert judged(tmp_path, kept) == (0, f"4 checkpoints, {records} places: all whole.\n")


@pytest.mark.parametrize("name", WAYS)
def test_every_way_is_found_in_the_house_or_outside_and_named(trail, name, tmp_path, settings):
    tamper, in_the_house, outside = WAYS[name]
    kept = Checkpoint.objects.newest().note
    tamper(trail, settings) if "settings" in tamper.__code__.co_varnames else tamper(trail)
    found = faults()
    assert bool(found) == bool(in_the_house), found
    assert not in_the_house or any(in_the_house in one for one in found), found
    status, said = judged(tmp_path, kept)
    if outside:
        assert (status, outside in said) == (1, True), said
    assert in_the_house or outside


def test_what_waits_for_the_worker_is_no_fault(trail):
    """As in a house that was restored from a backup of a moment before the next checkpoint."""
    waiting = act(trail)
    sql("UPDATE audit_auditrecord SET written_at = %s WHERE id = %s", START, waiting.pk)
    assert faults() == []


def test_two_auditors_who_were_shown_two_histories_find_out(trail, tmp_path):
    """Each keeps what was shown; one of the two does not stand in what the other downloads."""
    shown = Checkpoint.objects.newest().note
    sql("UPDATE audit_auditrecord SET reason = 'other', hash = %s WHERE id = %s", "1" * 64, first(trail).pk)
    rewritten()
    assert Checkpoint.objects.newest().note.split("\n")[1] == shown.split("\n")[1]
    assert "is another one than you kept" in judged(tmp_path, shown)[1]


def test_an_earlier_file_of_checkpoints_is_as_good_as_one_that_was_kept(trail, tmp_path):
    (tmp_path / "earlier.csv").write_bytes(download("checkpoints"))
    act(trail)
    place_records()
    (tmp_path / "now.csv").write_bytes(download("checkpoints"))
    command = [sys.executable, "-I", SCRIPT, "now.csv", "earlier.csv"]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    command = [sys.executable, "-I", SCRIPT, "earlier.csv", "now.csv"]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 1


def test_whoever_sees_a_part_only_proves_that_part(trail, tmp_path):
    """A trail of one Member State has fewer records than the tree: that is no fault."""
    about = About(member_state="EL")
    (tmp_path / "checkpoints.csv").write_bytes(download("checkpoints"))
    for name, slug in {"trail.csv": "audit-trail", "places.csv": "places-of-records"}.items():
        report = REPORTS[slug]
        (tmp_path / name).write_bytes(csv_bytes(report.labels(about), report.values(about, an_auditor())))
    command = [sys.executable, "-I", SCRIPT, "checkpoints.csv", "places.csv", "trail.csv"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert ", 4 places" in done.stdout


def test_files_with_semicolons_are_proved_as_well(trail, tmp_path):
    kept = Checkpoint.objects.newest().note
    assert judged(tmp_path, kept, SEMICOLON) == judged(tmp_path, kept)
    assert judged(tmp_path, kept, SEMICOLON)[0] == 0
    (tmp_path / "places.csv").write_bytes(download("places-of-records", SEMICOLON).replace(b"0", b"1"))
    command = [sys.executable, "-I", SCRIPT, "checkpoints.csv", "places.csv"]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 1


def test_a_hash_that_borrows_from_its_neighbour_is_another_hash(trail, tmp_path):
    """Both columns together are what the leaf holds; where one ends and the other begins is proved too."""
    (tmp_path / "checkpoints.csv").write_bytes(download("checkpoints"))
    names, *lines = csv.reader(StringIO(download("places-of-records").decode("utf-8-sig"), newline=""))
    blind, own = names.index("blind"), names.index("hash")
    lines[0][blind], lines[0][own] = lines[0][blind][:-2], lines[0][blind][-2:] + lines[0][own]
    with (tmp_path / "places.csv").open("w", newline="") as file:
        csv.writer(file).writerows([names, *lines])
    command = [sys.executable, "-I", SCRIPT, "checkpoints.csv", "places.csv"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "does not stand in checkpoint" in done.stdout


@pytest.mark.parametrize("content", [b"", b"a,b\r\n1,2\r\n", b"x\n1"])
def test_another_file_is_refused_in_words(content, tmp_path):
    (tmp_path / "other.csv").write_bytes(content)
    done = subprocess.run([sys.executable, "-I", SCRIPT, "other.csv"], cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 1
    assert b"is no checkpoint" in done.stderr


def test_the_script_is_short_and_needs_only_python():
    lines = SCRIPT.read_text().splitlines()
    assert len(lines) <= 155
    imported = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names
    assert ast.parse(SCRIPT.read_text(), feature_version=(3, 8))
