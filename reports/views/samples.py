"""Samples: announced, drawn, taken away; for auditors alone."""

from types import SimpleNamespace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.downloads import note_download
from core.export import csv_response, xlsx_response
from core.found import visible_or_404
from core.language import house_words
from core.lists import Column
from core.views import list_page, status_of, step_view, try_act
from reports import actions
from reports.actions.samples import units_in
from reports.catalogue.population import REPORT as POPULATION
from reports.forms import SampleForm
from reports.lists import SampleList
from reports.models import ReportFile, Sample
from reports.permissions import may_sample
from reports.shown import samples as shown
from reports.states import SAMPLE, SamplePhase
from reports.workbook import workbook_of

sample_step = step_view(Sample, SAMPLE)


@require_http_methods(["GET", "POST"])
def samples(request):
    """My samples, and a form for another."""
    if not may_sample(request.user):
        raise Http404
    populations = populations_of(request.user)
    form = SampleForm(request.POST or None, files=populations)
    if form.is_valid() and (row := try_act(form, lambda: announce(form.cleaned_data, request))):
        messages.success(request, _("The sample is announced. Draw it once the next checkpoint is made."))
        return redirect(row)
    page = list_page(request, SampleList, "reports/samples.html", form=form, has_populations=populations.exists())
    page.status_code = status_of(form)
    return page


def populations_of(user):
    own = ReportFile.objects.visible_to(user).drawn()
    return own.filter(report=POPULATION.slug, form=ReportFile.Form.CSV).order_by("-asked_at", "-pk")


def announce(said, request):
    return actions.announce_sample(Sample(**said), by=request.user, key=request.POST.get("key"))


@require_GET
def sample(request, pk):
    row = visible_or_404(Sample, request.user, pk)
    units, is_drawn = units_in(row), row.stands_in(SamplePhase.DRAWN)
    context = {
        "sample": row, "steps": SAMPLE.buttons(request.user, row), "url": row.get_absolute_url(),
        "facts": shown.facts_of(row), "strata": shown.strata_of(row, units), "labels": shown.labels(),
        "strata_labels": [_("Stratum"), _("In the population"), _("In the sample")],
        "rows": shown.rows_of(row, units) if is_drawn else [], "pack_url": pack_of(row) if is_drawn else "",
        "is_drawn": is_drawn,
    }  # fmt: skip
    return render(request, "reports/sample.html", context)


def pack_of(row):
    """An evidence pack of the sample, where it is of one call."""
    call, numbers = row.file.about.get("call"), "\n".join(row.numbers)
    return f"{reverse('packs')}?{urlencode({'call': call, 'numbers': numbers})}" if call else ""


@require_GET
@house_words()
def sample_file(request, pk):
    """The sample with its notes as a workbook, or its rows as CSV; who takes it is recorded first."""
    row = visible_or_404(Sample, request.user, pk)
    if not row.stands_in(SamplePhase.DRAWN):
        raise Http404
    rows, name = shown.rows_of(row, units_in(row)), f"sample_{row.seed[:12]}"
    kind = "xlsx" if request.GET.get("form") == "xlsx" else "csv"
    note_download(request.user, f"{name}.{kind}", {})
    if kind == "csv":
        return csv_response(name, shown.labels(), rows)
    about = SimpleNamespace(title=str(row))
    source = SimpleNamespace(report=about, facts=lambda: shown.facts_of(row), row_count=len(rows))
    columns = [Column(label, label, None) for label in shown.labels()]
    return xlsx_response(name, workbook_of(source, columns, rows, []))
