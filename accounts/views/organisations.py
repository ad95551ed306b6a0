"""Pages about organisations: what each says of itself, correcting and renaming it, merging two that are one."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions
from accounts.forms import CorrectionForm, MergingForm, MovingForm, RenamingForm
from accounts.lists import OrganisationList, facts_of, former_names
from accounts.models import Organisation, User
from accounts.states import ORGANISATION
from accounts.views.doors import require_admin, require_inside, said_by, sent
from core.cells import Cell
from core.found import visible_or_404
from core.views import form_page, list_page


@require_GET
def organisations(request):
    require_admin(request.user)
    return list_page(request, OrganisationList)


@require_GET
def organisation(request, pk):
    """For its people and for administrators: its data, former names, who speaks for it, what it shares with others."""
    require_inside(request.user)
    row = visible_or_404(Organisation, request.user, pk)
    twins = Organisation.objects.visible_to(request.user) & Organisation.objects.same_as(row)
    return render(request, "accounts/organisation.html", {
        "organisation": row,
        "facts": facts_of(row),
        "former": former_names(row),
        "twins": [Cell(one.name, one.get_absolute_url()) for one in twins.order_by("name")],
        "people": [Cell(one.name, one.get_absolute_url()) for one in User.objects.speaking_for(row)],
        "steps": ORGANISATION.buttons(request.user, row),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def correct(request, pk):
    names = ("kind", "registration_number", "vat_number", "address")
    return change(request, pk, CorrectionForm, names, actions.correct_organisation, _("Correct its data"))


@require_http_methods(["GET", "POST"])
def rename(request, pk):
    return change(request, pk, RenamingForm, ("name", "latin_name"), actions.rename_organisation, _("Rename"))


def change(request, pk, form_class, names, act, title):
    """A form with what stands there now, and one act."""
    require_inside(request.user)
    row = visible_or_404(Organisation, request.user, pk)
    form = form_class(request.POST or None, initial={name: getattr(row, name) for name in names})
    if sent(request, form, lambda: act(row, **said_by(request), **form.cleaned_data)):
        return redirect(row)
    return form_page(request, "accounts/organisation_form.html", form, organisation=row, title=title)


@require_http_methods(["GET", "POST"])
def move(request, pk):
    """The Member State put right. The page is the same for every organisation: it tells of nobody's applications."""
    require_admin(request.user)
    row = visible_or_404(Organisation, request.user, pk)
    form = MovingForm(request.POST or None, initial={"member_state": row.member_state})
    if sent(request, form, lambda: actions.move_organisation(row, **said_by(request), **form.cleaned_data)):
        return redirect(row)
    return form_page(request, "accounts/move.html", form, organisation=row)


@require_http_methods(["GET", "POST"])
def merge(request, pk):
    """Two rows that are one organisation: those with the same number are offered first."""
    require_admin(request.user)
    row = visible_or_404(Organisation, request.user, pk)
    others = Organisation.objects.registered().filter(member_state=row.member_state).exclude(pk=row.pk)
    form = MergingForm(request.POST or None, others=others.order_by("name"), initial={"into": first_twin(row)})
    if sent(request, form, lambda: actions.merge_organisation(row, **said_by(request), **form.cleaned_data)):
        return redirect(form.cleaned_data["into"])
    return form_page(request, "accounts/merge.html", form, organisation=row)


def first_twin(row):
    return Organisation.objects.same_as(row).order_by("shares_identity", "name").first()
