"""The tree of all records, for anybody: its signed heads, and what proves that something stands in it.

The addresses below /log/ speak as public logs do (C2SP tlog-tiles), so that a monitor from anywhere can follow them.
"""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.checkpoints import entry_of, known_nodes, path_between, path_of_leaf, path_of_record
from audit.models import Checkpoint
from audit.notes import verification_key
from reports.forms import KeptForm

WIDTH = 256  # hashes of a tile, leaves of a bundle
NUMBER = re.compile(r"(?:x[0-9]{3}/)*[0-9]{3}")
FOR_GOOD = "public, max-age=31536000, immutable"
SHA256 = re.compile("[0-9a-f]{64}")


@login_not_required
@require_GET
def checkpoints(request):
    """The newest head, and whether what somebody kept stands in the tree."""
    form = KeptForm(request.GET if "kept" in request.GET else None)
    kept = form.cleaned_data["kept"] if form.is_valid() else None
    last = Checkpoint.objects.newest()
    context = {"form": form, "kept": kept, "last": last, "key": verification_key(), "found": kept and found_by(kept)}
    return render(request, "reports/checkpoints.html", context)


def found_by(kept):
    """The checkpoint in which it stands, or None."""
    if isinstance(kept, str):
        return Checkpoint.objects.holding(kept).first()
    return Checkpoint.objects.filter(size=kept.size, root=kept.root.hex()).first()


@login_not_required
@require_GET
def log_checkpoint(request):
    last = Checkpoint.objects.newest()
    if last is None:
        raise Http404
    answer = HttpResponse(last.note, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@login_not_required
@require_GET
def log_tile(request, level, number):
    """The hashes of one tile: 256 nodes beside each other, eight levels above the last tile's."""
    first, width = numbered(number)
    if level > 7:
        raise Http404
    wanted = [(8 * level, first + one) for one in range(width)]
    nodes = known_nodes(wanted)
    if len(nodes) < width:
        raise Http404
    return binary(b"".join(nodes[one] for one in wanted))


@login_not_required
@require_GET
def log_entries(request, number):
    """The leaves below one tile, each with its length before it."""
    first, width = numbered(number)
    leaves = Checkpoint.objects.filter(size__gt=first, size__lte=first + width).only("size", "at", "sha256")
    entries = [entry_of(one) for one in leaves]
    if len(entries) < width:
        raise Http404
    return binary(b"".join(len(one).to_bytes(2, "big") + one for one in entries))


def numbered(text):
    """(first hash, how many) of a tile named x001/x234/067, or with .p/ and a width where it is not full yet."""
    name, is_partial, width = text.partition(".p/")
    if not NUMBER.fullmatch(name) or len(name) > 19 or (is_partial and not re.fullmatch("[1-9][0-9]{0,2}", width)):
        raise Http404
    wide = int(width) if is_partial else WIDTH
    if wide > WIDTH:
        raise Http404
    return int(name.replace("x", "").replace("/", "")) * WIDTH, wide


def binary(content):
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Cache-Control"] = FOR_GOOD
    return answer


@login_not_required
@require_GET
def log_record(request, sha256):
    """What proves that the record with this hash stands in the tree: from it to its leaf, from there to the head."""
    found = Checkpoint.objects.holding(sha256).first() if SHA256.fullmatch(sha256) else None
    if found is None:
        raise Http404
    last = Checkpoint.objects.newest()
    leaf = {"size": found.size, "entry": entry_of(found).decode(), "path": path_of_leaf(found.size - 1, last.size)}
    told = {"record": {"sha256": sha256, **path_of_record(found, sha256)}, "leaf": leaf, "checkpoint": last.note}
    return JsonResponse(told)


@login_not_required
@require_GET
def log_consistency(request, earlier, size):
    """What proves that the tree of this size continues the earlier one."""
    last = Checkpoint.objects.newest()
    if not 0 < earlier <= size <= (last.size if last else 0):
        raise Http404
    return JsonResponse({"earlier": earlier, "size": size, "path": path_between(earlier, size)})
