"""The budget as a workbook: taken away, filled in, and what would change looked at before anything is saved."""

import json
from uuid import uuid4

from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from applications.budget import budget_in
from applications.content import content_of
from applications.forms import BudgetFileForm
from applications.parts import budget, form_of
from applications.shown.standing import section_url
from applications.views.sections import editable_or_refused, part_or_404
from applications.views.sides import side_for
from applications.workbook import cells_of, compared, workbook_of
from core.changes import split
from core.downloads import note_download
from core.export import xlsx_response
from core.views import form_page, try_act
from core.zips import safe_name


def budget_to_edit(request, pk):
    application = editable_or_refused(request, pk)
    return application, part_or_404(application, budget.PART.name)


@require_GET
def budget_workbook(request, pk):
    application, part = budget_to_edit(request, pk)
    name = f"budget-{safe_name(application.reference or str(application.pk))}"
    arithmetic = budget_in(content_of(application), application.call.indirect_rate)
    file = workbook_of(application, form_of(application, part), arithmetic)
    note_download(request.user, f"{name}.xlsx", {"application": str(application.pk)})
    return xlsx_response(name, file)


@require_http_methods(["GET", "POST"])
def budget_file(request, pk):
    """Choose the workbook; then what in it differs, to be confirmed or not: until then nothing is saved."""
    application, part = budget_to_edit(request, pk)
    form = BudgetFileForm(request.POST or None, request.FILES or None)
    side = side_for(request, application, here=part.name)
    context = {"application": application, "back": section_url(application, part), "side": side}
    found = form.is_valid() and try_act(form, lambda: compared_with(application, part, form.cleaned_data["file"]))
    if not found:
        return form_page(request, "applications/budget_file.html", form, **context)
    context |= {"found": found, "changes": json.dumps(found.changes), "saving": str(uuid4())}
    return render(request, "applications/budget_preview.html", context)


def compared_with(application, part, upload):
    base, cells = cells_of(upload, application)
    rows = sorted({split(name)[0] for name, _cell, _text in cells} - {""})
    return compared(base, cells, form_of(application, part, rows=rows))
