"""Who may see what of the trail, of findings and of what was asked for."""

from reports.querysets.findings import FindingQuerySet, findings_kept_from
from reports.querysets.reading import (
    LATE,
    NIGHTLY,
    AccessQuerySet,
    PackQuerySet,
    ProofRunQuerySet,
    ReportFileQuerySet,
    TrailQuerySet,
    on_the_register,
    places_on_every_list,
    places_on_the_list,
)
from reports.querysets.samples import SampleQuerySet

__all__ = [
    "LATE",
    "NIGHTLY",
    "AccessQuerySet",
    "FindingQuerySet",
    "PackQuerySet",
    "ProofRunQuerySet",
    "ReportFileQuerySet",
    "SampleQuerySet",
    "TrailQuerySet",
    "findings_kept_from",
    "on_the_register",
    "places_on_every_list",
    "places_on_the_list",
]
