"""One page for each part of an application: saved by its button, and by itself while somebody types."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.actions import edit_application
from applications.budget import most_for
from applications.completeness import COMPLETE
from applications.content import SECTIONS, budget_in
from applications.forms import FORMS, AttachmentForm
from applications.models import Application, BudgetLine
from applications.states import APPLICATION
from applications.views.dossier import file_line, source_facts
from applications.views.standing import LABELS, field_url, section_url, standing_of, warning_links
from core import clock
from core.api import visible_or_404
from core.errors import Refused
from core.views import form_page, try_act

ATTACHMENTS = "attachments"


def editable_or_refused(request, pk):
    """The application, if this person may edit it now; else the sentence of the table of states."""
    application = visible_or_404(Application, request.user, pk)
    APPLICATION.steps["edit"].check(application, request.user, "")
    return application


def edit_first(request, pk):
    """To the first part that is not complete."""
    application = editable_or_refused(request, pk)
    progress = standing_of(application, at=clock.now()).progress
    first = next((section for section, state in progress.items() if state != COMPLETE), SECTIONS[0])
    return redirect(section_url(application, first))


def edit_section(request, pk, section):
    application = editable_or_refused(request, pk)
    if section not in SECTIONS:
        raise Http404
    standing = standing_of(application, at=clock.now())
    if section == ATTACHMENTS:
        return section_page(request, application, standing, section, AttachmentForm())
    form = FORMS[section](request.POST or None, content=standing.content, call=application.call)
    if request.headers.get("X-Autosave"):
        return autosaved(request, application, section, form)
    if request.method == "POST" and save(request, application, section, form):
        return redirect(after(application, section, request.POST))
    return section_page(request, application, standing, section, form)


def save(request, application, section, form):
    if not form.is_valid():
        return False
    stamp = stamp_in(request.POST)
    act = {section: form.said(), "by": request.user, "stamp": stamp}
    saved = try_act(form, lambda: edit_application(application, **act))
    if saved:
        messages.success(request, _("Saved: %(part)s.") % {"part": LABELS[section]})
    return saved


def stamp_in(posted):
    """What the page was loaded with; a garbled one counts as the oldest, so that it never saves over anything."""
    text = posted.get("stamp", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def autosaved(request, application, section, form):
    """JSON for the page's script: saved, or a sentence that says why not."""
    if not form.is_valid():
        sentences = [f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items() if name in form.fields]
        return JsonResponse({"detail": _("Not saved. %(why)s") % {"why": " ".join(sentences)}}, status=400)
    try:
        act = {section: form.said(), "by": request.user, "stamp": stamp_in(request.POST)}
        saved = edit_application(application, **act)
    except Refused as refusal:
        sentences = [str(refusal.sentence), *map(str, refusal.gaps.values())]
        return JsonResponse({"detail": " ".join(sentences)}, status=refusal.status)
    return JsonResponse({"saved_at": saved.edited_at.isoformat(), "stamp": str(saved.stamp)})


def after(application, section, posted):
    """Where the pressed button leads: on to the next part, back to the list, or here again for another row."""
    if "stay" in posted:
        return section_url(application, section)
    following = SECTIONS[SECTIONS.index(section) + 1 :]
    if "next" in posted and following:
        return section_url(application, following[0])
    return reverse("application", args=[application.pk])


def section_page(request, application, standing, section, form):
    place = SECTIONS.index(section)
    context = {
        "application": application,
        "section": section,
        "label": LABELS[section],
        "number": place + 1,
        "parts": len(SECTIONS),
        "is_last": place == len(SECTIONS) - 1,
        "autosave_url": "" if section == ATTACHMENTS else section_url(application, section),
        "gaps": gaps_here(application, standing, section),
        "warnings": [one for one in warning_links(application, standing) if section_url(application, section) in one],
        "saved_meanwhile": changed_fields(form),
        **EXTRAS.get(section, nothing_more)(application, standing),
    }  # fmt: skip
    return form_page(request, f"applications/edit/{TEMPLATES.get(section, 'fields')}.html", form, **context)


def changed_fields(form):
    """After a refusal because somebody saved first: what is saved now, where it differs from what was entered."""
    if getattr(form, "refused_status", None) != 409:
        return []
    return [(form[name].label, form.get_initial_for_field(form.fields[name], name)) for name in form.changed_data]


def gaps_here(application, standing, section):
    lead = next(one["id"] for one in standing.content["partners"] if one["is_coordinator"])
    return [
        (sentence, field_url(application, name, lead))
        for name, sentence in standing.gaps.items()
        if name.startswith(f"{section}.")
    ]


def nothing_more(application, standing):
    return {}


def budget_extras(application, standing):
    budget = budget_in(standing.content, application.call.indirect_rate)
    return {
        "categories": BudgetLine.Category.choices,
        "totals": source_facts(budget, application.call),
        "most": most_for(budget.total, application.call.max_rate),
    }


def attachment_extras(application, standing):
    return {"files": [file_line(file) for file in standing.content["attachments"]]}


EXTRAS = {"budget": budget_extras, ATTACHMENTS: attachment_extras}
TEMPLATES = {"partners": "partners", "timetable": "timetable", "budget": "budget", ATTACHMENTS: "attachments"}
