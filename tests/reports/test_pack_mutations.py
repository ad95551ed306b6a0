"""Every single change of a pack is found by the script that goes along in it: also where the manifest was made anew,
and, but for what only the house's key holds, where it was signed anew with another key."""

import json
from hashlib import sha256

import pytest
from django.test import override_settings

from audit.hashing import canonical
from audit.notes import sign_sum, verification_key
from core.zips import entry_of, zip_of
from tests.packs import a_pack, all_verified, entries_of, verified
from tests.reports.factories import bytes_of

pytestmark = pytest.mark.django_db
THE_KEYS_ALONE = {"README.txt", "verify.py", "pack.json"}  # words: nothing but the house's signature holds them


def zipped(held):
    return b"".join(zip_of([entry_of(name, content) for name, content in held.items()]))


def flipped(content, place=None):
    place = len(content) // 2 if place is None else place
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def with_manifest(held):
    """The manifest made anew, as somebody would who has read the script."""
    told = json.loads(held["manifest.json"])
    kept = [line for line in told["entries"] if line["name"] in held or "withheld" in line]
    for line in kept:
        if line["name"] in held:
            line |= {"sha256": sha256(held[line["name"]]).hexdigest(), "size": len(held[line["name"]])}
    return held | {"manifest.json": canonical({"entries": kept, "format": 1}).encode()}


def signed_anew(held):
    """And signed with a key of one's own: the pack names it as the house's, and the house's as an earlier one."""
    house = verification_key()
    with override_settings(CHECKPOINT_KEY="somebody else's"):
        facts = json.loads(held["pack.json"]) | {"key": verification_key(), "keys_before": [house]}
        held = with_manifest(held | {"pack.json": canonical(facts).encode()})
        note = sign_sum("evidence pack", sha256(held["manifest.json"]).hexdigest())
    return held | {"signature.txt": note.encode()}


def mutations(held):
    """{what was done: the bytes of the pack then}."""
    yield from changes_of_entries(held)
    yield from changes_of_lines(held)
    yield from changes_of_the_zip(held)


def changes_of_entries(held):
    for name, content in held.items():
        changed = held | {name: flipped(content)}
        yield f"a byte of {name}", zipped(changed)
        without = {one: text for one, text in held.items() if one != name}
        yield f"{name} taken out", zipped(without)
        if name not in {"manifest.json", "signature.txt"}:
            yield f"a byte of {name}, the manifest anew", zipped(with_manifest(changed))
            yield f"{name} taken out, the manifest anew", zipped(with_manifest(without))
        if name not in THE_KEYS_ALONE | {"manifest.json", "signature.txt"}:
            yield f"a byte of {name}, signed anew", zipped(signed_anew(changed))
    yield "an entry put in", zipped(held | {"applications/more.txt": b"more"})
    one, other = (name for name in held if name.endswith("/rows.jsonl"))
    yield "two entries swapped", zipped(held | {one: held[other], other: held[one]})
    yield "two entries swapped, signed anew", zipped(signed_anew(held | {one: held[other], other: held[one]}))


def changes_of_lines(held):
    for name in [one for one in held if one.endswith(".jsonl")]:
        first, second, *rest = held[name].splitlines(keepends=True)
        ways = {
            "a line cut at the end": [first, second, *rest[:-1]], "a line taken out": [first, *rest],
            "two lines swapped": [second, first, *rest], "a line twice": [first, first, second, *rest],
        }  # fmt: skip
        for what, lines in ways.items():
            yield f"{name}: {what}, signed anew", zipped(signed_anew(held | {name: b"".join(lines)}))
    for what, name, change in FIELDS:
        name = next(one for one in held if one.startswith("applications/") and one.endswith(name))
        lines = [json.loads(line) for line in held[name].splitlines()]
        change(lines)
        anew = b"".join(canonical(line).encode() + b"\n" for line in lines)
        assert anew != held[name], what
        yield f"{what}, signed anew", zipped(signed_anew(held | {name: anew}))


def a_field_of_a_row(lines):
    line = next(one for one in lines if one["table"] == "evaluation_score" and '"points": 38' in one.get("row", ""))
    line["row"] = line["row"].replace('"points": 38', '"points": 39')


def a_field_and_its_digest(lines):
    a_field_of_a_row(lines)
    for line in lines:
        if "row" in line:
            line["digest"] = sha256(line["row"].encode()).hexdigest()


def a_row_withheld(lines):
    line = next(one for one in lines if "row" in one)
    line |= {"digest": "0" * 64, "withheld": "for no reason"}
    del line["row"]


def the_actor(lines):
    lines[3]["record"]["actor_name"] = "Nobody"


def a_time_by_a_microsecond(lines):
    at = lines[2]["record"]["at"]
    lines[2]["record"]["at"] = at[:-2] + str((int(at[-2]) + 1) % 10) + "Z"


def a_record_hashed_anew(lines):
    lines[2]["record"]["reason"] = "Because."
    lines[2]["hash"] = sha256(canonical(lines[2]["record"]).encode()).hexdigest()


def what_a_record_tells_of(lines):
    line = next(one for one in lines if one["rows"])
    line["rows"] = line["rows"][1:]


def the_rows_of_a_record_hidden(lines):
    next(one for one in lines if one["rows"])["rows"] = None


def another_place(lines):
    lines[0]["place"] ^= 1


def another_time_of_the_leaf(lines):
    lines[0]["at"] = lines[0]["at"].replace("Z", "").rpartition(".")[0] + ".000001Z"


FIELDS = [
    ("a score changed", "rows.jsonl", a_field_of_a_row),
    ("a score changed with its digest", "rows.jsonl", a_field_and_its_digest),
    ("a row hidden under another digest", "rows.jsonl", a_row_withheld),
    ("another actor", "records.jsonl", the_actor),
    ("a time moved", "records.jsonl", a_time_by_a_microsecond),
    ("a record hashed anew", "records.jsonl", a_record_hashed_anew),
    ("a record tells of less", "records.jsonl", what_a_record_tells_of),
    ("a record hides what it tells of", "records.jsonl", the_rows_of_a_record_hidden),
    ("another place in the tree", "places.jsonl", another_place),
    ("another time of the leaf", "places.jsonl", another_time_of_the_leaf),
]


def changes_of_the_zip(held):
    content = zipped(held)
    yield "bytes behind its end", content + b"more"
    yield "bytes before its beginning", b"more" + content
    yield "its last byte cut", content[:-1]
    yield "a byte of a local header", flipped(content, 10)
    yield "a byte of the directory", flipped(content, content.rindex(b"PK\1\2") + 12)
    first = next(iter(held))
    yield "an entry twice", b"".join(zip_of([entry_of(name, text) for name, text in [*held.items(), (first, b"x")]]))


def test_each_single_change_is_found(decided, tmp_path):
    pack = a_pack(decided.call, numbers=[decided.entries[0].reference])
    held = entries_of(bytes_of(pack))
    assert zipped(held) == bytes_of(pack)
    assert verified(tmp_path, zipped(held))[0] == 0
    anew = zipped(signed_anew(held))
    assert verified(tmp_path, anew)[0] == 0, "which only who knows the house's key can tell"
    assert verified(tmp_path, anew, verification_key())[0] == 1
    tried = dict(mutations(held))
    assert len(tried) > 90
    found = all_verified(tmp_path, tried)
    assert [what for what, (code, said) in found.items() if code != 1 or "BROKEN" not in said] == []
