"""Pages of reports, of findings, of evidence packs, of the proofs and of the tree of all records."""

from reports.views.checkpoints import (
    checkpoints,
    log_checkpoint,
    log_consistency,
    log_entries,
    log_record,
    log_tile,
)
from reports.views.findings import (
    finding,
    finding_edit,
    finding_extend,
    finding_new,
    finding_replace,
    finding_step,
    findings,
)
from reports.views.lives import application_life
from reports.views.packs import pack, pack_bytes, pack_progress, packs
from reports.views.proofs import proof_run, proof_run_progress, proof_runs, status
from reports.views.reports import (
    TYPES,
    looks,
    report,
    report_file,
    report_file_bytes,
    report_file_progress,
    reports,
    trail,
)
from reports.views.samples import sample, sample_file, sample_step, samples

__all__ = [
    "TYPES",
    "application_life",
    "checkpoints",
    "finding",
    "finding_edit",
    "finding_extend",
    "finding_new",
    "finding_replace",
    "finding_step",
    "findings",
    "log_checkpoint",
    "log_consistency",
    "log_entries",
    "log_record",
    "log_tile",
    "looks",
    "pack",
    "pack_bytes",
    "pack_progress",
    "packs",
    "proof_run",
    "proof_run_progress",
    "proof_runs",
    "report",
    "report_file",
    "report_file_bytes",
    "report_file_progress",
    "reports",
    "sample",
    "sample_file",
    "sample_step",
    "samples",
    "status",
    "trail",
]
