"""Pages about people: registering, inviting, joining, appointing, tokens for programs."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from knox.models import AuthToken

from accounts import actions
from accounts.forms import AppointmentForm, InvitationForm, JoinForm, ReasonForm, RegistrationForm
from accounts.lists import PeopleList
from accounts.models import Invitation, User
from accounts.roles import Role, is_admin, is_applicant
from accounts.states import INVITATION
from core import clock
from core.api import visible_or_404
from core.errors import NotAllowed, Refused
from core.views import form_page, list_page, step_view, try_act

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REGISTRATIONS_PER_HOUR = 20  # from one address: hashing a password costs a quarter of a second

invitation_step = step_view(Invitation, INVITATION)


@login_not_required
@require_http_methods(["GET", "POST"])
def register(request):
    """The only page on which a stranger becomes a user."""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require_patience(request)
        user = try_act(form, lambda: register_from(form))
        if user:
            login(request, user, backend=BACKEND)
            messages.success(
                request, _("Your organisation is registered. Invite your colleagues, or start with a call.")
            )
            return redirect("desk")
    return form_page(request, "accounts/register.html", form)


def register_from(form):
    return actions.register_organisation(form.organisation(), form.user(), password=form.cleaned_data["password"])


def require_patience(request):
    key = f"registrations:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, 3600)
    if cache.incr(key) > REGISTRATIONS_PER_HOUR:
        raise Refused(_("Too many registrations from this address. Try again in an hour."))


def accounts(request):
    """Applicants: colleagues and invitations. Administrators: everybody."""
    if not (is_applicant | is_admin)(request.user):
        raise Http404
    invitations = Invitation.objects.visible_to(request.user).unanswered().select_related("organisation")
    shown = [(one, INVITATION.buttons(request.user, one)) for one in invitations]
    return list_page(
        request, PeopleList, "accounts/people.html", invitations=shown, may_invite=is_applicant(request.user)
    )


@require_http_methods(["GET", "POST"])
def invite(request):
    if not is_applicant(request.user):
        raise NotAllowed(_("Only people of a registered organisation invite colleagues."))
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = Invitation(organisation=request.user.organisation, email=form.cleaned_data["email"].lower())
        if try_act(form, lambda: actions.invite_colleague(new, by=request.user, key=request.POST.get("key"))):
            messages.success(request, _("The invitation goes to %(email)s.") % {"email": new.email})
            return redirect("accounts")
    return form_page(request, "accounts/invite.html", form)


@login_not_required
@require_http_methods(["GET", "POST"])
def accept_invitation(request, secret):
    found = Invitation.objects.open(clock.now()).filter(secret_hash=actions.hash_of(secret)).first()
    if found is None:
        raise Http404
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = User(email=found.email, name=form.cleaned_data["name"], role=Role.APPLICANT)
        password = form.cleaned_data["password"]
        if try_act(form, lambda: actions.accept_invitation(found, by=user, password=password)):
            login(request, user, backend=BACKEND)
            return redirect("desk")
    return form_page(request, "accounts/join.html", form, invitation=found)


@require_http_methods(["GET", "POST"])
def appoint(request):
    require_admin(request.user)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        user = try_act(form, lambda: actions.appoint_user(form.user(), by=request.user, password=password))
        if user:
            messages.success(request, _("%(name)s may sign in now.") % {"name": user.name})
            return redirect("accounts")
    return form_page(request, "accounts/appoint.html", form)


@require_http_methods(["GET", "POST"])
def close_account(request, pk):
    require_admin(request.user)
    person = visible_or_404(User, request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if try_act(form, lambda: actions.close_account(person, by=request.user, reason=reason)):
            return redirect("accounts")
    return form_page(request, "accounts/close.html", form, person=person)


def require_admin(user):
    if not is_admin(user):
        raise NotAllowed(_("Only an account administrator makes and closes accounts."))


def tokens(request):
    """The tokens with which programs of this person come in; a new one is shown once."""
    return render(request, "accounts/tokens.html", {"tokens": AuthToken.objects.filter(user=request.user)})


@require_POST
def new_token(request):
    token = actions.make_token(by=request.user)
    return render(
        request, "accounts/tokens.html", {"tokens": AuthToken.objects.filter(user=request.user), "shown_once": token}
    )  # fmt: skip


@require_POST
def drop_token(request, digest):
    actions.drop_token(digest, by=request.user)
    return redirect("tokens")
