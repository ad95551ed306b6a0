"""The officer's buttons under each check, and the conditions only a person can look at."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.actions import add_condition
from applications.forms import ConditionForm
from applications.models import Application, Check
from applications.states import APPLICATION, CHECK
from core.errors import Incomplete
from core.found import visible_or_404
from core.views import step_view

check_step = step_view(Check, CHECK)


@require_POST
def add_condition_view(request, pk):
    application = visible_or_404(Application, request.user, pk)
    APPLICATION.may_open("exclude", application, by=request.user)
    form = ConditionForm(request.POST)
    if not form.is_valid():
        raise Incomplete({name: " ".join(errors) for name, errors in form.errors.items()})
    add_condition(application, **form.cleaned_data, by=request.user, key=request.POST.get("key"))
    messages.success(request, _("The condition stands among the checks as not met."))
    return redirect(application)
