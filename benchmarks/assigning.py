"""Assigning at size: the page, the proposal, the dry run of a file, and making it all; each in seconds.

The peer is HotCRP on such a machine at 300 x 60 x 3, quiet: 0.04-0.1, 1.4, 0.05 and 0.7 s.
"""

import time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks.measure import taken
from core.incoming import table_of
from demo.people import officer
from demo.scale import Size, load
from evaluation.actions import carry_out_batch, confirm_batch, propose_distribution, propose_from_file
from evaluation.actions.proposing import HEADS, Terms
from evaluation.models import Batch

PEER = {"page": "0.04-0.1", "proposal": "1.4", "dry run": "0.05", "made": "0.7"}
SIZES = (Size(300, 60, 3), Size(2000, 300, 3))


def assigning():
    """(size, what, seconds, the peer's)."""
    call_command("grant_rights")  # with the triggers that an installation has
    call_command("load_funds", verbosity=0)
    for size in SIZES:
        call = load(size, say=lambda sentence: None)
        for what, seconds in measured(call, size).items():
            yield size, what, seconds, PEER[what]


def measured(call, size):
    client = Client()
    client.force_login(officer())
    address = reverse("assign", args=[call.pk])
    client.get(address)  # what all later ones share is read once
    found = {"page": taken(lambda: client.get(address))}
    began = time.perf_counter()
    batch = propose_distribution(call, by=officer(), terms=Terms(size.each))
    found["proposal"] = time.perf_counter() - began
    upload = file_of(batch)
    found["dry run"] = taken(lambda: read_in(call, upload))
    confirm_batch(batch, by=officer())
    found["made"] = taken(lambda: carry_out_batch(batch, by=User.objects.clock()))
    made = Batch.objects.get(pk=batch.pk)
    assert made.made == size.proposals * size.each, f"{made.made} made, {made.refused} refused"
    return found


def file_of(batch):
    pairs = batch.lines.values_list("application__reference", "evaluator__email")
    text = "\n".join(["application,evaluator", *(f"{number},{email}" for number, email in pairs)])
    return SimpleUploadedFile("pairs.csv", text.encode())


def read_in(call, upload):
    rows = table_of(upload, HEADS)
    return propose_from_file(call, by=officer(), rows=rows, name="pairs.csv")
