"""Who looked at a proposal, as lines of a pack, and what leads from each look to a head that the trail keeps.

For auditors of the whole alone: a block tells how many looks there were at anything in its minute.
"""

from accounts.roles import is_auditor
from audit.blocks import content_of, digest_of, header_of, kept_heads
from audit.hashing import plain
from audit.models import LookBlock
from reports.models import AccessEntry
from reports.packs.records import AT_ONCE, in_pieces
from reports.withheld import PEOPLE


def tell_of_looks(made, pack, application, folder):
    """Those that were sealed up to the last head of the trail; later ones stand in a later pack."""
    rows = AccessEntry.objects.visible_to(pack.asked_by).at(application).order_by("pk")
    heads = heads_of()
    if not is_auditor(pack.asked_by) or not heads or not rows.exists():
        return
    count = 0
    with made.scratch.entry(f"{folder}/looks.jsonl") as out:
        for some in in_pieces(rows):
            for look, number in sealed(some, heads[-1]):
                out.line(line_of_look(look, number, without_people=PEOPLE in pack.left_out))
                made.blocks.add(number)
                count += 1
    made.add(out.entry, out.sums.sha256)
    made.looks.append({"folder": folder, "looks": count})


def heads_of():
    """The numbers of the blocks that records of the trail name, from the first on."""
    return sorted(kept_heads().values_list("changes__number__1", flat=True))


def sealed(looks, last):
    """(look, number of its block) of those in blocks up to the last."""
    ids = [one.pk for one in looks]
    blocks = LookBlock.objects.filter(looks__overlap=ids, number__lte=last).values_list("number", "looks")
    found = {key: number for number, keys in blocks for key in keys}
    return [(one, found[one.pk]) for one in looks if one.pk in found]


def line_of_look(look, number, *, without_people):
    """Without people nothing but its digest stands: that it was there."""
    if without_people:
        return {"digest": digest_of(look), "block": number}
    return {"look": {name: plain(value) for name, value in content_of(look).items()}, "block": number}


def tell_of_blocks(made):
    """Each block of these looks with its digests, and those behind it up to the next head of the trail."""
    if not made.looks:
        return
    heads, wanted = heads_of(), sorted(made.blocks)
    numbers = {one for number in wanted for one in range(number, min(one for one in heads if one >= number) + 1)}
    ordered = sorted(numbers)
    with made.scratch.entry("looks/blocks.jsonl") as out:
        for start in range(0, len(ordered), AT_ONCE):
            for block in LookBlock.objects.filter(number__in=ordered[start : start + AT_ONCE]):
                inside = {"ids": block.looks, "digests": block.digests} if block.number in made.blocks else {}
                out.line({"block": header_of(block), "sha256": block.sha256, **inside})
    made.add(out.entry, out.sums.sha256)
