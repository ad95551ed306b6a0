"""Samples in tests: a population drawn as a file, announced and drawn by the acts."""

from audit.checkpoints import place_records
from reports.actions import announce_sample, ask_for_report, draw_sample
from reports.documents import draw_file
from reports.models import ReportFile, Sample


def a_population(call, *, by):
    file = ask_for_report(ReportFile(report="population", about={"call": str(call.pk)}, form="csv"), by=by)
    draw_file(file)
    file.refresh_from_db()
    return file


def announced(file, *, by, **said):
    return announce_sample(Sample(file=file, **{"size": 2, "phrase": "A grey heron", **said}), by=by)


def drawn(sample):
    place_records()
    return draw_sample(sample, by=sample.announced_by)
