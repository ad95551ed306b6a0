"""Pages of evidence packs: asking for one, how far it is, the file itself; for auditors alone."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import files
from core.formats import milliseconds
from core.found import visible_or_404
from core.views import list_page, status_of, try_act
from programmes.models import Call
from promises.models import Promise
from reports import actions
from reports.forms import PackForm
from reports.lists import PackList
from reports.models import Pack
from reports.packs import progress_of
from reports.permissions import may_take_packs
from reports.states import PackPhase
from reports.withheld import LEFT_OUT


@require_http_methods(["GET", "POST"])
def packs(request):
    """My packs, and a form for another; an application's page leads here with its number."""
    if not may_take_packs(request.user):
        raise Http404
    said = {name: request.GET[name] for name in ("call", "numbers") if name in request.GET}
    form = PackForm(request.POST or None, calls=calls_for(request.user), initial=said)
    if request.method == "POST" and form.is_valid():
        wanted = Pack(**form.cleaned_data)
        if pack := try_act(form, lambda: actions.ask_for_pack(wanted, by=request.user)):
            messages.success(request, _("The pack is being made; it stays in your list of packs."))
            return redirect(pack)
    page = list_page(request, PackList, "reports/packs.html", form=form)
    page.status_code = status_of(form)
    return page


def calls_for(user):
    return Call.objects.visible_to(user).opened().order_by("-closes_at", "reference")


@require_GET
def pack(request, pk):
    one = visible_or_404(Pack, request.user, pk)
    is_waiting = one.stands_in(PackPhase.WAITING)
    done, total = progress_of(one)
    context = {
        "pack": one, "facts": facts_of(one), "files": [] if is_waiting else [as_download(one)], "done": done,
        "total": total, "failed": is_waiting and Promise.objects.about(one).failed().exists(),
    }  # fmt: skip
    return render(request, "reports/pack.html", context)


def as_download(one):
    url = reverse("pack_bytes", args=[one.pk])
    return {"name": one.name, "url": url, "size": one.size, "sha256": one.sha256}


def facts_of(one):
    left_out = [str(LEFT_OUT[name]) for name in one.left_out] + one.documents_left_out
    facts = [
        (_("Call"), one.call.reference),
        (_("Applications"), ", ".join(one.numbers) or _("all that you may read")),
        (_("Withheld"), "; ".join(left_out) or _("nothing")),
        (_("Asked"), milliseconds(one.asked_at)),
    ]
    if one.stands_in(PackPhase.WAITING):
        return facts
    return [
        *facts,
        (_("Made"), milliseconds(one.made_at)),
        (_("Entries"), one.entry_count),
        (_("Checkpoint"), one.head),
    ]


@require_GET
def pack_progress(request, pk):
    one = visible_or_404(Pack, request.user, pk)
    done, total = progress_of(one)
    return JsonResponse({"done": done, "total": total, "finished": one.stands_in(PackPhase.MADE)})


@require_GET
def pack_bytes(request, pk):
    """The file, or the rest of it; who takes it is recorded first."""
    one = actions.fetch_pack(visible_or_404(Pack, request.user, pk), by=request.user)
    return files.serve_on(request, one.path, name=one.name, tag=one.sha256, content_type="application/zip")
