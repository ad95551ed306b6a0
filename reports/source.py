"""What a file was made from: printed on it, so that it can be made again and compared."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from accounts.member_states import MEMBER_STATES
from accounts.roles import is_national_auditor
from core.export import csv_lines, ending
from core.formats import milliseconds
from reports.about import APPLICANT
from reports.models import TrailRecord
from reports.permissions import withheld_of


@dataclass(frozen=True)
class Source:
    """The report, about what, as of when (None: now), for whose eyes, the state of the data, the SHA-256 as CSV."""

    report: object
    about: object
    at: datetime | None
    reader: str
    record: object  # the newest record of the trail the rows could tell of
    row_count: int
    sha256: str

    @property
    def data_at(self):
        return self.record.at if self.record else None

    def facts(self):
        return [
            (_("Report"), f"{self.report.number} {self.report.title}"),
            *facts_about(self.about),
            *([(_("As of"), milliseconds(self.at))] if self.at else []),
            (_("Legal basis"), self.report.legal_basis(self.about) or "–"),
            (_("Filter"), self.reader),
            (_("State of the data"), state_of(self.record)),
            (_("Rows"), str(self.row_count)),
            (_("SHA-256 of the rows as CSV"), self.sha256),
        ]

    def file_name(self, form):
        about = str(self.about) or "all"
        kept = "".join(one if one.isascii() and (one.isalnum() or one in "-_.") else "-" for one in about)
        kept = kept[:80]  # what narrows it may be long
        moment = compact(self.data_at) if self.data_at else "empty"
        then = f"_as-of-{compact(self.at)}" if self.at else ""
        return f"{self.report.slug}_{kept}_{moment}{then}_{self.sha256[:12]}.{ending(form)}"


def compact(moment):
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def facts_about(about):
    call = about.call
    yield _("Call"), f"{call.reference} – {call.title}" if call else _("all calls")
    yield from about.facts()


def source_of(report, about, user, *, at=None):
    """Run through the rows once, as CSV, and note what they are. Inside `as_of(at)` they are those of then."""
    digest, rows = hashlib.sha256(), Counted(report.values(about, user))
    for part in csv_lines(report.labels(about), rows):
        digest.update(part.encode())
    return Source(
        report=report,
        about=about,
        at=at,
        reader=reader_of(user, about),
        record=newest_record(report, about, user),
        row_count=rows.count,
        sha256=digest.hexdigest(),
    )


class Counted:
    """Rows that are counted while they pass."""

    def __init__(self, rows):
        self.rows, self.count = rows, 0

    def __iter__(self):
        for row in self.rows:
            self.count += 1
            yield row


def newest_record(report, about, user):
    if APPLICANT in report.asked_of:  # what narrows rows is no scope: an act on the whole call may change any of them
        about = replace(about, member_state="")
    records = TrailRecord.objects.visible_to(user).about(about)
    if not report.tells_of_downloads:
        records = records.of_the_matter()
    return records.newest_first().first()


def state_of(record):
    if record is None:
        return _("no act was recorded yet")
    words = {"moment": milliseconds(record.at), "place": record.sequence, "chain": record.chain, "hash": record.hash}
    return _("%(moment)s: record %(place)s of %(chain)s, hash %(hash)s") % words


def reader_of(user, about=None):
    """Two readers with the same rights get the same bytes, so the reader's name is not on the file."""
    if about and withheld_of(about, user):
        return _("%(reader)s, less what is withheld from this reader (a conflict of interest, a declaration due)") % {
            "reader": reader_of(user)
        }
    if is_national_auditor(user):
        state = ", ".join(str(MEMBER_STATES.get(one, one)) for one in sorted(user.audited_states))
        return _("what a national auditor sees: applications from %(state)s only") % {"state": state}
    return _("what the role “%(role)s” sees, all Member States") % {"role": user.role_label}
