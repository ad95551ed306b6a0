"""The pool of a call: who was asked, whom to invite, one's own invitation."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import is_officer, sees_whole_calls
from core import clock
from core.days import day_of
from core.found import row_or_404, visible_or_404
from core.views import form_page, list_page, said_with, step_view, try_act
from evaluation.actions import decline_invitation, invite_people
from evaluation.actions.availability import Availability, Period
from evaluation.actions.pool import MOST_INVITED
from evaluation.actions.replacing import gaps_in
from evaluation.forms import DecliningForm, InvitationForm
from evaluation.lists import POOL_TONES, PoolList, ToInviteList
from evaluation.models import PoolMember
from evaluation.shown.pool import facts_of, figures_of, what_happened
from evaluation.states import POOL_MEMBER, PoolMemberPhase, PoolMemberStatus
from evaluation.views.calls import tabs_of
from evaluation.views.doors import require_commission, require_officer
from programmes.models import Call
from programmes.states import OPENED

pool_member_step = step_view(PoolMember, POOL_MEMBER)


def call_of_pool(pk):
    """From its publication on: people are invited before anything is opened."""
    return row_or_404(Call.objects.published(), pk=pk)


@require_GET
def pool(request, pk):
    require_commission(request.user)
    call = call_of_pool(pk)
    return list_page(request, PoolList, "evaluation/pool.html", beside=beside_pool, call=call)


def opened(call):
    """The call, for the path to a page below it; None while it has no page of its evaluation yet."""
    return call if call.stands_in(OPENED) else None


def beside_pool(rows):
    call, user, at = rows.call, rows.user, clock.now()
    return {
        "tabs": tabs_of(call, "pool", user) if call.stands_in(OPENED) else [],
        "opened": opened(call),
        "figures": shown(figures_of(call, user, day_of(at))),
        "gaps": [in_words(one, call) for one in gaps_in(call, user, at)] if is_officer(user) else [],
        "may_invite": is_officer(user),
    }


def shown(counts):
    return [
        (counts["asked"], _("asked")),
        (counts["accepted"], _("accepted")),
        (counts["waiting"], _("may still answer")),
        (counts["silent"], _("let the last day pass")),
        (counts["declined"], _("declined")),
        (counts["gone"], _("left or were released")),
    ]


def in_words(gap, call):
    """(what happened, where it stands, [(who could come instead, where she is invited)])."""
    others = [(instead(person, words), address_for(call, person)) for person, words in gap.others]
    return {"sentence": what_happened(gap.member), "url": gap.member.get_absolute_url(), "others": others}


def instead(person, shared):
    if not shared:
        return _("%(who)s: not asked yet") % {"who": person}
    return _("%(who)s, who also said: %(shared)s") % {"who": person, "shared": ", ".join(shared)}


def address_for(call, person):
    return f"{reverse('pool_invite', args=[call.pk])}?{urlencode({'q': person.email})}"


# inviting


@require_GET
def pool_choose(request, pk):
    """The register, narrowed until those stand there whom the officer wants to invite."""
    require_officer(request.user)
    call = call_of_pool(pk)
    return list_page(request, ToInviteList, "evaluation/pool_choose.html", beside=onwards, call=call)


def onwards(rows):
    asked = {key: value for key, value in rows.params.items() if key not in {"page", "sort"}}
    return {
        "opened": opened(rows.call),
        "invite_url": f"{reverse('pool_invite', args=[rows.call.pk])}?{urlencode(asked)}",
    }


@require_http_methods(["GET", "POST"])
def pool_invite(request, pk):
    """Looked at first: what is sent a second time unchanged is done."""
    require_officer(request.user)
    call = call_of_pool(pk)
    found = ToInviteList(request.user, request.GET, path=request.path, call=call).to_be_invited(MOST_INVITED)
    form = InvitationForm(request.POST or None, people=found)
    look = []
    if form.is_valid():
        if form.was_looked_at and try_act(form, lambda: invited(call, request, form)):
            return redirect("pool", call.pk)
        if form.is_valid():  # nothing was refused
            look = [what_comes(one, form.terms, call) for one in form.chosen]
            form.show_mark()
    return form_page(
        request, "evaluation/pool_invite.html", form, call=call, opened=opened(call), look=look,
        action=request.get_full_path(),
        back=reverse("pool_choose", args=[call.pk]), is_all=len(found) < MOST_INVITED, most=MOST_INVITED,
        first=not PoolMember.objects.of_call(call).asked().exists(),
    )  # fmt: skip


def invited(call, request, form):
    rows = invite_people(call, form.chosen, by=request.user, terms=form.terms)
    sentence = ngettext("%(number)d person is invited.", "%(number)d people are invited.", len(rows))
    messages.success(request, sentence % {"number": len(rows)})
    return rows


def what_comes(person, terms, call):
    """What the invitation of one person will be, and what the officer should know before it leaves."""
    earlier = PoolMemberStatus(person.in_pool).label if person.in_pool else ""
    first = _("%(who)s is invited.") if not earlier else _("%(who)s is invited again (so far: %(earlier)s).")
    said = [first % {"who": person.name, "earlier": earlier}]
    entry = getattr(person, "register_entry", None)
    if entry and terms.work_until:
        period = Period(person.today, terms.work_until)
        said.append(Availability([person.pk], period=period).absent(person, entry))
    return " ".join(one for one in said if one)


# one place


@require_GET
def pool_member(request, pk):
    member = visible_or_404(PoolMember, request.user, pk)
    office = sees_whole_calls(request.user)
    is_late = member.stands_in(PoolMemberPhase.INVITED) and member.answer_by < day_of(clock.now())
    return render(request, "evaluation/pool_member.html", {
        "member": member, "call": member.call, "opened": opened(member.call), "tone": POOL_TONES[member.status],
        "is_office": office,
        "facts": facts_of(member, for_the_office=office), "is_late": is_late,
        "steps": POOL_MEMBER.buttons(request.user, member), "url": member.get_absolute_url(),
        "again": address_for(member.call, member.person) if may_be_invited(request.user, member) else "",
    })  # fmt: skip


def may_be_invited(user, member):
    return any(one.name == "invite" for one in POOL_MEMBER.open_to(user, member))


@require_http_methods(["GET", "POST"])
def pool_decline(request, pk):
    member = visible_or_404(PoolMember, request.user, pk)
    if not any(one.name == "decline" for one in POOL_MEMBER.open_to(request.user, member)) and not request.POST:
        raise Http404
    form = DecliningForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and try_act(form, lambda: declined(member, request, form)):
        messages.success(request, _("You declined; the programme office is told."))
        return redirect(member)
    return form_page(request, "evaluation/pool_decline.html", form, member=member, call=member.call)


def declined(member, request, form):
    said = said_with(request.POST)
    return decline_invitation(member, by=request.user, base=said["base"], why=form.cleaned_data["why"])
