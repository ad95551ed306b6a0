"""One page for each part of an application: saved by its button, and by itself while somebody types."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.actions import edit_application
from applications.completeness import COMPLETE
from applications.models import Application
from applications.parts import asked_by
from applications.shown.standing import field_url, section_url, standing_of, warning_links
from applications.states import APPLICATION
from core import clock
from core.api import visible_or_404
from core.errors import Refused
from core.views import form_page, try_act


def editable_or_refused(request, pk):
    """The application, if this person may edit it now; else the sentence of the table of states."""
    application = visible_or_404(Application, request.user, pk)
    APPLICATION.may_open("edit", application, by=request.user)
    return application


def part_or_404(application, name):
    """A part by its name in the address, when the call asks for it."""
    for part in asked_by(application.call):
        if part.name == name:
            return part
    raise Http404


def edit_first(request, pk):
    """To the first part that is not complete."""
    application = editable_or_refused(request, pk)
    progress = standing_of(application, at=clock.now()).progress
    parts = asked_by(application.call)
    first = next((part for part in parts if progress.get(part.name) != COMPLETE), parts[0])
    return redirect(section_url(application, first))


def edit_section(request, pk, section):
    application = editable_or_refused(request, pk)
    part = part_or_404(application, section)
    standing = standing_of(application, at=clock.now())
    form = part.form_for(request.POST or None, content=standing.content, call=application.call)
    if not part.is_saved_by_the_page:
        return section_page(request, application, standing, part, form)
    if request.headers.get("X-Autosave"):
        return autosaved(request, application, part, form)
    if request.method == "POST" and save(request, application, part, form):
        return redirect(after(application, part, request.POST))
    return section_page(request, application, standing, part, form)


def save(request, application, part, form):
    if not form.is_valid():
        return False
    act = {part.name: form.said(), "by": request.user, "base": request.POST.get("stamp", "")}
    saved = try_act(form, lambda: edit_application(application, **act))
    if saved:
        messages.success(request, _("Saved: %(part)s.") % {"part": part.label})
    return saved


def autosaved(request, application, part, form):
    """JSON for the page's script: saved, or a sentence that says why not."""
    if not form.is_valid():
        sentences = [f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items() if name in form.fields]
        return JsonResponse({"detail": _("Not saved. %(why)s") % {"why": " ".join(sentences)}}, status=400)
    try:
        act = {part.name: form.said(), "by": request.user, "base": request.POST.get("stamp", "")}
        saved = edit_application(application, **act)
    except Refused as refusal:
        sentences = [str(refusal.sentence), *map(str, refusal.gaps.values())]
        return JsonResponse({"detail": " ".join(sentences)}, status=refusal.status)
    return JsonResponse({"saved_at": saved.edited_at.isoformat(), "stamp": str(saved.stamp)})


def after(application, part, posted):
    """Where the pressed button leads: on to the next part, back to the list, or here again for another row."""
    if "stay" in posted:
        return section_url(application, part)
    following = part_after(application, part)
    if "next" in posted and following:
        return section_url(application, following)
    return reverse("application", args=[application.pk])


def part_after(application, part):
    parts = asked_by(application.call)
    return next(iter(parts[parts.index(part) + 1 :]), None)


def section_page(request, application, standing, part, form):
    parts, following = asked_by(application.call), part_after(application, part)
    context = {
        "application": application,
        "label": part.label,
        "number": parts.index(part) + 1,
        "parts": len(parts),
        "next_url": section_url(application, following) if following else None,
        "autosave_url": section_url(application, part) if part.is_saved_by_the_page else "",
        "gaps": gaps_here(application, standing, part),
        "warnings": [one for one in warning_links(application, standing) if section_url(application, part) in one],
        "saved_meanwhile": changed_fields(form),
        **part.beside_the_form(standing.content, application.call),
    }  # fmt: skip
    return form_page(request, part.edit_template, form, **context)


def changed_fields(form):
    """After a refusal because somebody saved first: what is saved now, where it differs from what was entered."""
    if getattr(form, "refused_status", None) != 409:
        return []
    return [(form[name].label, form.get_initial_for_field(form.fields[name], name)) for name in form.changed_data]


def gaps_here(application, standing, part):
    return [
        (sentence, field_url(application, gap, standing.content))
        for gap, sentence in standing.gaps.items()
        if gap.startswith(f"{part.name}.")
    ]
