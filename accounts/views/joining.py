"""How people come in: an authority registers itself, a colleague is invited and joins."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.forms import InvitationForm, JoinForm, RegistrationForm
from accounts.models import Invitation, User
from accounts.roles import is_applicant
from accounts.states import INVITATION
from accounts.views.doors import BACKEND, require_patience
from accounts.views.provider import leading_there
from core import clock
from core.errors import NotAllowed
from core.views import form_page, step_view, try_act

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


@require_http_methods(["GET", "POST"])
def invite(request):
    if not is_applicant(request.user):
        raise NotAllowed(_("Only people of a registered organisation invite colleagues."))
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = Invitation(organisation=request.user.organisation, email=form.cleaned_data["email"].lower())
        if try_act(form, lambda: actions.invite_colleague(new, by=request.user)):
            messages.success(request, _("The invitation goes to %(email)s.") % {"email": new.email})
            return redirect("accounts")
    return form_page(request, "accounts/invite.html", form)


@login_not_required
@require_http_methods(["GET", "POST"])
def accept_invitation(request, secret):
    found = Invitation.objects.open(clock.now()).filter(secret_hash=actions.hash_of(secret)).first()
    if found is None:
        raise Http404
    form = JoinForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        user = User(email=found.email, name=form.cleaned_data["name"])
        password = form.cleaned_data["password"]
        if try_act(form, lambda: actions.accept_invitation(found, by=user, password=password)):
            login(request, user, backend=BACKEND)
            return redirect("desk")
    page = form_page(request, "accounts/join.html", form, invitation=found, secret=secret)
    return leading_there(page)
