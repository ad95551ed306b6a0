"""What the trail is told of the access log: its heads, and what was forgotten of it."""

from django.db import transaction

from accounts.models import User
from audit.blocks import FORGOTTEN, KEPT_HEAD, forget_looks
from audit.record import record
from core import clock


def keep_head(block):
    """With this record the tree, which leaves the house, covers every look up to this block."""
    with transaction.atomic():
        changes = {"number": [None, block.number], "head": [None, block.sha256]}
        record(KEPT_HEAD, block, by=User.objects.clock(), at=clock.now(), changes=changes)


def forget_some(before):
    """Take away the next looks that are past their time, and say so in the trail; gives how many blocks there were."""
    with transaction.atomic():
        block, count = forget_looks(before=before)
        if block:
            changes = {"number": [None, block.number], "looks": [None, count]}
            record(FORGOTTEN, block, by=User.objects.clock(), at=clock.now(), changes=changes)
    return block
