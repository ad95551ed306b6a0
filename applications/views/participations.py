"""Partners who sign in: the coordinator's page of who is asked and what is missing, and the partner's own door."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import is_applicant
from applications.actions import accept_participation, invite_partner
from applications.actions.participations import mandate_of
from applications.forms import MandateForm
from applications.models import Application, Participation
from applications.shown.participations import (
    TONES,
    everybody_in,
    facts_for,
    may_read,
    partners_of,
    proposal_for,
    state_for_partner,
)
from applications.shown.side import own_side
from applications.states import PARTICIPATION, STANDING, ParticipationPhase
from applications.views.sides import side_for
from core.errors import Refused
from core.found import row_or_404, visible_or_404
from core.ids import id_in
from core.views import form_page, step_view, try_act

participation_step = step_view(Participation, PARTICIPATION)
MOST = 200


@require_http_methods(["GET", "POST"])
def partners_desk(request, pk):
    """Of each partner: asked or not, its mandate, what is missing; the button that invites its people."""
    application = visible_or_404(Application, request.user, pk)
    new = Participation(application=application)
    if not PARTICIPATION.steps["invite"].allowed(request.user, new):
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            return invited(request, new)
        except Refused as refused:
            refusal = refused
    partners = [with_steps(one, request.user) for one in partners_of(application)]
    context = {
        "application": application, "partners": partners, "refusal": refusal, "side": side_for(request, application),
    }  # fmt: skip
    return render(request, "applications/partners_desk.html", context, status=refusal.status if refusal else 200)


def with_steps(one, user):
    """What may be done about a partner: taken back while it stands, asked while it does not."""
    row = one["participation"]
    if row is None:
        return one | {"is_open": True}
    return one | {
        "steps": PARTICIPATION.buttons(user, row), "is_open": not row.stands_in(STANDING), "tone": TONES[row.status],
    }  # fmt: skip


def invited(request, new):
    new.row = id_in(request.POST.get("partner", ""))
    row = invite_partner(new, by=request.user, key=request.POST.get("key"))
    messages.success(
        request, _("%(organisation)s is invited; its people have a mail.") % {"organisation": row.organisation}
    )
    return redirect("partners_desk", pk=row.application_id)


@require_GET
def participations_page(request):
    """The proposals of others in which one's own organisation takes part, or did."""
    if not is_applicant(request.user):
        raise Http404
    rows = Participation.objects.of_partner(request.user).for_reading()[:MOST]
    return render(request, "applications/participations.html", {"rows": [(one, TONES[one.status]) for one in rows]})


@require_http_methods(["GET", "POST"])
def participation_page(request, pk):
    """For the partner's people: the question, then the proposal as a partner reads it. Its coordinator has a page of
    its own."""
    rows = Participation.objects.of_partner(request.user).for_reading()
    if not rows.filter(pk=pk).exists():
        return to_coordinator(request, pk)
    row = row_or_404(rows, pk=pk)
    form = MandateForm(request.POST or None, words=mandate_of(row))
    if request.method == "POST" and form.is_valid() and try_act(form, lambda: accepted(request, row, form)):
        messages.success(request, _("You take part. Your organisation may read the proposal now."))
        return redirect(row)
    reads = may_read(row)
    return form_page(
        request, "applications/participation.html", form, participation=row, facts=facts_for(row),
        tone=TONES[row.status], state=state_for_partner(row), steps=PARTICIPATION.buttons(request.user, row),
        side=own_side(row, user=request.user) if reads else None, reads=reads,
        is_waiting=row.stands_in(ParticipationPhase.WAITING),
        proposal=proposal_for(row) if reads else [], everybody=everybody_in(row.application) if reads else None,
        title=(row.application.title or str(row.application)) if reads else "",
    )  # fmt: skip


def accepted(request, row, form):
    return accept_participation(
        row, by=request.user, base=request.POST.get("stamp"), mandate=form.cleaned_data["mandate"]
    )  # fmt: skip


def to_coordinator(request, pk):
    row = row_or_404(Participation.objects.visible_to(request.user), pk=pk)
    name = "partners_desk" if is_applicant(request.user) else "application"
    return redirect(name, pk=row.application_id)
