"""Pages of reports: the catalogue, a report on the screen, a file being drawn, the trail."""

from itertools import islice

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit import looks as looks_log
from core import clock, files
from core.errors import Incomplete
from core.export import CSV_TYPE, XLSX_TYPE
from core.formats import milliseconds
from core.found import visible_or_404, watched
from core.past import as_of
from core.views import list_page, try_act
from programmes.models import Call
from promises.models import Promise
from reports import actions
from reports.about import About
from reports.catalogue import REPORTS, open_to
from reports.forms import AboutForm
from reports.lists import AccessList, FileList, TrailList
from reports.models import ReportFile
from reports.permissions import may_read_looks, may_read_reports, may_take_packs
from reports.states import ReportFilePhase

FIRST_ROWS = 25  # of a report on the screen
TYPES = {"csv": CSV_TYPE, "csv-semicolon": CSV_TYPE, "xlsx": XLSX_TYPE, "pdf": "application/pdf"}


@require_GET
def reports(request):
    """The catalogue, for one call, and my earlier files."""
    require_reader(request.user)
    form, about, at = chosen(request)
    shelf = [(one, one.legal_basis(about), one.is_ready(about), one.knows(about)) for one in open_to(request.user)]
    said = {"choice": form, "call": about.call, "at": at, "takes_packs": may_take_packs(request.user)}
    said["reads_looks"] = may_read_looks(request.user)
    return list_page(request, FileList, "reports/reports.html", **said, shelf=shelf)


@require_http_methods(["GET", "POST"])
def report(request, slug):
    """A report on the screen: figures, charts, first rows. POST asks for it as a file."""
    require_reader(request.user)
    one = REPORTS.get(slug)
    if one is None or not one.allowed(request.user):
        raise Http404
    if request.method == "POST":
        return ask(request, slug)
    form, about, at = chosen(request)
    shown = {} if form.errors else preview(one, about, request.user, at=at, form=form)
    said = {"call": about.call, "at": at, "knows": one.knows(about), "basis": one.legal_basis(about)}
    context = {"report": one, "choice": form, **said, **shown}
    return render(request, "reports/report.html", context, status=getattr(form, "refused_status", 200))


def ask(request, slug):
    form = AboutForm(request.POST, calls=calls_for(request.user))
    if "call" in form.errors:
        raise Http404
    if form.errors:
        raise Incomplete({name: " ".join(said) for name, said in form.errors.items()})
    wanted = ReportFile(
        report=slug, about=form.about().as_data(), at=form.cleaned_data["at"], form=request.POST.get("form", "")
    )
    file = actions.ask_for_report(wanted, by=request.user)
    messages.success(request, _("The file is being drawn; it stays in your list of files."))
    return redirect(file)


def preview(one, about, user, *, at, form):
    """What the page shows of the report, as of now or then; nothing while the call is not far enough."""
    if about.call is None:
        return {}
    shown = try_act(form, lambda: first_rows(one, about, user, at=at))
    return shown or {}


def first_rows(one, about, user, *, at):
    if at is None and not one.is_ready(about):
        return {}
    actions.require_readable(about.as_data(), user, at=at, now=clock.now())
    with as_of(at):
        then = About.read(about.as_data())
        if not one.is_ready(then):
            return {}
        if about.call:
            looks_log.saw(watched(about.call))
        columns = one.paper_columns(then)
        return {
            "ready": True,
            "figures": [(text, label) for label, text in one.figures_of(then, user)],
            "charts": one.charts_of(then, user),
            "columns": [column.label for column in columns],
            "numeric": [place for place, column in enumerate(columns) if column.numeric],
            "rows": list(islice(one.texts(then, user), FIRST_ROWS)),
            "first": FIRST_ROWS,
        }


def chosen(request):
    """The form, what it is about and as of when; without a call the last one that there is something to report of."""
    calls = calls_for(request.user)
    form = AboutForm(request.GET if set(AboutForm.base_fields) & set(request.GET) else None, calls=calls)
    if form.is_bound and form.is_valid():
        return form, form.about(), form.cleaned_data["at"]
    if form.is_bound:
        return form, About(), None
    call = calls.opened().first() or calls.first()
    form.initial["call"] = call
    return form, About(call=call), None


def calls_for(user):
    return Call.objects.visible_to(user).published().select_related("fund").order_by("-closes_at", "reference")


def require_reader(user):
    """To others these pages do not exist."""
    if not may_read_reports(user):
        raise Http404


@require_GET
def report_file(request, pk):
    file = visible_or_404(ReportFile, request.user, pk)
    context = {"file": file, "report": REPORTS.get(file.report), "facts": facts_of(file), "taken": [as_download(file)]}
    if file.stands_in(ReportFilePhase.WAITING):
        context["failed"] = Promise.objects.about(file).failed().exists()
    return render(request, "reports/file.html", context)


def as_download(file):
    url = reverse("report_file_bytes", args=[file.pk])
    return {"name": file.name, "url": url, "size": file.size, "sha256": file.sha256}


def facts_of(file):
    """Until it is drawn only what was asked is known."""
    asked = [(_("About"), file.about_name or _("all calls")), (_("Asked"), milliseconds(file.asked_at))]
    asked += [(_("As of"), milliseconds(file.at))] if file.at else []
    if file.stands_in(ReportFilePhase.WAITING):
        return asked
    return [
        *asked,
        (_("State of the data"), milliseconds(file.data_at)),
        (_("Rows"), file.row_count),
        (_("SHA-256 of the rows as CSV"), file.rows_sha256),
    ]


@require_GET
def report_file_progress(request, pk):
    file = visible_or_404(ReportFile, request.user, pk)
    is_drawn = file.stands_in(ReportFilePhase.DRAWN)
    return JsonResponse({"done": int(is_drawn), "total": 1, "finished": is_drawn})


@require_GET
def report_file_bytes(request, pk):
    """The file itself; who takes it is recorded first."""
    file = actions.fetch_report(visible_or_404(ReportFile, request.user, pk), by=request.user)
    return files.serve(file.path, name=file.name, content_type=TYPES[file.form])


@require_GET
def looks(request):
    """Who looked; to others than auditors this page does not exist."""
    if not may_read_looks(request.user):
        raise Http404
    return list_page(request, AccessList, "reports/looks.html", report=REPORTS["access-log"])


@require_GET
def trail(request):
    require_reader(request.user)
    return list_page(request, TrailList, "reports/trail.html", report=REPORTS["audit-trail"])
