"""The committee: who sits for which entity, what it still lacks, and the member's own declaration and signature."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.roles import is_assessor, is_commission, sees_whole_calls
from core.formats import brussels
from core.found import row_or_404, visible_or_404
from core.views import back, form_page, said_with, try_act
from evaluation import declaration
from evaluation.actions import appoint_member
from evaluation.actions.committee import may_change
from evaluation.actions.ranked_lists import gaps_of_committee, judged
from evaluation.forms import SeatForm
from evaluation.lists import SEAT_TONES
from evaluation.models import RankedList, Seat
from evaluation.states import SEAT, SITTING, SeatPhase
from evaluation.views.calls import tabs_of
from evaluation.views.tables import labelled
from programmes.models import Call


@require_http_methods(["GET", "POST"])
def committee(request, pk):
    call = committee_for(request.user, pk)
    people = User.objects.of(is_assessor)
    if request.method == "POST":
        return appoint(request, call, people)
    return committee_page(request, call, SeatForm(people=people))


def committee_for(user, pk):
    """The Commission sees every committee; a member the own one."""
    calls = Call.objects.published()
    if not sees_whole_calls(user):
        calls = calls.filter(pk__in=Seat.objects.sitting().filter(member=user).values("call"))
    return row_or_404(calls, pk=pk)


def appoint(request, call, people):
    if not is_commission(request.user):
        raise Http404
    form = SeatForm(request.POST, people=people)
    if form.is_valid() and (seat := try_act(form, lambda: appointed(call, form.cleaned_data, request.user))):
        messages.success(request, _("%(member)s sits on the committee of %(call)s.") % {"member": seat, "call": call})
        return redirect("committee", call.pk)
    return committee_page(request, call, form)


def appointed(call, data, by):
    return appoint_member(
        call, data["member"], by=by, under_authorising_officer=data["under_authorising_officer"]
    )  # fmt: skip


def committee_page(request, call, form):
    user = request.user
    seats = list(
        Seat.objects.visible_to(user).filter(call=call).select_related("member", "call").order_by("appointed_at")
    )
    mine = next((one for one in seats if one.member_id == user.pk and one.stands_in(SITTING)), None)
    composes = is_commission(user) and not is_barred(call, user)
    return form_page(
        request, "evaluation/committee.html", form, call=call,
        tabs=tabs_of(call, "committee", user) if sees_whole_calls(user) else [],
        seats=[shown(one, user, composes) for one in seats],
        gaps=gaps_of_committee(one for one in seats if one.stands_in(SITTING)) if sees_whole_calls(user) else [],
        may_appoint=composes and may_change(call),
        mine=own_part(mine, user) if mine else None,
    )  # fmt: skip


def is_barred(call, user):
    """A conflict on one application of the call shuts out from all it is judged by."""
    return any(SEAT.steps["appoint"].refusals(Seat(call=call), user))


def shown(seat, user, composes):
    return {
        "seat": seat,
        "tone": SEAT_TONES[seat.status],
        "declared": brussels(seat.declared_at) or _("not yet"),
        "signed": brussels(seat.signed_at) or _("not yet"),
        "steps": [one for one in SEAT.buttons(user, seat) if composes and one.name in {"leave", "strike"}],
        "url": f"/evaluation/seats/{seat.pk}/",
    }


def own_part(seat, user):
    """What this member does next: declare on each application, then read the list and sign its very bytes."""
    ranked_list = RankedList.objects.visible_to(user).drawn().filter(call=seat.call).first()
    is_to_sign = ranked_list and not ranked_list.open_ties
    applications = list(judged(seat.call))
    columns = [_("Number"), _("Title"), _("Applicant"), _("Partners")]
    open_steps = {one.name: one for one in SEAT.buttons(user, seat)}
    has_declared = seat.declared_at and {one.pk for one in applications} <= set(seat.declared_for)
    wanted = ["recuse"] if has_declared else ["declare", "recuse"]
    return {
        "seat": seat,
        "has_signed": seat.stands_in(SeatPhase.SIGNED),
        "steps": [open_steps[name] for name in wanted if name in open_steps],
        "may_sign": bool(is_to_sign and has_declared and "sign_record" in open_steps),
        "has_tie": bool(ranked_list and ranked_list.open_ties),
        "url": f"/evaluation/seats/{seat.pk}/",
        "text": declaration.TEXT,
        "applications": labelled(columns, [row_of(one) for one in applications]),
        "columns": columns,
        "ranked_list": ranked_list,
    }


def row_of(application):
    partners = ", ".join(one.name for one in application.partners.all())
    return [application.reference, application.title, application.applicant.name, partners]


@require_POST
def seat_step(request, pk, step):
    """As every step button; a signature also carries the hash of the list that was read."""
    seat = visible_or_404(Seat, request.user, pk)
    chosen = SEAT.steps.get(step)
    if chosen is None or chosen.page:
        raise Http404
    details = {"sha256": request.POST.get("sha256", "")} if step == "sign_record" else {}
    seat = SEAT.run(step, seat, by=request.user, **said_with(request.POST), **details)
    messages.success(request, _("Done: %(step)s – %(row)s.") % {"step": chosen.label, "row": seat})
    return redirect("evaluation") if step == "recuse" else back(request, seat)
