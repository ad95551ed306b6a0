"""What stands in a pack, entry by entry. The same state of the house gives the same bytes."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from accounts.roles import is_auditor
from applications.models import Application
from audit.checkpoints import known_nodes
from audit.hashing import canonical, plain
from audit.models import Checkpoint, LookBlock
from audit.notes import origin, sign_sum, verification_key
from core.zips import entry_of, safe_name
from evaluation.querysets import kept_from
from reports.models import TrailRecord
from reports.packs.looks import tell_of_blocks, tell_of_looks
from reports.packs.papers import as_entry, lists_of, papers_of
from reports.packs.records import in_pieces, line_of, places_of
from reports.packs.rows import lines_of, of_this_application, told_by
from reports.packs.scratch import Scratch
from reports.source import compact, reader_of
from reports.withheld import LEFT_OUT, PEOPLE

SCRIPT = Path(settings.BASE_DIR) / "tools" / "verify_pack.py"
README = Path(settings.BASE_DIR) / "reports" / "packs" / "README.txt"
LEAVES_AT_ONCE = 10_000
NEVER = 1 << 62  # the place of an opening that was not


@dataclass(frozen=True)
class Chain:
    """A chain of records; `opened` is the place in it at which its application was opened, None of a call's."""

    name: str
    application: Application | None = None
    opened: int | None = None


@dataclass
class Made:
    """What was gathered so far: entries of the ZIP, lines of the manifest, chains, and the last checkpoint needed."""

    entries: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    chains: list = field(default_factory=list)
    looks: list = field(default_factory=list)  # folders with looks, and how many
    blocks: set = field(default_factory=set)  # numbers of the blocks that seal them
    head: int | None = None
    unplaced: int = 0
    data: object = None  # the newest record
    name: str = ""
    scratch: Scratch | None = None

    def add(self, entry, sha256, **more):
        self.entries.append(entry)
        self.lines.append({"name": entry.name, "size": entry.size, "sha256": sha256, **more})

    def add_text(self, name, content):
        with self.scratch.entry(name) as out:
            out.write(content)
        self.add(out.entry, out.sums.sha256)


def entries_of(pack, scratch, *, told):
    """Everything, in the order of the ZIP. `told(done, of)` hears how far it is."""
    made, user = Made(scratch=Scratch(scratch)), pack.asked_by
    about = applications_of(pack)
    numbers = list(about.values_list("reference", flat=True))
    tell_of_chain(made, pack, f"calls/{safe_name(pack.call.reference)}", Chain(pack.call.chain))
    for paper in lists_of(pack.call, user):
        add_paper(made, paper, f"calls/{safe_name(pack.call.reference)}")
    for done, application in enumerate(about.iterator(chunk_size=100)):
        told(done, len(numbers))
        tell_of_application(made, pack, application)
    told(len(numbers), len(numbers))
    tell_of_blocks(made)
    if made.looks:
        tell_of_chain(made, pack, "looks", Chain(LookBlock.chain))
    tell_of_tree(made)
    tell_of_pack(made, pack, numbers)
    seal(made)
    return made


def applications_of(pack):
    rows = Application.objects.visible_to(pack.asked_by).filter(call=pack.call)
    rows = rows.exclude(pk__in=kept_from(pack.asked_by).values("pk")).select_related("call", "applicant")
    return (rows.filter(reference__in=pack.numbers) if pack.numbers else rows).order_by("reference")


def tell_of_application(made, pack, application):
    folder = f"applications/{safe_name(application.reference)}"
    mine = TrailRecord.objects.visible_to(pack.asked_by).of_chain(application.chain)
    opened = mine.filter(act="application.open").values_list("sequence", flat=True).first()
    tell_of_chain(made, pack, folder, Chain(application.chain, application, opened or NEVER))
    for receipt in application.receipts.order_by("version"):  # its paper is drawn later, and told of in its own chain
        tell_of_chain(made, pack, f"{folder}/receipt-{receipt.version}", Chain(f"receipt:{receipt.pk}", application))
    for paper in papers_of(application, pack.asked_by, pack):
        add_paper(made, paper, folder)
    tell_of_looks(made, pack, application, folder)


def tell_of_chain(made, pack, folder, chain):
    """Its records, the rows that they tell of, their places in the tree: three files of lines."""
    records = TrailRecord.objects.visible_to(pack.asked_by).of_chain(chain.name)
    if not records.exists():
        return
    count, head = 0, ""
    for kind, lines in (("records", records_in), ("rows", rows_in), ("places", places_in)):
        with made.scratch.entry(f"{folder}/{kind}.jsonl") as out:
            for some in in_pieces(records):
                for line in lines(made, pack, some, chain):
                    out.line(line)
                if kind == "records":
                    count, head = count + len(some), some[-1].hash
                    made.data = max(filter(None, [made.data, *some]), key=lambda one: (one.at, one.pk))
        made.add(out.entry, out.sums.sha256)
    made.chains.append({"chain": chain.name, "folder": folder, "head": head, "records": count})


