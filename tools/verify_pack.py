"""Prove an evidence pack from itself alone: python verify.py PACK.zip [KEPT.txt | KEY ...]

PACK.zip may also be the folder into which it was unpacked. KEPT.txt holds a checkpoint of the audit trail that you
kept (three lines, as printed on receipts and in the daily mails); KEY is the house's verification key as you know it.
It says on one page what was checked and what is broken. Exit 0 when everything holds.
Needs nothing but Python 3.8 or later; no network.
"""

import base64
import hashlib
import json
import os
import sys
import zipfile
from collections import Counter
from datetime import datetime, timedelta

FIRST = (
    "chain", "sequence", "at", "act", "subject_type", "subject_id", "subject_name", "actor_id", "actor_name",
    "actor_role", "door", "request_id", "status_before", "status_after", "reason", "changes", "previous_hash",
)  # fmt: skip
SECOND = (*FIRST, "scope", "format", "written_at")
FORMATS = {1: (*FIRST, "application_id", "call_id", "member_state"), 2: SECOND, 3: (*SECOND, "rows_sha256")}
PATIENCE = timedelta(minutes=1)  # two people acting at once on one chain may be written in either order
MOST_FAULTS = 60  # that are named; all are counted
UNSIGNED = {"manifest.json", "signature.txt"}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def canonical(content):
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Report:
    """What was checked, how often, and what does not hold."""

    def __init__(self):
        self.checked, self.faults, self.notes = Counter(), [], Counter()

    def check(self, what, holds, fault):
        self.checked[what] += 1
        if not holds:
            self.faults.append(fault)
        return holds

    def fault(self, fault):
        self.faults.append(fault)

    def note(self, sentence):
        self.notes[sentence] += 1


# where the entries come from: a ZIP, or the folder into which it was unpacked


class Zipped:
    def __init__(self, path):
        self.path, self.zip = path, zipfile.ZipFile(path)

    def names(self):
        return self.zip.namelist()

    def open(self, name):
        return self.zip.open(name)

    def faults(self):
        """The house writes its ZIPs in one way: everything else was put in by somebody."""
        length = 22
        for one in self.zip.infolist():
            name = len(one.filename.encode())
            far = len(one.extra)
            length += 30 + 46 + 2 * name + far + one.file_size
            plain = (
                one.compress_type == 0 and one.date_time == (1980, 1, 1, 0, 0, 0) and not one.comment
                and far == (12 if one.header_offset >= 0xFFFFFFFF else 0) and one.external_attr == 0o100644 << 16
                and one.create_system == 3 and one.flag_bits in (0, 0x800) and one.file_size == one.compress_size
                and self.local_header(one)
            )  # fmt: skip
            if not plain:
                yield one.filename + ": stands in the ZIP in another way than the house writes it"
        real = os.path.getsize(self.path)
        if self.zip.comment or real not in (length, length + 76):
            yield f"the ZIP holds {real} bytes where its entries need {length}"

    def local_header(self, one):
        """What stands before the bytes says the same as the directory."""
        name = one.filename.encode()
        with open(self.path, "rb") as file:
            file.seek(one.header_offset)
            head = file.read(30 + len(name))
        size = one.file_size.to_bytes(4, "little")
        crc32 = one.CRC.to_bytes(4, "little")
        wanted = b"PK\3\4\x14\0\0\x08\0\0\0\0\x21\0" + crc32 + size + size + len(name).to_bytes(2, "little") + b"\0\0"
        return head == wanted + name


class Unpacked:
    def __init__(self, path):
        self.path = path

    def names(self):
        found = []
        for folder, _folders, files in os.walk(self.path):
            found += [os.path.relpath(os.path.join(folder, one), self.path).replace(os.sep, "/") for one in files]
        return sorted(found)

    def open(self, name):
        return open(os.path.join(self.path, *name.split("/")), "rb")

    def faults(self):
        return []


def read(pack, name):
    with pack.open(name) as file:
        return file.read()


def lines(pack, name, report):
    """Each line of an entry; one that cannot be read is a fault."""
    with pack.open(name) as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line.decode("utf-8"))
            except ValueError:
                report.fault(f"{name}, line {number}: cannot be read")


