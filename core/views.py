"""What pages have in common: lists, buttons, forms that end in one act."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.downloads import note_download
from core.errors import Incomplete, NotRecognised, Refused, Stale
from core.export import ending
from core.forms import show_difference, show_gaps
from core.found import visible_or_404


def list_page(request, row_list, template="list_page.html", *, beside=None, **context):
    """A list as a page, or as the file that `?format=` asks for; the download is recorded before it starts.

    `beside(rows)` gives what else stands on the page, asked for once the rows are there.
    """
    rows = row_list(request.user, request.GET, path=request.path, **context)
    if kind := request.GET.get("format"):
        answer = rows.file(kind)
        note_download(request.user, f"{rows.name}.{ending(kind)}", request.GET.dict())
        return answer
    rows.load()
    return render(request, template, {"list": rows, **context, **(beside(rows) if beside else {})})


def step_view(model, workflow):
    """The address behind every button of a workflow: POST, with a reason where the step needs one."""

    @require_POST
    def take(request, pk, step):
        row = visible_or_404(model, request.user, pk)
        chosen = workflow.steps.get(step)
        if chosen is None or chosen.page:
            raise Http404
        row = workflow.run(step, row, by=request.user, **said_with(request.POST))
        words = {"step": chosen.label, "row": str(row).rstrip(".")}  # a check is called by its whole sentence
        messages.success(request, _("Done: %(step)s – %(row)s.") % words)
        return back(request, row)

    return take


def step_preview(model, workflow, template, effect):
    """The page before a step: what it does, the reason it asks for, and the button that takes it.

    `effect(row, user)` gives what the template shows beside the `row` and the `step`.
    """

    @require_GET
    def preview(request, pk, step):
        row = visible_or_404(model, request.user, pk)
        chosen = workflow.steps.get(step)
        if chosen is None or not chosen.preview:
            raise Http404
        workflow.may_open(step, row, by=request.user)
        return render(request, template, {"row": row, "step": chosen, **effect(row, request.user)})

    return preview


def said_with(posted):
    """What every act takes besides its own details: the reason, the stamp that was seen, the sender's key."""
    said = {"reason": posted.get("reason", ""), "base": posted.get("stamp"), "key": posted.get("key")}
    return said | {"meant": posted.get("meant") == "on"}


def back(request, row):
    """To the page the button stood on, if it is ours; else to the row's own page."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return redirect(wanted)
    return redirect(row.get_absolute_url())


def try_act(form, act):
    """Run an act with a valid form's data; a refusal lands on the form, entered values stay. Gives the row or None.

    Sets `form.refused_status` so that the page answers with the refusal's own status.
    """
    try:
        return act()
    except NotRecognised:
        raise  # it leads to another page first
    except Incomplete as refusal:
        form.refused_status = refusal.status
        show_gaps(form, refusal.gaps or {"": str(refusal.sentence)})
    except Refused as refusal:
        form.refused_status = refusal.status
        form.is_told = isinstance(refusal, Stale) and bool(refusal.gaps)
        show_difference(form, refusal)
    return None


def stamp_for(request, form, row):
    """What the page of a form rests on: where it has just told what is different, on the row as it is now."""
    return row.stamp if getattr(form, "is_told", False) else request.POST.get("stamp", row.stamp)


def form_page(request, template, form, **context):
    """Show a form; one that was refused answers 400 (or its own status), so that machines notice too."""
    return render(request, template, {"form": form, **context}, status=status_of(form))


def status_of(form):
    """Of the page that shows it."""
    return getattr(form, "refused_status", 400 if form.is_bound and form.errors else 200)


@login_not_required
def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
