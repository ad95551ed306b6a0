"""What auditors ask for, what they find, and the trail as they read it."""

from reports.models.asked import AccessEntry, Pack, ProofRun, ReportFile, TrailRecord
from reports.models.findings import Finding
from reports.models.samples import Sample

__all__ = ["AccessEntry", "Finding", "Pack", "ProofRun", "ReportFile", "Sample", "TrailRecord"]