# signatures: Ed25519 (RFC 8032), only verifying; the curve in a few lines

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(one, two):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, two
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def point_of(data):
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public, text, signature):
    try:
        key, start = point_of(public), point_of(signature[:32])
    except ValueError:
        return False
    number = int.from_bytes(signature[32:], "little")
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    left, right = times(number, BASE), add(start, times(challenge, key))
    same = (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0
    return number < ORDER and len(signature) == 64 and same


def opens(note, key):
    """Whether a note is signed by this key, NAME+ID+BASE64, under whatever name the house had at that time."""
    try:
        public = base64.b64decode(key.split("+", 2)[2])[1:]
        text, _empty, below = note.partition("\n\n")
        named = [one.split(" ")[1:3] for one in below.splitlines() if one.startswith("\u2014 ")]
        found = [(hashlib.sha256(name.encode() + b"\n\x01" + public), base64.b64decode(one)) for name, one in named]
    except (ValueError, IndexError):
        return False
    text = (text + "\n").encode()
    return any(one[:4] == own.digest()[:4] and is_signed(public, text, one[4:]) for own, one in found)


# the manifest, and what it says of each entry


def check_manifest(pack, report):
    """{name: its line} of everything; what is withheld too."""
    names = pack.names()
    for fault in pack.faults():
        report.fault(fault)
    for name, times_ in Counter(names).items():
        if times_ > 1:
            report.fault(name + ": stands in the ZIP more than once")
    told = {}
    for line in json.loads(read(pack, "manifest.json").decode("utf-8"))["entries"]:
        if line["name"] in told:
            report.fault(line["name"] + ": stands in the manifest more than once")
        told[line["name"]] = line
    for name in sorted(set(names) - set(told) - UNSIGNED):
        report.fault(name + ": is not in the manifest")
    for name, line in told.items():
        check_entry(pack, name, line, name in names, report)
    return told


def check_entry(pack, name, line, is_there, report):
    if "withheld" in line:
        if line["withheld"].startswith("LOST"):
            report.fault(name + ": the house itself could not read it any more")
        report.note(f"withheld: {name} – {line['withheld']} (SHA-256 {line['sha256']})")
        report.check("entries of the manifest", not is_there, name + ": is here, though it is said to be withheld")
        return
    if not report.check("entries of the manifest", is_there, name + ": is missing"):
        return
    digest, size = hashlib.sha256(), 0
    try:
        with pack.open(name) as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                digest.update(piece)
                size += len(piece)
    except (zipfile.BadZipFile, OSError) as error:
        report.fault(f"{name}: cannot be read ({error})")
        return
    if (digest.hexdigest(), size) != (line["sha256"], line["size"]):
        report.fault(name + ": is not what the manifest says")


def check_signature(pack, facts, keys, report):
    note = read(pack, "signature.txt").decode("utf-8")
    text = note.partition("\n\n")[0].split("\n")
    wanted = [facts["house"] + " evidence pack", sha256(read(pack, "manifest.json"))]
    report.check("the signature over the manifest", text == wanted, "signature.txt: is over another manifest")
    report.check("the signature over the manifest", opens(note, facts["key"]), "signature.txt: is not the house's")
    for key in keys:
        report.check("the key that you know", key == facts["key"], "pack.json: names another key than you know")


# the records of a chain


def moment(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")  # noqa: DTZ007 - always UTC, as written


def check_records(pack, chain, report):
    """(the rows that they tell of, in order; the hashes) of one chain."""
    name, told, hashes, before, number = chain["folder"] + "/records.jsonl", [], [], None, 0
    for number, line in enumerate(lines(pack, name, report), 1):
        record = line["record"]
        where = f"{chain['chain']} record {number} ({record.get('act')})"
        for fault in [*faults_of_place(record, before, number, chain["chain"]), *faults_of_hashes(line, record)]:
            report.fault(f"{where} {fault}")
        report.checked["records of the trail, and their links"] += 1
        if line["without"]:
            report.note("records without names of people: their own hash is not compared, their links and places are")
        if line["rows"] is None:
            report.note("records whose rows are not told to this reader: their hash stands")
        told += [(number, *one[:3]) for one in line["rows"] or []]
        hashes.append(line["hash"])
        before = line
    head = before["hash"] if before else ""
    wanted = (chain["records"], chain["head"])
    report.check("chains, complete to their head", (number, head) == wanted, chain["chain"] + ": its end was cut off")
    return told, hashes


def faults_of_place(record, before, number, chain):
    if record["sequence"] != number or record["chain"] != chain:
        yield "is not the one expected here; one is missing, added or moved"
    if record["previous_hash"] != (before["hash"] if before else ""):
        yield "does not continue the record before it"
    if before and moment(record["at"]) < moment(before["record"]["at"]) - PATIENCE:
        yield "is dated before the record before it"
    if before and record["format"] < before["record"]["format"]:
        yield "is written in an older format than the record before it"


def faults_of_hashes(line, record):
    if record["format"] not in FORMATS:
        yield "has a format that nobody knows"
    elif not line["without"] and hash_of(record) != line["hash"]:
        yield "was changed after it was written"
    told = sha256(canonical(line["rows"]).encode()) if line["rows"] else ""
    if record["format"] >= 3 and line["rows"] is not None and told != record["rows_sha256"]:
        yield "does not tell of the rows that it told of when it was written"


def hash_of(record):
    """Everything in it is hashed: a column too many shows as well. The oldest format does not hash its own number."""
    hashed = {name: value for name, value in record.items() if record["format"] > 1 or name != "format"}
    return sha256(canonical(hashed).encode())


# the rows that the records tell of


COLUMNS = {
    "applications_attachment": ["sha256"], "applications_clarificationfile": ["sha256"],
    "applications_hearingfile": ["sha256"],
    "applications_receipt": ["sha256", "pdf_sha256"], "awards_letter": ["pdf_sha256"],
    "evaluation_rankedlist": ["sha256", "signed_at"],
}  # fmt: skip
"""What a row says of its documents, by table."""


def check_rows(pack, chain, told, known, report):
    """{(table, id): what its newest version says of its documents, or None where it is withheld}. `known` are the
    hashes of the manifest."""
    name, newest, expected = chain["folder"] + "/rows.jsonl", {}, iter(told)
    for line in lines(pack, name, report):
        told_here = (line["sequence"], line["table"], line["id"], line["digest"])
        where = f"{line['table']} {line['id']}, as record {line['sequence']} tells"
        wanted = next(expected, None)
        if not report.check("versions of rows told by records", wanted == told_here, where + ": is not told by it"):
            break
        text = line.get("row")
        if text is None:
            note_withheld(line, report)
        elif sha256(text.encode()) != line["digest"]:
            report.fault(where + ": was changed after the record was written")
        if line["table"] in COLUMNS:
            row = json.loads(text) if text else None
            newest[line["table"], line["id"]] = row and {one: row[one] for one in COLUMNS[line["table"]]}
            if row and line["table"] == "applications_receipt":
                check_receipt(row, known, report)
    else:
        if next(expected, None) is not None:
            report.fault(name + ": a version that a record tells of is missing")
    return newest


def note_withheld(line, report):
    if not line["digest"]:
        return
    about = f" ({line['table']}: {', '.join(line['about'])})" if "about" in line else ""
    report.note(f"versions of rows withheld{about}: {line['withheld']}")


def check_papers(told, rows, report):
    """Each document against the row that names its hash."""
    for name, line in told.items():
        if not line.get("row"):
            continue
        table, row_id, column = line["row"]
        if (table, row_id) not in rows:
            report.note(f"documents whose row is told of by records that this reader does not see: {name}")
        elif rows[table, row_id] is None:
            report.note("documents whose row is withheld: their hash is the manifest's alone")
        elif rows[table, row_id].get(column) == "":
            report.note("papers drawn after the last record of their row: their hash is the manifest's alone")
        else:
            fault = name + ": is not the one that its row names"
            report.check("documents against their rows", rows[table, row_id].get(column) == line["sha256"], fault)


def check_nothing_missing(known, rows, report):
    """Each hash of a document that a row names stands in the manifest, here or withheld."""
    for (table, row_id), row in rows.items():
        if not row or not row.get("signed_at", "-"):  # a list that nobody signed is no document
            continue
        for column, value in row.items():
            if column != "signed_at" and value and value not in known:
                report.fault(f"{table} {row_id}: its document is not in the manifest")


def check_receipt(row, known, report):
    what = f"receipt, version {row['version']}"
    same = sha256(canonical(row["content"]).encode()) == row["sha256"]
    report.check("receipts against their content", same, what + ": its content has not the hash that it says")
    for file in row["content"].get("attachments", []):
        fault = f"{what}: its file {file.get('name')} is not in the manifest"
        report.check("files that receipts name", file["sha256"] in known, fault)


# the tree of all records


def hash_of_leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def hash_of_pair(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(leaves):
    peaks = []
    for leaf in leaves:
        peaks.append((0, leaf))
        while len(peaks) > 1 and peaks[-2][0] == peaks[-1][0]:
            (level, left), (_, right) = peaks[-2:]
            peaks[-2:] = [(level + 1, hash_of_pair(left, right))]
    root = peaks[-1][1]
    for _, left in reversed(peaks[:-1]):
        root = hash_of_pair(left, root)
    return root


def head_of(text):
    """(number, root) of a checkpoint: its second and third line."""
    _name, number, root = text.split("\n\n")[0].strip().split("\n")[:3]
    return int(number), base64.b64decode(root.strip())


def check_tree(pack, facts, kept, report):
    """The leaves below the checkpoint, once they are proved to be its own."""
    if facts["checkpoint"] is None:
        report.note("no record of this pack stands in a checkpoint yet")
        return []
    note = read(pack, "tree/checkpoint.txt").decode("utf-8")
    number, root = head_of(note)
    data = read(pack, "tree/leaves.bin")
    leaves = [data[place : place + 32] for place in range(0, len(data), 32)]
    is_whole = number == facts["checkpoint"] == len(leaves) and root_of(leaves) == root
    report.check("the tree against its checkpoint", is_whole, "tree/leaves.bin: is not the tree of the checkpoint")
    signed = any(opens(note, one) for one in (facts["key"], *facts["keys_before"]))
    report.check("the signature of the checkpoint", signed, "tree/checkpoint.txt: is not signed by the house")
    for path in kept:
        check_kept(path, leaves, report)
    return leaves


def check_kept(path, leaves, report):
    with open(path, encoding="utf-8") as file:
        number, root = head_of(file.read())
    if number > len(leaves):
        report.note(f"{path} is later than this pack's checkpoint: hold it against a newer pack")
        return
    fault = f"{path}: the tree of this pack is another one than the checkpoint that you kept"
    report.check("the checkpoint that you kept", number > 0 and root_of(leaves[:number]) == root, fault)


def check_places(pack, chain, hashes, leaves, report):
    name, rest = chain["folder"] + "/places.jsonl", iter(hashes)
    placed = 0
    for line in lines(pack, name, report):
        where = f"{name}, the place of {line['hash'][:12]}"
        is_next = line["hash"] in rest  # in the order of the records; those between have none
        entry = canonical({"at": line["at"], "records": line["records"], "size": line["size"]}).encode()
        stands = 0 < line["size"] <= len(leaves) and hash_of_leaf(entry) == leaves[line["size"] - 1]
        holds = is_next and stands and leads_to(line) == line["records"]
        report.check("places of records in the tree", holds, where + ": does not lead to the checkpoint")
        placed += 1
    return len(hashes) - placed


def leads_to(line):
    found = hash_of_leaf(bytes.fromhex(line["blind"]) + bytes.fromhex(line["hash"]))
    place = line["place"]
    for step in line["path"]:
        pair = (bytes.fromhex(step), found) if place % 2 else (found, bytes.fromhex(step))
        found, place = hash_of_pair(*pair), place // 2
    return found.hex() if place == 0 else ""


# who looked


def check_looks(pack, facts, report):
    """Each look stands in its block, and each run of blocks ends in a head that a record of the trail keeps."""
    if not facts.get("looks"):
        return
    blocks = blocks_of(pack, heads_of(pack, report), report)
    for one in facts["looks"]:
        name, count = one["folder"] + "/looks.jsonl", 0
        for count, line in enumerate(lines(pack, name, report), 1):
            digest = sha256(canonical(line["look"]).encode()) if "look" in line else line["digest"]
            is_there = digest in blocks.get(line["block"], ())
            fault = f"{name}, line {count}: is not what was sealed in block {line['block']}"
            report.check("looks, sealed in their blocks", is_there, fault)
        report.check("looks, all of them", count == one["looks"], name + ": some are missing")


def heads_of(pack, report):
    told = (line["record"] for line in lines(pack, "looks/records.jsonl", report))
    changes = [one["changes"] for one in told if one["act"] == "lookblock.keep_head"]
    return {one["number"][1]: one["head"][1] for one in changes}


def blocks_of(pack, heads, report):
    """{number: digests of its looks} of each block of the access log that is here."""
    found = list(lines(pack, "looks/blocks.jsonl", report))
    followed = {line["block"]["number"] - 1: line["block"]["previous"] for line in found}
    for line in found:
        number = line["block"]["number"]
        where = f"block {number} of the access log"
        is_whole = sha256(canonical(line["block"]).encode()) == line["sha256"]
        if "ids" in line:
            is_whole = is_whole and sha256(canonical([line["ids"], line["digests"]]).encode()) == line["block"]["looks"]
        report.check("blocks of the access log", is_whole, where + ": was changed after it was sealed")
        leads_on = line["sha256"] in (heads.get(number), followed.get(number))
        report.check("blocks that lead to a head in the trail", leads_on, where + ": leads to no head of the trail")
    return {line["block"]["number"]: set(line.get("digests", ())) for line in found}


# all of it


def verify(pack, kept, keys, report):
    told = check_manifest(pack, report)
    facts = json.loads(read(pack, "pack.json").decode("utf-8"))
    check_signature(pack, facts, keys, report)
    leaves, rows, unplaced = check_tree(pack, facts, kept, report), {}, 0
    known = {line["sha256"] for line in told.values()}
    for chain in facts["chains"]:
        tellings, hashes = check_records(pack, chain, report)
        rows.update(check_rows(pack, chain, tellings, known, report))
        unplaced += check_places(pack, chain, hashes, leaves, report)
    check_looks(pack, facts, report)
    check_papers(told, rows, report)
    check_nothing_missing(known, rows, report)
    if unplaced != facts["unplaced"]:
        report.fault(f"places.jsonl: {unplaced} records have no place, pack.json says {facts['unplaced']}")
    if unplaced:
        report.notes["records that stand in no checkpoint yet, or were written before there was one"] = unplaced
    return facts


def page_of(facts, report):
    if facts:
        yield f"Evidence pack of {facts['call']}: {len(facts['applications'])} of its applications"
        yield f"Proved against checkpoint {facts['checkpoint']} of the audit trail"
        yield f"Made for: {facts['reader']}"
        yield f"Signed with the key {facts['key']} – compare it with the house's page of checkpoints\n"
    for what, number in report.checked.items():
        yield f"  {number:8d}  {what}"
    if report.notes:
        yield "\nNot here, or not compared:"
    for sentence, number in report.notes.items():
        yield f"  {number:8d}  {sentence}"
    yield "\nBROKEN:" if report.faults else "\nEverything holds."
    for fault in report.faults[:MOST_FAULTS]:
        yield f"  - {fault}"
    if len(report.faults) > MOST_FAULTS:
        yield f"  … and {len(report.faults) - MOST_FAULTS} more"


def main(path, *more):
    report, facts = Report(), None
    kept, keys = [one for one in more if os.path.exists(one)], [one for one in more if not os.path.exists(one)]
    try:
        pack = Unpacked(path) if os.path.isdir(path) else Zipped(path)
        facts = verify(pack, kept, keys, report)
    except (zipfile.BadZipFile, OSError, KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        report.fault(f"the pack cannot be read to its end: {type(error).__name__}: {error}")
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    print("\n".join(page_of(facts, report)))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else __doc__)