def records_in(made, pack, some, chain):
    shown = {one.pk for one in telling(some, pack, chain)}
    without_people = PEOPLE in pack.left_out and chain.name != LookBlock.chain  # the clock's own, and hashes
    for one in some:
        yield line_of(one, without_people=without_people, with_rows=one.pk in shown)


def rows_in(made, pack, some, chain):
    told = list(told_by(telling(some, pack, chain), opened=chain.opened))
    yield from lines_of(told, pack.asked_by, without_people=PEOPLE in pack.left_out)


def telling(records, pack, chain):
    """Those whose rows this reader is told of. What an act on many at once changed stands in the record of the last of
    them: who sees one Member State only is not told which rows of others were changed along with the own."""
    if is_auditor(pack.asked_by):
        return records
    own = of_this_application(told_by(records, opened=chain.opened), chain.application)
    return [one for one in records if all((table, row_id) in own for table, row_id, *_more in one.rows)]


def places_in(made, pack, some, chain):
    found = places_of(some)
    made.unplaced += len(some) - len(found)
    made.head = max([made.head or 0, *(one["size"] for one in found)]) or None
    return found


def add_paper(made, paper, folder):
    if paper.pieces is None:
        line = {"name": f"{folder}/{paper.name}", "size": paper.size, "sha256": paper.sha256, "row": paper.row}
        made.lines.append(line | {"withheld": paper.why})
        return
    entry, sha256 = as_entry(paper, folder)
    made.add(entry, sha256, row=paper.row)


# what makes it prove itself


def tell_of_tree(made):
    """The checkpoint that took up the last of these records, and every leaf below it: 32 bytes each."""
    if made.head is None:
        return
    head = Checkpoint.objects.only("note").get(size=made.head)
    made.add_text("tree/checkpoint.txt", head.note.encode())
    with made.scratch.entry("tree/leaves.bin") as out:
        for start in range(0, made.head, LEAVES_AT_ONCE):
            wanted = [(0, place) for place in range(start, min(start + LEAVES_AT_ONCE, made.head))]
            nodes = known_nodes(wanted)
            out.write(b"".join(nodes[one] for one in wanted))
    made.add(out.entry, out.sums.sha256)


def tell_of_pack(made, pack, numbers):
    facts = {
        "format": 1, "house": origin(), "key": verification_key(),
        "keys_before": settings.CHECKPOINT_KEYS_BEFORE, "call": pack.call.reference, "applications": numbers,
        "asked_for": pack.numbers or "the whole call", "reader": reader_of(pack.asked_by),
        "withheld_on_request": [str(LEFT_OUT[one]) for one in pack.left_out] + pack.documents_left_out,
        "checkpoint": made.head, "unplaced": made.unplaced, "chains": made.chains, "looks": made.looks,
        "state_of_the_data": {"at": plain(made.data.at), "hash": made.data.hash} if made.data else None,
    }  # fmt: skip
    made.add_text("pack.json", (canonical(facts) + "\n").encode())
    made.add_text("README.txt", readme_of(made, pack, numbers).encode())
    made.add_text("verify.py", SCRIPT.read_bytes())
    about = pack.call.reference if len(numbers) != 1 else numbers[0]
    moment = compact(made.data.at) if made.data else "empty"
    made.name = f"pack_{re.sub('[^A-Za-z0-9_.-]', '-', about)}_{moment}"


def readme_of(made, pack, numbers):
    words = {
        "call": f"{pack.call.reference} – {pack.call.title}",
        "applications": "\n".join(f"  {one}" for one in numbers),
        "reader": reader_of(pack.asked_by),
        "left_out": "\n".join(f"  - {LEFT_OUT[one]}" for one in pack.left_out) or "  nothing",
        "checkpoint": made.head or "none yet",
        "address": f"{settings.SITE_URL.rstrip('/')}/checkpoints/",
    }
    return README.read_text().format(**words)


def seal(made):
    """The manifest over everything, and the house's signature over the manifest."""
    with made.scratch.entry("manifest.json") as out:
        out.write(b'{"entries":[\n')
        for number, line in enumerate(made.lines):
            out.write((",\n" if number else "").encode() + canonical(line).encode())
        out.write(b'\n],"format":1}\n')
    made.entries.append(out.entry)
    note = sign_sum("evidence pack", out.sums.sha256).encode()
    made.entries.append(entry_of("signature.txt", note))
