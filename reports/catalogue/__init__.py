"""The catalogue: one file here, one report. A new file with a `REPORT` in it is found by itself."""

from importlib import import_module
from pkgutil import iter_modules


def found():
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    reports = sorted((module.REPORT for module in modules), key=lambda report: int(report.number[1:]))
    return {report.slug: report for report in reports}


REPORTS = found()


def open_to(user):
    return [report for report in REPORTS.values() if report.allowed(user)]
