"""What the log tells of an act that was refused: the trail tells only what was done."""

import logging
from contextlib import contextmanager

from audit.door import this_door
from core.errors import Refused

log = logging.getLogger("core.workflow")


@contextmanager
def logged_when_refused(name, row, by):
    """Nothing is recorded of a refused act, but the log can prove that and when somebody tried."""
    try:
        yield
    except Refused as refusal:
        log_refusal(name, row, by, refusal)
        raise


def log_refusal(name, row, by, refusal):
    words = (row._meta.model_name, name, row.pk, by.pk, *this_door(), refusal.sentence)
    log.warning("refused %s.%s of %s to %s through %s (request %s): %s", *words)
