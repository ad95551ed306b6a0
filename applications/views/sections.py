"""One page for each part of an application: saved by its button, and by itself while somebody types."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from applications.actions import Sent, edit_application, saving_id
from applications.completeness import COMPLETE
from applications.models import Application, KeptChange
from applications.parts import asked_by, form_of
from applications.parts.incoming import changes_on, parsed, removal
from applications.shown.duties import duties_here
from applications.shown.kept import kept_lines, last_save
from applications.shown.side import side_of
from applications.shown.standing import field_url, section_url, standing_of, warning_links
from applications.states import APPLICATION
from applications.views.sides import following, remarks_beside, side_for, wants_fresh
from core import clock
from core.changes import REMOVE, split
from core.days import day_of
from core.errors import Refused, WrongState
from core.forms import show_gaps
from core.found import visible_or_404
from core.ids import id_in
from core.views import form_page


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
    if request.method == "POST" and part.is_saved_by_the_page:
        return (autosaved if request.headers.get("X-Autosave") else saved)(request, application, part)
    return section_page(request, application, part, drawn_form(application, part))


def drawn_form(application, part):
    form = form_of(application, part)
    return form.show_typed() if part.is_saved_by_the_page else form


def saved(request, application, part):
    """What was changed on the page is merged; what waits to be corrected or decided is shown at once."""
    try:
        row = edit_application(application, by=request.user, sent=sent_by(request, application, part))
    except Refused as refusal:
        return section_page(request, application, part, refused_form(request.POST, application, part, refusal))
    if is_settled(row, part):
        messages.success(request, _("Saved: %(part)s.") % {"part": part.label})
        return redirect(after(request, row, part))
    if row.stamp == application.stamp:  # whoever leaves it as it is, has seen it
        return redirect(after(request, row, part))
    messages.warning(request, _("Saved: %(part)s. Something in it waits for you: see below.") % {"part": part.label})
    return redirect(section_url(row, part))


def sent_by(request, application, part):
    """The changes, and what was pressed: take or leave a kept change, undo an own save."""
    pressed = request.POST
    if "undo" in pressed:
        return Sent(undo=id_in(pressed["undo"]))
    seen = KeptChange.objects.visible_to(request.user).filter(application=application)
    return sent_on(pressed, part, seen)


def sent_on(pressed, part, seen):
    """`seen`: the kept changes about which this person may decide."""
    changes, back = changes_on(pressed, part), ()
    if taken := kept_change(seen, pressed.get("take")):
        changes = [one for one in changes if one["name"] != taken.name]
        changes.append(taking(taken, parsed(pressed.get("drawn"), {}), part))
        back = (split(taken.name)[0],) if split(taken.name)[0] else ()
    left = kept_change(seen, pressed.get("leave"))
    leave, about = ((left.pk,), part.name) if left else ((), "")
    return Sent(tuple(changes), key=pressed.get("saving", "")[:80], back=back, leave=leave, about=about)


def kept_change(seen, text):
    if not text:
        return None
    found = seen.filter(pk=id_in(text)).first()
    if found is None:
        raise WrongState(_("Somebody has decided about this change meanwhile. Load the page again."))
    return found


def taking(kept, drawn, part):
    """A kept change is taken like any other: on the base of what the page showed beside it."""
    row, field = split(kept.name)
    if field == REMOVE:
        return removal(row, drawn, part)
    return {"part": part.name, "name": kept.name, "base": drawn.get(kept.name, ""), "value": kept.value}


def is_settled(application, part):
    return part.name not in application.as_typed and not application.kept_changes.filter(part=part.name).exists()


def refused_form(page, application, part, refusal):
    """The page again, with everything as it was entered, and why it was not saved."""
    form = form_of(application, part, rows=page.getlist("row") or None).show_typed()
    form.redrawn = page.get("drawn", "")
    for name in form.fields:
        if name in page:
            form.show(name, page.getlist(name) if isinstance(form.drawn_at(name), list) else page[name])
    show_gaps(form, {name.partition(".")[2] or name: sentence for name, sentence in refusal.gaps.items()})
    if not refusal.gaps:
        form.add_error(None, str(refusal.sentence))
    form.refused_status = refusal.status
    return form


def autosaved(request, application, part):
    """JSON for the page's script: what is saved, what is not valid yet, what waits to be decided; or why not."""
    try:
        row = edit_application(application, by=request.user, sent=sent_by(request, application, part))
    except Refused as refusal:
        sentences = [str(refusal.sentence), *map(str, refusal.gaps.values())]
        return JsonResponse({"detail": " ".join(sentences)}, status=refusal.status)
    form = form_of(row, part).show_typed()
    kept = kept_lines(row, part, form, user=request.user)
    return acknowledged(request, row, part, form, kept)


def acknowledged(request, row, part, form, kept):
    pk = saving_id(row, part, request.POST.get("saving", "")[:80], by=request.user)
    return JsonResponse({
        "saved_at": row.edited_at.isoformat(),
        "stamp": str(row.stamp),
        "saving": str(pk) if row.savings.filter(pk=pk, undone_at=None).exists() else "",
        "typed": {name: " ".join(map(str, sentences)) for name, sentences in form.errors.items()},
        "kept": {one["kept"].name: str(one["label"]) for one in kept},
    })  # fmt: skip


def after(request, application, part):
    """Where the pressed button leads: along the parts, back to the list, or here again for another row."""
    if "stay" in request.POST:
        return section_url(application, part)
    return following(side_for(request, application, here=part.name), request.POST) or application.get_absolute_url()


def section_page(request, application, part, form, **more):
    standing = standing_of(application, at=clock.now())
    is_saved = part.is_saved_by_the_page
    context = {
        "application": application,
        "label": part.label,
        "side": side_of(application, standing, user=request.user, here=part.name),
        "autosave_url": section_url(application, part) if is_saved else "",
        "here_url": section_url(application, part),
        "gaps": gaps_here(application, standing, part),
        "warnings": [one for one in warning_links(application, standing) if section_url(application, part) in one],
        "kept": kept_lines(application, part, form, user=request.user) if is_saved else [],
        "last_save": last_save(application, part, request.user) if is_saved else None,
        **remarks_beside(request, application, part, form),
        "duties": duties_here(application, part, request.user, day_of(standing.at)),
        **part.beside_the_form(standing.content, application),
        **more,
    }  # fmt: skip
    template = "applications/parts/fresh.html" if wants_fresh(request) else part.edit_template
    return form_page(request, template, form, **context)


def gaps_here(application, standing, part):
    return [
        (sentence, field_url(application, gap, standing.content))
        for gap, sentence in standing.gaps.items()
        if gap.startswith(f"{part.name}.")
    ]
