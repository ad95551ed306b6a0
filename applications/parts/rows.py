"""Rows that stood in an application once: the versions remember them, so a change to one is never a new row."""

from applications.models import BudgetLine, Partner
from audit.history import tables_of_versions


def once_there(model, application, ids):
    """Those of the ids that a row of this application had."""
    versions = tables_of_versions()[model].objects.filter(pgh_obj_id__in=ids, application_id=application.pk)
    return frozenset(map(str, versions.values_list("pgh_obj_id", flat=True)))


def last_version(model, application, row):
    versions = tables_of_versions()[model].objects.filter(pgh_obj_id=row, application_id=application.pk)
    return versions.order_by("-pgh_id").first()


def name_once(model, application, row):
    """What a row that is gone was called."""
    version = last_version(model, application, row)
    return getattr(version, "name", None) or getattr(version, "title", "")


def partner_as_it_was(application, row, names):
    """(the partner, its budget lines) as it was said when it was taken out, or nothing if it never stood."""
    version = last_version(Partner, application, row)
    if version is None:
        return None, []
    lines = tables_of_versions()[BudgetLine].objects.filter(
        partner_id=row, pgh_label="delete", pgh_created_at=version.pgh_created_at
    )
    said = [{"partner": row, "category": line.category, "amount": line.amount} for line in lines]
    return {"id": row, **{name: getattr(version, name) for name in names}}, said
