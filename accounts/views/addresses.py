"""Pages on which the e-mail address of an account is changed: asked for, agreed to from one mailbox, confirmed from the
other. The sign-in library's own pages for it are shut."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts import actions
from accounts.forms import AddressForm, AddressOfForm
from accounts.models import AddressChange, User
from accounts.states import ADDRESS_CHANGE, AddressChangePhase
from accounts.views.doors import require_admin, said_by, sent
from core.errors import NotAllowed
from core.formats import brussels
from core.found import row_or_404, visible_or_404
from core.views import form_page, step_view

address_change_step = step_view(AddressChange, ADDRESS_CHANGE)


@require_http_methods(["GET", "POST"])
def address(request):
    """One's own address, the change of it that is under way, and the form for a new one."""
    form, me = AddressForm(request.POST or None), request.user
    if sent(request, form, lambda: actions.ask_for_address(form.change_of(me), **said_by(request))):
        messages.success(request, _("Both mailboxes are asked. Nothing changes before both have said yes."))
        return redirect("address")
    change = AddressChange.objects.open().filter(person=me).select_related("person", "asked_by").first()
    return form_page(request, "accounts/address.html", form, change=change, **told_of(change, me))


def told_of(change, user):
    if change is None:
        return {}
    return {"facts": facts_of(change), "steps": ADDRESS_CHANGE.buttons(user, change)}


def facts_of(change):
    return [*asked_of(change), *answered_by(change)]


def asked_of(change):
    reason = [(_("Reason"), change.reason)] if change.reason else []
    return [
        (_("Present address"), change.former),
        (_("New address"), change.address),
        (_("Asked for"), _("%(moment)s by %(by)s") % {"moment": brussels(change.asked_at), "by": change.asked_by}),
        *reason,
        (_("Until"), brussels(change.expires_at)),
    ]


def answered_by(change):
    agreed = _("The old mailbox") if change.is_asked_by_its_person else _("A second administrator")
    waits = _("not yet")
    return [
        (agreed, brussels(change.agreed_at) or waits),
        (_("The new mailbox"), brussels(change.confirmed_at) or waits),
        (_("Status"), change.get_status_display()),
    ]


# by an administrator


@require_http_methods(["GET", "POST"])
def address_of(request, pk):
    """For somebody whose old mailbox is gone."""
    require_admin(request.user)
    row = visible_or_404(User, request.user, pk)
    form = AddressOfForm(request.POST or None)
    if change := sent(request, form, lambda: ask_for(form, row, request)):
        return redirect(change)
    return form_page(request, "accounts/address_of.html", form, person=row)


def ask_for(form, person, request):
    reason = form.cleaned_data["reason"]
    return actions.ask_for_address_of(form.change_of(person), reason=reason, **said_by(request))


@require_GET
def address_change(request, pk):
    seen = AddressChange.objects.visible_to(request.user).select_related("person", "asked_by")
    change = row_or_404(seen, pk=pk)
    return render(request, "accounts/address_change.html", {"change": change, **told_of(change, request.user)})


# behind the links


@login_not_required  # the link in the mail is opened wherever its reader happens to be; it shows, a button does
@require_http_methods(["GET", "POST"])
def address_word(request, secret):
    change = AddressChange.objects.behind(actions.hash_of(secret)).select_related("person", "asked_by").first()
    if change is None:
        raise Http404
    require_nobody_else(request, change)
    is_new = actions.hash_of(secret) == change.new_hash
    if is_new and change.is_asked_by_its_person and not request.user.is_authenticated:
        return redirect_to_login(request.path)  # a mistyped address confirms nothing
    if request.method == "POST":
        say(request, change, secret, is_new=is_new)
        return redirect(request.path)
    return render(request, "accounts/address_word.html", word_of(change, is_new=is_new))


def require_nobody_else(request, change):
    if request.user.is_authenticated and request.user != change.person:
        raise NotAllowed(
            _("You are signed in as %(me)s, and this link is for another account. Sign out, then open it again.")
            % {"me": request.user}
        )


def say(request, change, secret, *, is_new):
    """What the pressed button says, in the name of the person whose mailbox it is."""
    words = {"by": change.person, "base": request.POST.get("stamp")}
    if request.POST.get("answer") == "stop":
        return actions.stop_address_change(change, **words)
    if not is_new:
        return actions.agree_to_address(change, secret=secret, **words)
    keep = request.session.session_key if request.user.is_authenticated else None
    return actions.confirm_address(change, secret=secret, keep=keep, **words)


def word_of(change, *, is_new):
    """What the page behind a link offers: the yes of its side, as long as it is wanted, and the stop."""
    is_open = change.stands_in(AddressChangePhase.OPEN)
    agrees = not is_new and change.is_asked_by_its_person and not change.agreed_at
    return {
        "change": change, "facts": facts_of(change), "is_open": is_open,
        "may_agree": is_open and agrees, "may_confirm": is_open and is_new and not change.confirmed_at,
    }  # fmt: skip


# what the library has at these addresses


@require_safe
def library_email(request):
    return redirect("address")


@login_not_required
@require_safe
def library_confirmation(request, key):
    """No link of the library changes anything; those that it sent before are void."""
    raise Http404
