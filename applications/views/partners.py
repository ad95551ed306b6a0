"""A partner chosen among the registered organisations: found by name, number and Member State."""

import json
from uuid import uuid4

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.lists import MOST_FOUND, to_name
from applications.forms import PartnerSearchForm
from applications.parts import form_of, partners
from applications.parts.who import as_registered
from applications.shown.standing import section_url
from applications.views.sections import editable_or_refused, part_or_404
from applications.views.sides import side_for
from core.ids import id_in


@require_GET
def choose_partner(request, pk):
    """For the row in the address, or a new one. What is chosen is sent to the page of the part, as changes of the row
    that this page knew: a colleague's newer answer is not written over."""
    application = editable_or_refused(request, pk)
    part = part_or_404(application, partners.PART.name)
    row = str(id_in(request.GET["row"]) if "row" in request.GET else uuid4())
    stands = form_of(application, part, rows=[row])
    if row == stands.lead["id"]:
        raise Http404
    form = PartnerSearchForm(request.GET if "q" in request.GET else None)
    found = list(to_name(request.user, **form.wanted())) if form.is_valid() else []
    return render(request, "applications/choose_partner.html", {
        "application": application,
        "side": side_for(request, application, here=part.name),
        "form": form,
        "row": row,
        "saving": str(uuid4()),
        "found": [(one, json.dumps(changes_for(stands, row, one))) for one in found[:MOST_FOUND]],
        "is_more": len(found) > MOST_FOUND,
        "back": section_url(application, part),
    })  # fmt: skip


def changes_for(stands, row, organisation):
    """As they travel: each answer of the row with what stands there."""
    said = as_registered(organisation)
    return [
        {"name": f"{row}-{name}", "base": stands.drawn_at(f"{row}-{name}"), "value": value}
        for name, value in said.items()
    ]  # fmt: skip
