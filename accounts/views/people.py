"""Pages about people: who has an account, what each is here, and what an administrator may do about it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions
from accounts.forms import AppointmentForm, ClosingForm, GrantForm, HandingOverForm, MailsForm, NameForm
from accounts.lists import ACCOUNT_TONES, PeopleList
from accounts.models import AddressChange, Identity, Invitation, Membership, User
from accounts.roles import is_admin, is_applicant
from accounts.states import IDENTITY, INVITATION, MEMBERSHIP, USER, UserPhase
from accounts.views.doors import require_admin, require_inside, said_by, sent
from core.formats import brussels
from core.found import visible_or_404
from core.views import form_page, list_page, step_view

person_step = step_view(User, USER)
membership_step = step_view(Membership, MEMBERSHIP)


def accounts(request):
    """Applicants: colleagues and invitations. Administrators: everybody."""
    require_inside(request.user)
    invitations = Invitation.objects.visible_to(request.user).unanswered().select_related("organisation")
    shown = [(one, INVITATION.buttons(request.user, one)) for one in invitations]
    return list_page(
        request, PeopleList, "accounts/people.html", invitations=shown, may_invite=is_applicant(request.user),
        organisations=request.user.organisation_ids,
    )  # fmt: skip


@require_GET
def person(request, pk):
    """One person, with what it is and was here."""
    require_inside(request.user)
    row = visible_or_404(User, request.user, pk)
    places = Membership.objects.visible_to(request.user).filter(person=row).select_related(
        "person", "organisation", "on_behalf_of"
    )  # fmt: skip
    return render(request, "accounts/person.html", {
        "person": row,
        "tone": ACCOUNT_TONES[row.status],
        "steps": USER.buttons(request.user, row),
        "places": [(one, facts_of(one), MEMBERSHIP.buttons(request.user, one)) for one in places.order_by("-from_at")],
        "address_change": AddressChange.objects.visible_to(request.user).open().filter(person=row).first(),
        "identities": identities_of(row, request.user),
        "may_grant": is_admin(request.user) and row.stands_in(UserPhase.OPEN) and row != request.user,
    })  # fmt: skip


def identities_of(person, user):
    """Those of somebody else, with what may be done about them; one's own has a page of its own."""
    seen = Identity.objects.visible_to(user).connected().filter(person=person).exclude(person=user.pk)
    return [(one, IDENTITY.buttons(user, one)) for one in seen]


def facts_of(membership):
    facts = [
        (_("From"), brussels(membership.from_at)),
        (_("Until"), brussels(membership.until_at) or _("until somebody ends it")),
        (_("Status"), membership.get_status_display()),
    ]
    return facts + ([(_("Acts for"), membership.on_behalf_of.name)] if membership.on_behalf_of else [])


@require_http_methods(["GET", "POST"])
def appoint(request):
    require_admin(request.user)
    form = AppointmentForm(request.POST or None)
    if invitation := sent(request, form, lambda: actions.invite_official(form.invitation(), **said_by(request))):
        messages.success(request, _("The invitation goes to %(email)s.") % {"email": invitation.email})
        return redirect("accounts")
    return form_page(request, "accounts/appoint.html", form)


@require_http_methods(["GET", "POST"])
def rename(request, pk):
    row = visible_or_404(User, request.user, pk)
    USER.may_open("rename", row, by=request.user)
    form = NameForm(request.POST or None, initial={"name": row.name})
    if sent(request, form, lambda: actions.rename_person(row, **said_by(request), **form.cleaned_data)):
        return redirect(row)
    return form_page(request, "accounts/rename.html", form, person=row)


@require_http_methods(["GET", "POST"])
def mails(request):
    """How one's own mails come; there is no such page of somebody else."""
    me, seen = request.user, request.POST.get("stamp")
    form = MailsForm(request.POST or None, person=me)
    if sent(request, form, lambda: actions.choose_mails(by=me, base=seen, mails=form.cleaned_data)):
        messages.success(request, _("Your choice is kept."))
        return redirect("mails")
    return form_page(request, "accounts/mails.html", form, person=me)


@require_http_methods(["GET", "POST"])
def close_account(request, pk):
    require_admin(request.user)
    row = visible_or_404(User, request.user, pk)
    form = ClosingForm(request.POST or None)
    if sent(request, form, lambda: actions.close_account(row, **said_by(request), **form.cleaned_data)):
        messages.success(request, _("The account of %(person)s is closed.") % {"person": row})
        return redirect("accounts")
    return form_page(request, "accounts/close.html", form, person=row)


@require_http_methods(["GET", "POST"])
def grant(request, pk):
    """One more role for somebody."""
    require_admin(request.user)
    row = visible_or_404(User, request.user, pk)
    form = GrantForm(request.POST or None)
    if sent(request, form, lambda: actions.grant_membership(form.membership(row), **said_by(request))):
        return redirect(row)
    return form_page(request, "accounts/grant.html", form, person=row)


@require_http_methods(["GET", "POST"])
def hand_over(request, pk):
    """A role goes from one person to another."""
    require_admin(request.user)
    place = visible_or_404(Membership, request.user, pk)
    form = HandingOverForm(request.POST or None)
    if sent(request, form, lambda: actions.hand_over_membership(place, **said_by(request), **form.cleaned_data)):
        return redirect(place.person)
    return form_page(request, "accounts/hand_over.html", form, place=place)
