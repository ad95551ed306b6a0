"""The questions of a call in preparation, drawn for its officer as applicants will see them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.models import Application
from applications.parts import asked_by, form_of
from applications.parts.questions import PART
from core.found import visible_or_404
from programmes.models import Call
from programmes.states import CALL


@require_safe
def form_preview(request, pk):
    call = visible_or_404(Call, request.user, pk)
    CALL.may_open("edit", call, by=request.user)
    parts, context = asked_by(call), {"call": call, "label": PART.label}
    if PART in parts:
        form = form_of(Application(call=call), PART)
        context |= {"form": form, "number": parts.index(PART) + 1, "parts": len(parts)}
    return render(request, "applications/form_preview.html", context)
