"""The life of one application on one page."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from applications.models import Application
from core.cells import Cell
from core.formats import brussels
from core.found import visible_or_404
from reports.permissions import may_take_packs
from reports.shown import life_of
from reports.views.reports import require_reader


@require_GET
def application_life(request, pk):
    require_reader(request.user)
    application = visible_or_404(Application, request.user, pk)
    context = {"application": application, "facts": facts_of(application), **life_of(application, request.user)}
    if may_take_packs(request.user):
        asked = urlencode({"call": application.call_id, "numbers": application.reference})
        context["pack_url"] = f"{reverse('packs')}?{asked}"
        context["finding_url"] = f"{reverse('finding_new')}?{urlencode({'application': application.reference})}"
    return render(request, "reports/life.html", context)


def facts_of(application):
    call = application.call
    return [
        (_("Application"), Cell(str(application), url=application.get_absolute_url())),
        (_("Applicant"), application.applicant.name),
        (_("Status"), application.get_status_display()),
        (_("Call"), Cell(f"{call.reference} – {call.title}", url=call.get_absolute_url())),
        (_("Call published"), brussels(call.published_at)),
        (_("Call closed"), brussels(call.closes_at)),
    ]
