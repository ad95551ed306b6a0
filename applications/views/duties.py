"""Which part is given to whom: one page for all parts of an application, and the buttons beside each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from applications.actions import give_duties
from applications.forms import DutiesForm
from applications.models import Application, Duty
from applications.shown.duties import label_of, places_of, standing_duties, table_of
from applications.states import APPLICATION, DUTY
from applications.views.sides import side_for
from core import clock
from core.days import day_of
from core.found import visible_or_404
from core.views import form_page, step_view, try_act

duty_step = step_view(Duty, DUTY)


@require_http_methods(["GET", "POST"])
def duties(request, pk):
    """Give parts of an application to people, several at once; who has which."""
    application = visible_or_404(Application, request.user, pk)
    if not DUTY.steps["give"].allowed(request.user, Duty(application=application)):
        raise Http404
    APPLICATION.may_open("edit", application, by=request.user)
    places = places_of(application)
    form = form_for(request, application, places)
    if form.is_valid() and (given := try_act(form, lambda: give(request, application, places, form))):
        said = ngettext("%(number)d part is given to %(who)s.", "%(number)d parts are given to %(who)s.", len(given))
        messages.success(request, said % {"number": len(given), "who": given[0].person})
        return redirect("duties", pk=application.pk)
    return duties_page(request, application, places, form)


def form_for(request, application, places):
    choices = [(key, label_of(*place)) for key, place in places.items()]
    initial = {"seen": seen_in(standing_duties(application)), "parts": request.GET.getlist("part")}
    organisations = organisations_of(application, places)
    people = User.objects.speaking_for_any(organisations)
    return DutiesForm(
        request.POST or None, places=choices, people=people, organisations=organisations, initial=initial
    )  # fmt: skip


def organisations_of(application, places):
    """{id: name}"""
    partners = {one.organisation_id: one.organisation.name for _part, one in places.values() if one}
    return partners | {application.applicant_id: application.applicant.name}


def seen_in(duties):
    return " ".join(f"{key}={one.stamp}" for key, one in duties.items())


def give(request, application, places, form):
    said = form.cleaned_data
    wanted = [(places[key][0].name, places[key][1], form.stamp_seen(key)) for key in said["parts"]]
    given = {name: said[name] for name in ("person", "due_on", "line")}
    return give_duties(application, wanted, by=request.user, key=request.POST.get("key"), **given)


def duties_page(request, application, places, form):
    standing = standing_duties(application)
    if hasattr(form, "refused_status") and form.refused_status == 409:  # what is different stands on the page now
        form.data = form.data.copy()
        form.data["seen"] = seen_in(standing)
    return form_page(
        request, "applications/duties.html", form, application=application, side=side_for(request, application),
        lines=table_of(places, standing, application, request.user, day_of(clock.now())),
    )  # fmt: skip
