"""Of somebody's own account: the identity with which it is connected; and the end of an invitation by one."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions
from accounts.forms import JoinByProviderForm
from accounts.models import Identity, User
from accounts.states import IDENTITY
from accounts.views.doors import BACKEND
from accounts.views.provider import JOINING, invitation_of, is_over, lead, of_provider
from core.recognition import require_recognised
from core.views import form_page, step_view, try_act

identity_step = step_view(Identity, IDENTITY)


@require_GET
@of_provider
def identity(request):
    """Whether one's account is connected, and the button for it."""
    return render(request, "accounts/identity.html", {
        "identity": Identity.objects.of(request.user).first(), "has_password": request.user.has_usable_password(),
    })  # fmt: skip


@require_POST
@of_provider
def connect(request):
    require_recognised(IDENTITY.steps["connect"].label)
    return lead(request, "connect", person=str(request.user.pk))


@require_POST
@of_provider
def disconnect(request):
    if found := Identity.objects.of(request.user).first():
        keep = request.session.session_key
        actions.disconnect_identity(found, by=request.user, base=request.POST.get("stamp"), keep=keep)
        messages.success(request, _("Your account is not connected any more."))
    return redirect("identity")


@require_http_methods(["GET", "POST"])
@of_provider
def again(request):
    """Before what binds: the provider asks anew who it is."""
    if request.method == "POST":
        return lead(request, "again", again=True, person=str(request.user.pk))
    return render(request, "accounts/identity_again.html", {"next": request.GET.get("next", "")})


@login_not_required
@require_http_methods(["GET", "POST"])
@of_provider
def join(request):
    """The end of an invitation for whoever has just shown an identity behind its link: the name, and the account is."""
    kept = request.session.get(JOINING)
    if kept is None or is_over(kept["at"]):
        raise Http404
    found = invitation_of(pk=kept["invitation"])
    form = JoinByProviderForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        user = User(email=found.email, name=form.cleaned_data["name"])
        new = Identity(issuer=kept["issuer"], subject=kept["subject"])
        if try_act(form, lambda: actions.accept_invitation(found, by=user, identity=new)):
            del request.session[JOINING]
            login(request, user, backend=BACKEND)
            return redirect("desk")
    return form_page(request, "accounts/join.html", form, invitation=found, subject=kept["subject"])


# ways in that the library would open for whoever has no password


def set_password(request):
    """Nobody who finds an open browser sets a password: the mailbox says who may."""
    if request.user.has_usable_password():
        return redirect("account_change_password")
    messages.info(request, _("You have no password yet. Ask for the mail with which you set one."))
    return redirect("account_reset_password")
