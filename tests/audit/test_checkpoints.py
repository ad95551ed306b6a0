"""Every record gets its place in one tree that only grows; its heads are signed, and tell nothing but that."""

import json
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from audit import notes
from audit.checkpoints import PLACES, entry_of, place_records
from audit.merkle import hash_of_leaf, hash_of_pair
from audit.models import AuditRecord, Checkpoint, TreeNode, Unplaced
from audit.record import record
from core import clock
from promises.keeping import keep_promise
from promises.models import Promise
from promises.schedule import nights
from reports.about import About
from reports.catalogue import REPORTS
from tests.applications.factories import a_draft
from tests.audit.factories import a_trail
from tests.factories import a_call, an_auditor, an_officer

pytestmark = pytest.mark.django_db


def an_act(call=None):
    return record("call.note", call or a_call(), by=an_officer(), at=clock.now())


def grown(leaves):
    """A tree of so many leaves, each with one record."""
    call = a_call()
    place_records()
    while Checkpoint.objects.count() < leaves:
        an_act(call)
        place_records()
    return Checkpoint.objects.newest()


def leads_to_root(place, size, leaf, path):
    """RFC 9162, 2.1.3.2, as a stranger would write it."""
    number, last, found = place, size - 1, leaf
    for step in path:
        assert last > 0
        if number & 1 or number == last:
            found = hash_of_pair(bytes.fromhex(step), found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = hash_of_pair(found, bytes.fromhex(step))
        number, last = number >> 1, last >> 1
    assert last == 0
    return found


def is_continued(earlier, root, size, root_now, path):
    """RFC 9162, 2.1.4.2."""
    steps = [bytes.fromhex(one) for one in path]
    if earlier == size:
        return not steps and root == root_now
    if earlier & (earlier - 1) == 0:
        steps = [root, *steps]
    number, last = earlier - 1, size - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    before = now = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            before, now = hash_of_pair(step, before), hash_of_pair(step, now)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            now = hash_of_pair(now, step)
        number, last = number >> 1, last >> 1
    return before == root and now == root_now and last == 0


# growing


def test_what_is_written_waits_and_is_taken_up_once():
    written = an_act()
    assert Unplaced.objects.filter(record=written.pk).exists()
    place_records()
    assert Checkpoint.objects.holding(written.hash).get() == Checkpoint.objects.newest()
    assert not Unplaced.objects.exists()
    assert place_records() == 0, "nothing new, no leaf"


def test_a_record_written_by_a_transaction_that_ended_late_is_not_passed_over():
    """The place is given to what is seen, not to what has the higher number."""
    early, late = an_act(), an_act()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_unplaced WHERE record = %s", [early.pk])  # not committed yet
    place_records()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_unplaced VALUES (%s)", [early.pk])
    place_records()
    assert Checkpoint.objects.holding(early.hash).get().size > Checkpoint.objects.holding(late.hash).get().size


def test_many_records_at_once_take_several_leaves(monkeypatch):
    a_trail(records=7)
    waiting = Unplaced.objects.count()
    monkeypatch.setattr("audit.checkpoints.PLACES", 4)
    before = Checkpoint.objects.count()
    assert place_records() == -(-waiting // 4) == Checkpoint.objects.count() - before


def test_the_tree_of_each_size_has_its_root_in_the_nodes():
    grown(9)
    leaves = [hash_of_leaf(entry_of(one)).hex() for one in Checkpoint.objects.order_by("size")]
    assert leaves == list(TreeNode.objects.filter(level=0).order_by("place").values_list("sha256", flat=True))
    assert TreeNode.objects.filter(level=3).get().sha256 == Checkpoint.objects.get(size=8).root


def test_a_placed_record_costs_few_statements(django_assert_num_queries):
    grown(7)
    an_act()
    with django_assert_num_queries(15):
        place_records()


def test_the_house_owes_the_next_minute_for_ever():
    nights()
    owed = Promise.objects.open().get(kind="checkpoint")
    written = an_act()
    keep_promise(owed.pk)
    owed.refresh_from_db()
    assert owed.status == "WAITING"
    assert 0 < (owed.due_at - clock.now()).total_seconds() <= 60
    assert Checkpoint.objects.holding(written.hash).exists()


@pytest.mark.parametrize("table", ["audit_checkpoint", "audit_treenode"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET root = ''", "UPDATE {} SET sha256 = ''"])
def test_nobody_changes_or_takes_away(table, change):
    grown(2)
    with pytest.raises(Exception, match=r"Cannot update or delete|does not exist"), transaction.atomic():
        connection.cursor().execute(change.format(table))


# what it tells


def test_a_leaf_tells_nobody_how_many_records_it_holds():
    an_act()
    place_records()
    one = Checkpoint.objects.newest()
    a_trail(records=9)
    place_records()
    many = Checkpoint.objects.newest()
    assert len(entry_of(one)) == len(entry_of(many)) + len(str(one.size)) - len(str(many.size))
    paths = [proof_of(checkpoint.hashes[0])["record"] for checkpoint in (one, many)]
    assert {len(path["path"]) for path in paths} == {10}
    assert all(0 <= path["place"] < PLACES for path in paths)
    assert one.hashes[0] not in json.dumps(paths[1])


def proof_of(sha256_of_record):
    return Client().get(reverse("log_record", args=[sha256_of_record])).json()


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
def test_a_record_leads_to_the_signed_head(size):
    """By the words of the standard, from what an address gives to anybody who holds the record's hash."""
    last = grown(size)
    for checkpoint in Checkpoint.objects.all():
        told = proof_of(checkpoint.hashes[0])
        step = told["record"]
        found, place = hash_of_leaf(bytes.fromhex(step["blind"] + step["sha256"])), step["place"]
        for one in step["path"]:
            pair = (bytes.fromhex(one), found) if place & 1 else (found, bytes.fromhex(one))
            found, place = hash_of_pair(*pair), place >> 1
        leaf = told["leaf"]
        assert json.loads(leaf["entry"])["records"] == found.hex()
        head = notes.read(told["checkpoint"])
        root = leads_to_root(leaf["size"] - 1, head.size, hash_of_leaf(leaf["entry"].encode()), leaf["path"])
        assert (head.size, head.root) == (last.size, root)


def test_every_tree_continues_every_earlier_one(client):
    grown(9)
    roots = {one.size: bytes.fromhex(one.root) for one in Checkpoint.objects.all()}
    for size in roots:
        for earlier in range(1, size + 1):
            path = client.get(reverse("log_consistency", args=[earlier, size])).json()["path"]
            assert is_continued(earlier, roots[earlier], size, roots[size], path), (earlier, size)
            assert not is_continued(earlier, hash_of_leaf(b"other"), size, roots[size], path)


def test_the_tiles_are_those_of_the_tree(client):
    grown(5)
    tile = client.get("/log/tile/0/000.p/5")
    hashes = TreeNode.objects.filter(level=0).order_by("place").values_list("sha256", flat=True)
    assert tile.content.hex() == "".join(hashes)
    assert "immutable" in tile["Cache-Control"]
    entries, found = client.get("/log/tile/entries/000.p/5").content, []
    while entries:
        length = int.from_bytes(entries[:2], "big")
        found, entries = [*found, entries[2 : 2 + length]], entries[2 + length :]
    assert [hash_of_leaf(one).hex() for one in found] == list(hashes)


@pytest.mark.parametrize("address", [
    "tile/0/000", "tile/0/000.p/4", "tile/0/000.p/0", "tile/0/000.p/257", "tile/1/000.p/1", "tile/8/000", "tile/0/0",
    "tile/0/x000", "tile/0/x001/000.p/1", "tile/0/../../etc", "tile/entries/000", "tile/entries/000.p/9",
    "tile/entries/x999/x999/x999/x999/x999/999", "records/" + "0" * 64, "records/1", "consistency/0/2",
    "consistency/2/9", "consistency/3/2",
])  # fmt: skip
def test_what_is_not_there_is_not_found(client, address):
    grown(3)
    assert client.get(f"/log/{address}").status_code == 404


# signatures


def test_the_head_is_a_signed_note_that_a_stranger_can_read(client, settings):
    settings.SITE_URL = "https://grants.example.eu"
    an_act()
    place_records()
    note = client.get("/log/checkpoint").content.decode()
    text, signatures = note.split("\n\n")
    assert text.split("\n")[0] == "grants.example.eu/log"
    assert int(text.split("\n")[1]) == Checkpoint.objects.count()
    dash, name, signature = signatures.strip().split(" ")
    vkey = notes.verification_key()
    _name, key_id, public = vkey.split("+", 2)
    raw = b64decode(signature)
    assert (dash, name, raw[:4].hex()) == ("\N{EM DASH}", "grants.example.eu/log", key_id)
    assert sha256(b"grants.example.eu/log\n" + b64decode(public)).digest()[:4].hex() == key_id
    assert notes.verifies(b64decode(public)[1:], f"{text}\n".encode(), raw[4:])


def test_a_note_of_another_key_or_another_text_is_not_ours(settings):
    an_act()
    place_records()
    note = Checkpoint.objects.newest().note
    assert notes.is_signed(note)
    number = note.split("\n")[1]
    for other in (note.replace(f"\n{number}\n", f"\n{number}1\n"), note.rpartition("\n\n")[0], "", "a\n\nb", note[:-9]):
        assert not notes.is_signed(other)
    before = notes.verification_key()
    settings.CHECKPOINT_KEY = "another secret"
    assert not notes.is_signed(note)
    settings.CHECKPOINT_KEYS_BEFORE = [before]
    assert notes.is_signed(note), "what a key of before has signed still stands"


# the page


def said(client, kept):
    return client.get(reverse("checkpoints"), {"kept": kept}).content.decode()


def test_anybody_may_ask_whether_what_was_kept_still_stands(client):
    written = an_act()
    place_records()
    kept = Checkpoint.objects.newest()
    grown(kept.size + 2)
    for one in (kept.note, "\n".join(kept.note.splitlines()[:3]), written.hash, written.hash.upper()):
        assert f"checkpoint {kept.size}, made" in said(client, one)
    other = kept.note.replace(b64encode(bytes.fromhex(kept.root)).decode(), b64encode(bytes(32)).decode())
    for one in (other, "0" * 64):
        assert "It does not stand in this tree" in said(client, one)
    for one in ("", "abc", "a\nb\nc", "x" * 5000, "a\n1\n\N{GREEK SMALL LETTER ALPHA}"):
        assert "It stands" not in said(client, one)
        assert "It does not stand" not in said(client, one)


def test_before_the_first_act_the_page_says_so(client):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_checkpoint, audit_treenode, audit_unplaced")
    assert "There is no checkpoint yet" in client.get(reverse("checkpoints")).content.decode()
    assert client.get("/log/checkpoint").status_code == 404


def test_an_auditor_learns_nothing_of_records_that_are_sealed(client):
    """The places file names those that the reader sees, and nothing in it counts the others."""
    secret = record("application.note", a_draft(), by=an_officer(), at=clock.now())
    shown = an_act()
    place_records()
    rows = list(REPORTS["places-of-records"].values(About(), an_auditor()))
    hashes = {row[2] for row in rows}
    assert shown.hash in hashes
    assert secret.hash not in hashes
    assert AuditRecord.objects.filter(hash=secret.hash).exists()
