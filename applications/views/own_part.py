"""A partner's own part of a proposal: its contact person and its costs, saved as everybody's answers are."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.actions import Sent, contribute
from applications.forms import RemarkForm
from applications.models import KeptChange, Participation, Remark
from applications.parts import PARTS, asked_by, own_answers, own_form_of
from applications.shown.duties import duties_here
from applications.shown.kept import kept_lines_of_partner
from applications.shown.participations import may_write
from applications.shown.remarks import threads_of
from applications.shown.side import own_side
from applications.states import ParticipationPhase
from applications.views.sections import acknowledged, sent_on
from applications.views.sides import following, labels_in, wants_fresh
from core import clock
from core.days import day_of
from core.errors import NotAllowed, Refused
from core.forms import show_gaps
from core.found import row_or_404
from core.ids import id_in
from core.views import form_page


def participation_edit(request, pk, section):
    """Also for whoever was removed while typing: the words stand there to be taken along, nothing is saved."""
    row = row_or_404(Participation.objects.of_partner(request.user).for_reading(), pk=pk)
    part = own_part_or_404(row, section)
    if request.method == "POST":
        return (autosaved if request.headers.get("X-Autosave") else saved)(request, row, part)
    if row.stands_in(ParticipationPhase.WAITING):
        messages.info(request, _("Accept the invitation first: then your organisation writes its part."))
        return redirect(row)
    if not may_write(row):
        return own_page(request, row, part, refused_form(request.POST, row, part, over()))
    return own_page(request, row, part, own_form(row, part).show_typed())


def own_part_or_404(row, section):
    part = PARTS.get(section)
    if part not in asked_by(row.application.call) or not part.partners_own:
        raise Http404
    return part


def over():
    return NotAllowed(_("You cannot write in this proposal any more. What you had typed is kept in this browser."))


def own_form(row, part, **more):
    return own_form_of(row.application, part, row.row, **more)


def own_names(row):
    return [(name, part) for part, name in own_answers(str(row.row))]


def saved(request, row, part):
    try:
        application = contribute(row.application, by=request.user, participation=row, sent=sent_by(request, row, part))
    except Refused as refusal:
        return own_page(request, row, part, refused_form(request.POST, row, part, refusal))
    row.application = application
    if waits(request, row, part):
        sentence = _("Saved: %(part)s. Something in it waits for you: see below.")
        messages.warning(request, sentence % {"part": part.label})
        return redirect("participation_edit", pk=row.pk, section=part.name)
    messages.success(request, _("Saved: %(part)s.") % {"part": part.label})
    return redirect(following(own_side(row, here=part.name, user=request.user), request.POST) or row)


def waits(request, row, part):
    form = own_form(row, part)
    return bool(form.typed or kept_lines_of_partner(row.application, part, form, user=request.user))


def sent_by(request, row, part):
    if "undo" in request.POST:
        return Sent(undo=id_in(request.POST["undo"]))
    names = [name for name, asked in own_names(row) if asked == part.name]
    return sent_on(request.POST, part, KeptChange.objects.filter(application=row.application, name__in=names))


def autosaved(request, row, part):
    try:
        application = contribute(row.application, by=request.user, participation=row, sent=sent_by(request, row, part))
    except Refused as refusal:
        sentences = [str(refusal.sentence), *map(str, refusal.gaps.values())]
        return JsonResponse({"detail": " ".join(sentences)}, status=refusal.status)
    row.application = application
    form = own_form(row, part).show_typed()
    kept = kept_lines_of_partner(application, part, form, user=request.user)
    return acknowledged(request, application, part, form, kept)


def refused_form(page, row, part, refusal):
    """The page again, with what was entered and nothing else: what stands there may be nobody's to read any more."""
    form = own_form(row, part, rows=[str(row.row)])
    form.redrawn = page.get("drawn") or "{}"
    for name in form.fields:
        form.show(name, page.get(name, ""))
    show_gaps(form, {name.partition(".")[2] or name: sentence for name, sentence in refusal.gaps.items()})
    if not refusal.gaps:
        form.add_error(None, str(refusal.sentence))
    form.refused_status = refusal.status
    return form


def own_page(request, row, part, form, **more):
    is_refused = hasattr(form, "refused_status")
    kept = [] if is_refused else kept_lines_of_partner(row.application, part, form, user=request.user)
    template = "applications/parts/fresh.html" if wants_fresh(request) else "applications/own_part.html"
    return form_page(
        request, template, form, participation=row, label=part.label, kept=kept,
        side=None if is_refused else own_side(row, here=part.name, user=request.user),
        **(more if is_refused else own_remarks(request, row, part, form) | own_duty(request, row, part) | more),
        autosave_url=reverse("participation_edit", args=[row.pk, part.name]),
    )  # fmt: skip


def own_duty(request, row, part):
    today = day_of(clock.now())
    return {"duties": duties_here(row.application, part, request.user, today, participation=row)}


def own_remarks(request, row, part, form):
    url, labels = reverse("participation_edit", args=[row.pk, part.name]), labels_in(form)
    remarks = Remark.objects.visible_to(request.user).filter(participation=row, part=part.name)
    return {
        "threads": threads_of(remarks, request.user, labels=labels, url=url),
        "labels": labels,
        "remark_url": reverse("participation_remark", args=[row.pk, part.name]),
        "page_url": f"{url}#remarks",
        "remark_form": RemarkForm(),
    }
