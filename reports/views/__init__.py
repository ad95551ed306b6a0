"""Pages of reports and of the proofs."""

from reports.views.proofs import proof_run, proof_run_progress, proof_runs, status
from reports.views.reports import TYPES, report, report_file, report_file_bytes, report_file_progress, reports, trail

__all__ = [
    "TYPES",
    "proof_run",
    "proof_run_progress",
    "proof_runs",
    "report",
    "report_file",
    "report_file_bytes",
    "report_file_progress",
    "reports",
    "status",
    "trail",
]
