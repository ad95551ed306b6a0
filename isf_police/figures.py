"""The figures of the house that rows and disk know; asked anew each time, by index and at most so many rows a kind."""

import logging
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from prometheus_client.core import GaugeMetricFamily

from core import clock
from core.switches import is_read_only
from promises.keeping import LANES
from promises.lanes import LATE
from promises.models import Promise
from reports.models import ProofRun
from reports.states import ProofRunPhase

log = logging.getLogger(__name__)


class House:
    """A collector of prometheus_client."""

    def describe(self):
        return []  # nothing is asked while it is registered

    def collect(self):
        """What the disk knows is told in any case; without a database, that it is away."""
        yield from of_the_disk()
        try:
            at = clock.now()
            told = [*of_promises(at), *of_proofs(at)]
        except Error:
            log.exception("the database does not answer")
            connection.close()
            told = [gauge("isf_database_up", "1 when the database answers.", 0)]
        else:
            told.append(gauge("isf_database_up", "1 when the database answers.", 1))
        yield from told


def of_the_disk():
    places = {"files": existing(Path(settings.FILES_ROOT)), "temporary": Path(tempfile.gettempdir())}
    found = {name: shutil.disk_usage(path) for name, path in places.items()}
    free = {(name,): usage.free for name, usage in found.items()}
    yield by("isf_disk_free_bytes", "Room left where files are kept and where they are taken in.", ["place"], free)
    whole = {(name,): usage.total for name, usage in found.items()}
    yield by("isf_disk_bytes", "The whole room there.", ["place"], whole)
    yield gauge("isf_read_only", "1 while the house is switched to reading.", is_read_only())


def existing(path):
    return path if path.exists() else existing(path.parent)


def of_promises(at):
    rows = Promise.objects.by_kind([*LANES], at)
    due, failed = ({(row.kind,): getattr(row, name) for row in rows} for name in ("due", "failed"))
    yield by("isf_promises_due", "Owed and due, not begun; counted up to 10,000.", ["kind"], due)
    yield by("isf_promises_failed", "Given up, for a person to look at; up to 10,000.", ["kind"], failed)
    oldest = {(row.kind,): max((at - row.oldest).total_seconds(), 0) if row.oldest else 0 for row in rows}
    yield by("isf_promises_oldest_due_seconds", "How long the oldest due one has waited.", ["kind"], oldest)
    late = {(kind,): LATE[lane].total_seconds() for kind, lane in LANES.items()}
    yield by("isf_promises_late_after_seconds", "The wait beyond which a kind is late.", ["kind"], late)
    waiting = next(row.waiting for row in rows if row.kind == "mail")
    yield gauge("isf_mails_waiting", "Mails written and not sent, due or not; up to 10,000.", waiting)


def of_proofs(at):
    last = ProofRun.objects.newest_ended()
    results = {(status.value,): int(last is not None and last.stands_in((status,))) for status in ProofRunPhase.ends}
    yield by("isf_proof_result", "1 for what the last run of proofs came to.", ["result"], results)
    if last:
        yield gauge(
            "isf_proof_age_seconds", "Since the last run of proofs ended.", (at - last.ended_at).total_seconds()
        )
        yield gauge("isf_proof_faults", "What it found.", last.fault_count)


def gauge(name, meaning, value):
    return GaugeMetricFamily(name, meaning, value=float(value))


def by(name, meaning, labels, values):
    family = GaugeMetricFamily(name, meaning, labels=labels)
    for words, value in values.items():
        family.add_metric(words, float(value))
    return family
