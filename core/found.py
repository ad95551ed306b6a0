"""A row for a person: found among what it sees, or the page does not exist. Either way the access log is told."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404

from audit import looks


def row_or_404(rows, **which):
    """The one of these rows; `rows` are what the person sees (`visible_to`)."""
    try:
        row = get_object_or_404(rows, **which)
    except (Http404, ValidationError) as no_row:  # or an id that is none
        looks.missed(rows.model, which.get("pk"))
        raise Http404 from no_row
    looks.saw(row)
    return row


def watched(row):
    """This row, whose page shows proposals here although it is none itself: the access log keeps the look."""
    row.is_watched = True
    return row


def visible_or_404(model, user, pk):
    return row_or_404(model.objects.visible_to(user), pk=pk)
